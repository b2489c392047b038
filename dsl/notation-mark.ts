/** Type level: what may stand after a label, apart from it: its marks and its long form. */
import type { NoDot, Unreadable } from "./notation-fault.ts";
import type { Machine } from "./notation-machine.ts";
import type { Blank, Sign, Step } from "./notation-parse.ts";
import type { Trim } from "./notation-part.ts";
import type { Form, Snoc } from "./notation.ts";

/** The long form names the family: `Commit{p ∈ participant}`. */
export type LongRole<R extends string, Items, Seen extends string, Bound extends string, F> =
  Items extends Snoc<infer Init, Step<infer L, infer Fo, infer By, infer E>>
    ? R extends `${infer Member}∈${infer Role}}${infer Tail}`
      ? IsWord<Trim<Member>, By> extends true
        ? IsWord<Trim<Role>, By> extends true
          ? Machine<Tail, "joint", Snoc<Init, Step<L, LongForm<Fo>, Trim<Role>, E>>, Seen, Bound, F>
          : NoDot<"{">
        : NoDot<"{">
      : NoDot<"{">
    : NoDot<"{">;

/** One word, where none is there yet. */
type IsWord<W extends string, Given extends string> = string extends Given
  ? W extends "" | `${string}${Blank | Sign | "*" | "?" | "∈"}${string}`
    ? false
    : true
  : false;

type LongForm<F> = F extends "step"
  ? "star"
  : F extends "step?"
    ? "star?"
    : F extends Form
      ? F
      : never;

/** The long form names the event: `Commit(RecordCommitment)`. */
export type LongEvent<R extends string, Items, Seen extends string, Bound extends string, F> =
  Items extends Snoc<infer Init, Step<infer L, infer Fo, infer By, infer E>>
    ? R extends `${infer Event})${infer Tail}`
      ? IsWord<Trim<Event>, E> extends true
        ? Machine<Tail, "joint", Snoc<Init, Step<L, Fo, By, Trim<Event>>>, Seen, Bound, F>
        : NoDot<"(">
      : NoDot<"(">
    : NoDot<"(">;

/** A star or a question mark that stands apart from its label. */
export type Suffix<
  W extends string,
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> =
  Items extends Snoc<infer Init, Step<infer L, infer Fo, infer By, infer E>>
    ? W extends "*"
      ? Fo extends "step"
        ? Machine<R, "joint", Snoc<Init, Step<L, "star", By, E>>, Seen, Bound, F>
        : Unreadable<`${L} ${W}`>
      : Fo extends "step" | "star"
        ? Machine<R, "joint", Snoc<Init, Step<L, `${Fo}?`, By, E>>, Seen, Bound, F>
        : Unreadable<`${L} ${W}`>
    : NoDot<W>;
