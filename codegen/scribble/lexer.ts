/** Splits Scribble source into tokens; comments and pragmas are left out. */
import type { Place } from "../../dsl/index.ts";
import { refuseAt } from "./refuse.ts";

export interface Token {
  readonly kind: "name" | "text" | "symbol" | "end";
  /** As written; of a quoted text, what is between the quotes. */
  readonly text: string;
  readonly place: Place;
}

/** Longest source that is read: far beyond any protocol, and soon done. */
const maxSourceLength = 262_144;

const symbols = new Set("(){}[]<>,;:.@=+-*/&|!?#");

/** What is skipped, beside white space: how it opens, and how it closes. */
const comments: readonly (readonly [string, string])[] = [
  ["//", "\n"],
  ["/*", "*/"],
  ["(*)", "\n"],
  ["(*#", "#*)"],
  ["(*", "*)"],
];

/** The tokens of `text`, of which the last is of kind `end`. */
export function tokensOf(text: string, file: string): readonly Token[] {
  const start = { file, line: 1, column: 1 };
  if (text.length > maxSourceLength) {
    throw refuseAt(
      start,
      `the file is ${text.length} characters long; ${maxSourceLength} at most are read`,
      "Split it into several files",
    );
  }
  const placeAt = placesIn(text, file);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const skipped = skipFrom(text, at, placeAt);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const token = readToken(text, at, placeAt(at));
    tokens.push(token);
    at += token.text.length + (token.kind === "text" ? 2 : 0);
  }
  return [...tokens, { kind: "end", text: "", place: placeAt(text.length) }];
}

/** Where the token after a blank or a comment at `at` may start; `at` itself if neither is there. */
function skipFrom(text: string, at: number, placeAt: (at: number) => Place): number {
  if (/\s/.test(text.charAt(at)) || (at === 0 && text.startsWith("\uFEFF"))) return at + 1;
  const comment = comments.find(([opens]) => text.startsWith(opens, at));
  if (comment === undefined) return at;
  const [opens, closes] = comment;
  if (opens === "(*") return skipNested(text, at, placeAt);
  const end = text.indexOf(closes, at + opens.length);
  if (end >= 0) return end + closes.length;
  if (closes === "\n") return text.length;
  throw unclosed(opens, closes, placeAt(at));
}

/** Comments in the style of ML nest. */
function skipNested(text: string, start: number, placeAt: (at: number) => Place): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith("(*", at)) {
      depth += 1;
      at += 1;
    } else if (text.startsWith("*)", at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  throw unclosed("(*", "*)", placeAt(start));
}

function unclosed(opens: string, closes: string, place: Place) {
  return refuseAt(place, `the comment that '${opens}' opens has no end`, `Close it: '${closes}'`);
}

function readToken(text: string, at: number, place: Place): Token {
  const name = /[A-Za-z0-9_][A-Za-z0-9_']*/y;
  name.lastIndex = at;
  const found = name.exec(text);
  if (found !== null) return { kind: "name", text: found[0], place };
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === '"') {
    const quoted = /"([^"\n]*)"/y;
    quoted.lastIndex = at;
    const inside = quoted.exec(text)?.[1];
    if (inside !== undefined) return { kind: "text", text: inside, place };
    throw refuseAt(place, "the quoted text has no end on its line", "Close it: '\"'");
  }
  if (symbols.has(character)) return { kind: "symbol", text: character, place };
  throw refuseAt(place, `'${character}' is no character of Scribble`, "Take it out");
}

/** Gives places for offsets that grow from call to call. */
function placesIn(text: string, file: string): (at: number) => Place {
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  let line = 1;
  return (at) => {
    while ((lineStarts[line] ?? Number.POSITIVE_INFINITY) <= at) line += 1;
    return { file, line, column: at - (lineStarts[line - 1] ?? 0) + 1 };
  };
}
