/** The session notation of a global type. */
import type { Branch, GlobalStep } from "../dsl/index.ts";

/** A piece of notation: a word, or parts between an opening and a closing one. */
type Piece =
  | string
  | {
      readonly opens: string;
      readonly closes: string;
      /** What stands between the parts. */
      readonly between: string;
      readonly parts: readonly (readonly Piece[])[];
    };

/**
 * The notation of `steps`, on one line where that is at most `width` long, else on several.
 *
 * @param width longest line; no limit if it is not given
 */
export function notationOf<Code>(
  steps: readonly GlobalStep<Code>[],
  width = Number.POSITIVE_INFINITY,
): string {
  const pieces = steps.map(pieceOf);
  const line = flat(pieces);
  return line.length <= width ? line : lines(pieces, "", width).join("\n");
}

function pieceOf<Code>(step: GlobalStep<Code>): Piece {
  switch (step.verb) {
    case "broadcast":
    case "send":
      return `${step.label}${mark(step.onTimeout)}`;
    case "collect":
    case "distribute":
      return `${step.label}*${mark(step.onTimeout)}`;
    case "local":
    case "wait":
    case "check":
      return step.label;
    case "choice":
      return { opens: "{", closes: "}", between: " |", parts: partsOf(step.branches) };
    case "rec": {
      const opens = `rec ${step.label} {`;
      return { opens, closes: "}", between: "", parts: [step.steps.map(pieceOf)] };
    }
    case "again":
      return step.label;
    case "parallel":
      return { opens: "(", closes: ")", between: " ||", parts: partsOf(step.blocks) };
    case "call":
      return `${step.label}${mark(step.onAbort)}`;
    case "acquire":
    case "release":
      return step.label;
    case "abort":
      return "abort";
  }
}

/** A step that may be missing is marked. */
function mark(absent: "absent" | undefined): string {
  return absent === undefined ? "" : "?";
}

function partsOf<Code>(branches: readonly Branch<Code>[]): readonly (readonly Piece[])[] {
  return branches.map(({ steps }) => steps.map(pieceOf));
}

function flat(pieces: readonly Piece[]): string {
  return pieces.map(flatPiece).join(" . ");
}

function flatPiece(piece: Piece): string {
  if (typeof piece === "string") return piece;
  const { opens, closes, between, parts } = piece;
  return `${opens} ${parts.map(flat).join(`${between} `)} ${closes}`;
}

/** Fills lines with words; what does not fit on a line of its own is opened, part by part. */
function lines(pieces: readonly Piece[], indent: string, width: number): readonly string[] {
  const done: string[] = [];
  let line = "";
  for (const [index, piece] of pieces.entries()) {
    const dot = index === pieces.length - 1 ? "" : " .";
    const text = `${flatPiece(piece)}${dot}`;
    const longer = line === "" ? `${indent}${text}` : `${line} ${text}`;
    if (longer.length <= width) {
      line = longer;
      continue;
    }
    if (line !== "") done.push(line);
    line = `${indent}${text}`;
    if (line.length <= width || typeof piece === "string") continue;
    done.push(...opened(piece, indent, width, dot));
    line = "";
  }
  return line === "" ? done : [...done, line];
}

function opened(
  { opens, closes, between, parts }: Exclude<Piece, string>,
  indent: string,
  width: number,
  dot: string,
): readonly string[] {
  const inner = parts.flatMap((part, index) => {
    const body = lines(part, `${indent}  `, width);
    const last = index === parts.length - 1;
    return body.map((line, at) => (last || at < body.length - 1 ? line : `${line}${between}`));
  });
  return [`${indent}${opens}`, ...inner, `${indent}${closes}${dot}`];
}
