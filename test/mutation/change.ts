/** One small change of a choreography's text. */
import type { Chain, Option, Span } from "./chain.ts";

export interface Edit extends Span {
  readonly text: string;
}

/** In the order of the report. */
export const kinds = [
  "swap",
  "drop",
  "repeat",
  "role",
  "payload",
  "event",
  "early",
  "timeout",
  "lock",
  "count",
  "branch",
  "session",
  "call",
] as const;

export type Kind = (typeof kinds)[number];

/** Two events of a choreography, whose payloads may be of one type. */
export interface Fit {
  readonly one: string;
  readonly other: string;
}

export interface Change {
  readonly kind: Kind;
  readonly step: string;
  readonly detail: string;
  readonly edits: readonly Edit[];
  /** It is no payload of another type where these are of one. */
  readonly unless?: Fit;
}

export function textAt({ text }: Chain, { from, to }: Span): string {
  return text.slice(from, to);
}

/** Puts `text` in the place of `span`. */
export function put({ from, to }: Span, text: string): Edit {
  return { from, to, text };
}

/** Puts `text` at `at`. */
export function insert(at: number, text: string): Edit {
  return { from: at, to: at, text };
}

export function exchange(chain: Chain, one: Span, other: Span): readonly Edit[] {
  return [put(one, textAt(chain, other)), put(other, textAt(chain, one))];
}

export function spanOf({ value }: Option): Span {
  return { from: value.getStart(), to: value.getEnd() };
}

/** `text` after all `edits`, which do not overlap. */
export function applied(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((now, edit) => now.slice(0, edit.from) + edit.text + now.slice(edit.to), text);
}
