/** The session notation, parsed by the TypeScript compiler: what it is made of, and its short form. */
import type { Top } from "./close.ts";
import type { Item, Run } from "./machine.ts";
import type { Unmarked, Words } from "./words.ts";
import type { Form, Nil } from "./notation.ts";

/** Type level: one step of a session; `Who` are its `Pins`, or `string` where it has none. */
export interface Step<Label extends string, F extends Form, Who, Event extends string> {
  readonly step: Label;
  readonly form: F;
  readonly who: Who;
  readonly event: Event;
}

/**
 * Type level: what the long form says of a step: who takes it, for whom, how many, and who plays
 * whom. What it does not say is `string` of the first, and `unknown` of the others.
 */
export interface Pins<By extends string, To, Count, Cast> {
  readonly by: By;
  readonly to: To;
  readonly count: Count;
  readonly cast: Cast;
}

/** Any pins. */
export type AnyPins = Pins<string, unknown, unknown, unknown>;

/** Type level: a step with parts, each a `Part`, in a snoc list. */
export interface Parts<Label extends string, F extends Form, P> {
  readonly composite: Label;
  readonly form: F;
  readonly parts: P;
}

/** Type level: a branch, a block or a recursion's body, with the label that names it. */
export interface Part<Label extends string, Items> {
  readonly label: Label;
  readonly items: Items;
}

/** What is wrong with a notation. */
export interface Fault<Sentence extends string> {
  readonly fault: Sentence;
}

/** The items of the notation `S`, or what is wrong with it. */
export type Parse<S extends string> =
  Words<S> extends infer W extends string ? Run<Item<W, Nil, "rec" | "abort", never, Top>> : never;

/**
 * The same; but labels only, split at " . ", as most notations are written, are `Plain`: a session
 * reads them step by step as they are written.
 */
export type Reading<S extends string> = S extends `${string}${Bracket}${string}`
  ? Parse<S>
  : ArePlain<Unmarked<S>, never> extends true
    ? Plain
    : Parse<S>;

export interface Plain {
  readonly plain: true;
}

/** Two labels at a time, each with a dot after it. */
type ArePlain<
  S extends string,
  Seen extends string,
> = S extends `${infer A} . ${infer B} . ${infer R}`
  ? A extends Odd | Seen | B
    ? false
    : B extends Odd | Seen
      ? false
      : ArePlain<R, Seen | A | B>
  : S extends `${infer A} . `
    ? A extends Odd | Seen
      ? false
      : true
    : true;

/** What is not a label, or needs more care. */
type Odd = `${string}${Blank | Sign | "*" | "?"}${string}` | "" | "abort" | Uncapitalize<string>;

/** How a label is written tells its form. */
export type FormOf<W extends string> = W extends `${string}*`
  ? "star"
  : W extends `${string}?`
    ? W extends `${string}*?`
      ? "star?"
      : "step?"
    : "step";

export type Bare<W extends string> = W extends `${infer L}*`
  ? L
  : W extends `${infer L}?`
    ? L extends `${infer L2}*`
      ? L2
      : L
    : W;

type Blank = " " | "\n" | "\t" | "\r";
type Bracket = "{" | "(" | "|" | "→";
export type Sign = Bracket | "}" | ")" | "." | ",";
