/** The session notation cut into words and marks. */

export interface Token {
  /** `word` for a word, `end` for the end, or the mark itself. */
  readonly kind: "word" | "end" | Mark;
  /** As it is written. */
  readonly text: string;
  /** Where what follows it begins. */
  readonly after: number;
}

type Mark = "." | "{" | "}" | "(" | ")" | "|" | "||" | "," | "*" | "?";

const blanks = /[ \n\t\r]*/y;
const mark = /\|\||[.→{}()|,]/y;
/** A star or a question mark is a mark of its own only where it stands apart from a label. */
const word = /[^ \n\t\r.→{}()|,]+/y;
const marks: ReadonlyMap<string, Mark> = new Map([
  [".", "."],
  ["→", "."],
  ["{", "{"],
  ["}", "}"],
  ["(", "("],
  [")", ")"],
  ["|", "|"],
  ["||", "||"],
  [",", ","],
  ["*", "*"],
  ["?", "?"],
]);

/** The token of `notation` from `at` on. */
export function tokenAt(notation: string, at: number): Token {
  const start = at + (match(blanks, notation, at)?.[0].length ?? 0);
  const text = (match(mark, notation, start) ?? match(word, notation, start))?.[0];
  if (text === undefined) return { kind: "end", text: "", after: notation.length };
  return { kind: marks.get(text) ?? "word", text, after: start + text.length };
}

const braces = /[^}]*\}/y;
const named = /[ \n\t\r]*([^ \n\t\r.→{}()|,*?∈]+)[ \n\t\r]*\)/y;

/** What is up to the brace that closes, from `at` on. */
export function upToBrace(
  notation: string,
  at: number,
): { readonly text: string; readonly after: number } | undefined {
  const found = match(braces, notation, at)?.[0];
  return found === undefined ? undefined : { text: found.slice(0, -1), after: at + found.length };
}

/** The event that a long form names, from `at` on: `Event)`. */
export function eventAt(
  notation: string,
  at: number,
): { readonly name: string; readonly after: number } | undefined {
  const found = match(named, notation, at);
  const name = found?.[1];
  return found === null || name === undefined ? undefined : { name, after: at + found[0].length };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
