/** What a rule of the language says and why: `aura explain`. */
import { ProtocolError, diagnostics, isDiagnosticCode } from "../dsl/index.ts";
import type { Diagnostic } from "../dsl/index.ts";

/** Widest line of an explanation. */
const width = 80;

/**
 * The rule of `code`, in lines.
 *
 * @throws ProtocolError `InvalidInput` for a code that is none
 */
export function explain(code: string): readonly string[] {
  const name = code.toUpperCase();
  if (!isDiagnosticCode(name)) {
    throw new ProtocolError({
      code: "InvalidInput",
      what: `there is no rule ${code}`,
      todo: `Name one that aura check prints, such as ${nearestCode(name)}`,
    });
  }
  const { rule, title, explanation, wrong }: Diagnostic = diagnostics[name];
  const example = wrong === undefined ? [] : ["", "Wrong:", `  ${wrong}`];
  return [`${name} (${rule}): ${title}`, "", ...wrapped(explanation), ...example];
}

/** The code whose number is closest to the digits of `name`. */
function nearestCode(name: string): string {
  const number = (code: string) => Number(code.replaceAll(/\D/g, "").slice(0, 9));
  const wanted = number(name);
  const ranked = Object.keys(diagnostics).toSorted(
    (a, b) => Math.abs(number(a) - wanted) - Math.abs(number(b) - wanted),
  );
  return ranked[0] ?? "";
}

function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
