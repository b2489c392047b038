/** The session notation cut into brackets, bars, dots, and the items between them. */

/** An item's own text, with what the long form `Label{p ∈ family}(Event)` adds to it. */
export interface ItemToken {
  readonly kind: "item";
  readonly text: string;
  /** The whole of it, as it is written. */
  readonly source: string;
  readonly start: number;
  readonly role?: string;
  readonly event?: string;
  readonly optional: boolean;
}

export interface MarkToken {
  readonly kind: "." | "{" | "}" | "(" | ")" | "|" | "||" | "end";
  readonly source: string;
  readonly start: number;
}

export type Token = ItemToken | MarkToken;

const blank = /\s*/y;
const mark = /\|\||[.→{}()|]/y;
const itemText = /[^.→{}()|]+/y;
const member = /\s*\{\s*\w+\s*∈\s*(\w+)\s*\}/y;
const named = /\s*\(\s*(\w+)\s*\)/y;
const question = /\s*\?/y;
const marks: ReadonlyMap<string, MarkToken["kind"]> = new Map([
  [".", "."],
  ["→", "."],
  ["{", "{"],
  ["}", "}"],
  ["(", "("],
  [")", ")"],
  ["|", "|"],
  ["||", "||"],
]);

/** The tokens of `notation`; the last is its end. */
export function tokens(notation: string): readonly Token[] {
  const found: Token[] = [];
  let at = 0;
  for (;;) {
    at += match(blank, notation, at)?.[0].length ?? 0;
    const source = match(mark, notation, at)?.[0];
    const kind = source === undefined ? undefined : marks.get(source);
    if (source !== undefined && kind !== undefined) {
      found.push({ kind, source: kind, start: at });
      at += source.length;
      continue;
    }
    const text = match(itemText, notation, at)?.[0];
    if (text === undefined) return [...found, { kind: "end", source: "", start: at }];
    const item = readItem(notation, at, text);
    found.push(item);
    at += item.source.length;
  }
}

function readItem(notation: string, start: number, whole: string): ItemToken {
  const text = whole.trimEnd();
  const family = isRecursion(text) ? null : match(member, notation, start + text.length);
  const afterFamily = start + text.length + (family?.[0].length ?? 0);
  const event = isRecursion(text) ? null : match(named, notation, afterFamily);
  const afterEvent = afterFamily + (event?.[0].length ?? 0);
  const suffix = family === null && event === null ? null : match(question, notation, afterEvent);
  const end = afterEvent + (suffix?.[0].length ?? 0);
  return {
    kind: "item",
    text,
    source: notation.slice(start, end),
    start,
    optional: suffix !== null,
    ...(family?.[1] === undefined ? {} : { role: family[1] }),
    ...(event?.[1] === undefined ? {} : { event: event[1] }),
  };
}

/** Whether an item's text opens a recursion, rightly or not. */
export function isRecursion(text: string): boolean {
  return /^rec(?:\s|$)/.test(text);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
