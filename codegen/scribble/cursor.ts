/** A position in a list of tokens, with what a parser asks of it. */
import type { Place } from "../../dsl/index.ts";
import type { Token } from "./lexer.ts";
import { refuseAt } from "./refuse.ts";
import type { Name } from "./syntax.ts";

export interface Cursor {
  /** The token `ahead` places on; the end of the file stays the last one. */
  peek(ahead?: number): Token;
  /** Is the token `ahead` places on the symbol or word `text`? */
  sees(text: string, ahead?: number): boolean;
  /** Takes the symbol or word `text` if it is next. */
  skips(text: string): boolean;
  /** Takes the symbol or word `text`, which must be next. */
  take(text: string): Place;
  /** Takes a name; `what` says which one. */
  name(what: string): Name;
  /** Takes a quoted text; `what` says which one. */
  text(what: string): string;
  /** The error that another token than `expected` is next. */
  unexpected(expected: string): Error;
}

export function cursorOver(tokens: readonly Token[], file: string): Cursor {
  const end: Token = { kind: "end", text: "", place: { file, line: 1, column: 1 } };
  const last = tokens.at(-1) ?? end;
  let at = 0;
  const peek = (ahead = 0) => tokens[at + ahead] ?? last;
  const sees = (text: string, ahead = 0) => {
    const token = peek(ahead);
    return (token.kind === "symbol" || token.kind === "name") && token.text === text;
  };
  const unexpected = (expected: string) =>
    refuseAt(
      peek().place,
      `found ${shown(peek())} where ${expected} is expected`,
      "Correct the Scribble source",
    );
  const advance = () => {
    const token = peek();
    at += 1;
    return token;
  };
  const ofKind = (kind: Token["kind"], what: string) => {
    if (peek().kind !== kind) throw unexpected(what);
    return advance();
  };
  return {
    peek,
    sees,
    unexpected,
    skips: (text) => {
      const found = sees(text);
      if (found) at += 1;
      return found;
    },
    take: (text) => {
      if (!sees(text)) throw unexpected(`'${text}'`);
      return advance().place;
    },
    name: (what) => {
      const { text, place } = ofKind("name", what);
      return { text, place };
    },
    text: (what) => ofKind("text", what).text,
  };
}

function shown(token: Token): string {
  if (token.kind === "end") return "the end of the file";
  return token.kind === "text" ? `"${token.text}"` : `'${token.text}'`;
}

/** `item (, item)*` */
export function separated<T>(cursor: Cursor, item: () => T): readonly T[] {
  const items = [item()];
  while (cursor.skips(",")) items.push(item());
  return items;
}

/** `a.b.C`, as one name. */
export function qualified(cursor: Cursor, what: string): Name {
  const first = cursor.name(what);
  let text = first.text;
  while (cursor.skips(".")) text = `${text}.${cursor.name("the rest of the name").text}`;
  return { text, place: first.place };
}
