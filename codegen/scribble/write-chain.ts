/** Writes a chain of steps as source text, laid out as a formatter would. */
import type { Branch, GlobalStep } from "../../dsl/index.ts";
import { indented } from "../print.ts";
import type { SourceCode } from "../source.ts";

const maxLineLength = 100;

/** The calls `.send(…)`, `.choice(…)` … of `steps`, each behind `indent`. */
export function writeCalls(
  steps: readonly GlobalStep<SourceCode>[],
  indent: string,
): readonly string[] {
  return steps.map((step) => `${indent}.${writeCall(step, indent)}`);
}

/** One call without its dot; its first line stands behind `indent`. */
function writeCall(step: GlobalStep<SourceCode>, indent: string): string {
  const name = JSON.stringify(step.label);
  switch (step.verb) {
    case "send":
      return call(step.verb, name, indent, (inner) =>
        object(
          [
            `by: ${JSON.stringify(step.by)}`,
            `to: ${JSON.stringify(step.to)}`,
            `event: ${step.event.text}`,
            arrowField("payload", step.payload.text, inner),
            `within: ${step.within.text}`,
          ],
          inner,
        ),
      );
    case "choice":
      return call(step.verb, name, indent, (inner) =>
        object(
          [
            `by: ${JSON.stringify(step.by)}`,
            arrowField("decide", step.decide.text, inner),
            `branches: ${writeBranches(step.branches, `${inner}  `)}`,
          ],
          inner,
        ),
      );
    case "rec":
      return writeRec(step.label, step.atMost, step.steps, indent);
    case "again":
      return fits(`${indent}.again(${name})`) ? `again(${name})` : opened("again", [name], indent);
    case "parallel":
      return call(step.verb, name, indent, (inner) => writeBranches(step.blocks, inner));
    default:
      // Scribble has none of the other verbs, so no choreography read from it has.
      throw new TypeError(`no step of a Scribble protocol is a ${step.verb}`);
  }
}

/** `verb("Label", { … })`, or one argument a line where the first line would be long. */
function call(
  verb: string,
  name: string,
  indent: string,
  options: (indent: string) => string,
): string {
  if (fits(`${indent}.${verb}(${name}, {`)) return `${verb}(${name}, ${options(indent)})`;
  return opened(verb, [name, options(`${indent}  `)], indent);
}

function opened(verb: string, parts: readonly string[], indent: string): string {
  return [`${verb}(`, ...parts.map((part) => `${indent}  ${part},`), `${indent})`].join("\n");
}

function writeRec(
  label: string,
  atMost: number | string,
  steps: readonly GlobalStep<SourceCode>[],
  indent: string,
): string {
  const head = `rec(${JSON.stringify(label)}, { atMost: ${JSON.stringify(atMost)} }, (b) =>`;
  const body = bodyOf(steps, indent, head.length + 2);
  return body.includes("\n") ? `${head}${body},\n${indent})` : `${head}${body})`;
}

function writeBranches(branches: readonly Branch<SourceCode>[], indent: string): string {
  const fields = branches.map(({ label, steps }) => {
    const head = `${label}: (b) =>`;
    return `${head}${bodyOf(steps, `${indent}  `, head.length + 1)}`;
  });
  return object(fields, indent);
}

/**
 * What follows the arrow of `(b) =>`, whose line stands behind `indent`: a single short call on the
 * same line, else a chain on lines of its own. `used` is how much of the line is taken already.
 */
function bodyOf(steps: readonly GlobalStep<SourceCode>[], indent: string, used: number): string {
  const inner = `${indent}  `;
  const [first, ...others] = steps;
  if (first !== undefined && others.length === 0) {
    // Every other call has options of a line each.
    const flat = first.verb === "again" ? ` b.${writeCall(first, "")}` : "\n";
    const room = maxLineLength - indent.length - used;
    if (!flat.includes("\n") && flat.length <= room) return flat;
    return `\n${inner}b.${writeCall(first, inner)}`;
  }
  return ["", `${inner}b`, ...writeCalls(steps, `${inner}  `)].join("\n");
}

/** A field of an object behind `indent`, with its body on a line of its own where it is long. */
function arrowField(name: string, arrow: string, indent: string): string {
  const field = `${name}: ${arrow}`;
  return fits(`${indent}  ${field},`) ? field : field.replace("=> ", `=>\n${indent}    `);
}

/** An object literal of one field a line. */
function object(fields: readonly string[], indent: string): string {
  return ["{", ...fields.map((field) => `${indent}  ${field},`), `${indent}}`].join("\n");
}

export function fits(line: string): boolean {
  return line.length <= maxLineLength;
}

/** `text`, whose lines begin at the margin, moved behind `indent`. */
export function moved(text: string, indent: string): string {
  return `${indent}${indented(text, indent)}`;
}
