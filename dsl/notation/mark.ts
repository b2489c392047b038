/** Type level: what may stand after a label, apart from it: its marks and its long form. */
import type { NoDot, Unreadable, Unreached } from "./fault.ts";
import type { End, Joint } from "./machine.ts";
import type { AnyPins, Sign, Step } from "./parse.ts";
import type { OfFamily, PinsIn } from "./pins.ts";
import type { Form, Snoc } from "./notation.ts";

/** The long form says who: `Ask{app → server}`, `Commit{p ∈ participant}`, `Audit{chair: clerk}`. */
export type LongRole<
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = R extends `${infer Inner} } ${infer Tail}`
  ? WithPins<PinsIn<Inner>, Tail, Items, Seen, Bound, F>
  : NoDot<"{">;

type WithPins<P, R extends string, Items, Seen extends string, Bound extends string, F> =
  Items extends Snoc<infer Init, Step<infer L, infer Fo, string, infer E>>
    ? P extends AnyPins
      ? Joint<R, Snoc<Init, Step<L, Fo, P, E>>, Seen, Bound, F>
      : P extends OfFamily<infer Q>
        ? Joint<R, Snoc<Init, Step<L, LongForm<Fo>, Q, E>>, Seen, Bound, F>
        : NoDot<"{">
    : NoDot<"{">;

/** After `abort` or a way back, which nothing follows: `abort{role}` says who gives up. */
export type LongAbort<R extends string, Items, Seen extends string, Bound extends string, F> =
  Items extends Snoc<infer Init, Step<infer L, infer Fo, infer Who, infer E>>
    ? [Fo, string, R] extends ["abort", Who, `${infer Inner} } ${infer Tail}`]
      ? PinsIn<Inner> extends infer P extends AnyPins
        ? unknown extends P["to"] & P["cast"]
          ? End<Tail, Snoc<Init, Step<L, Fo, P, E>>, Seen, Bound, F>
          : Unreached<L>
        : Unreached<L>
      : Unreached<L>
    : never;

type LongForm<F> = F extends "step"
  ? "star"
  : F extends "step?"
    ? "star?"
    : F extends Form
      ? F
      : never;

/** The long form names the event: `Commit(RecordCommitment)`. */
export type LongEvent<
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = R extends `${infer Event} ) ${infer Tail}`
  ? WithEvent<IsEvent<Event>, Event, Tail, Items, Seen, Bound, F>
  : NoDot<"(">;

/** One event, where none is there yet. */
type WithEvent<
  Is extends boolean,
  Event extends string,
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = [Is, Items] extends [true, Snoc<infer Init, Step<infer L, infer Fo, infer By, infer E>>]
  ? string extends E
    ? Joint<R, Snoc<Init, Step<L, Fo, By, Event>>, Seen, Bound, F>
    : NoDot<"(">
  : NoDot<"(">;

export type IsEvent<W extends string> = W extends
  | ""
  | Sign
  | `${string}${" " | "*" | "?" | "∈"}${string}`
  ? false
  : true;

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
        ? Joint<R, Snoc<Init, Step<L, "star", By, E>>, Seen, Bound, F>
        : Unreadable<`${L} ${W}`>
      : Fo extends "step" | "star"
        ? Joint<R, Snoc<Init, Step<L, `${Fo}?`, By, E>>, Seen, Bound, F>
        : Unreadable<`${L} ${W}`>
    : NoDot<W>;
