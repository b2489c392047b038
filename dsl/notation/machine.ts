/**
 * The session notation with its brackets, parsed by the TypeScript compiler: a machine over words.
 * The compiler takes 999 recursions in tail position, and a word is several: so the machine pauses
 * after each dot, and `Run` lets it go on. `parseSession` finds the same faults in the same order.
 *
 * Conditions stand side by side, each in an alias of its own: of a condition within the true branch
 * of another, the compiler asks the outer one again each time that it works the inner one out.
 */
import type {
  Empty,
  LoopAsStep,
  NoDot,
  NoStep,
  OutOfParallel,
  Recursion,
  Shadowed,
  Small,
  Twice,
  Unguarded,
  Unreadable,
  Unreached,
} from "./fault.ts";
import type { AtPartEnd, Blocked, Finish, Frame, Guarded, PartEnd, Top } from "./close.ts";
import type { AnyPins, Bare, FormOf, Sign, Step } from "./parse.ts";
import type { IsEvent, LongAbort, LongEvent, LongRole, Suffix } from "./mark.ts";
import type { OfFamily, PinsIn } from "./pins.ts";
import type { Form, Nil, Snoc } from "./notation.ts";

/** The machine from its start to its end. */
export type Run<State> =
  State extends Pause<infer R, infer Items, infer Seen, infer Bound, infer F>
    ? Run<Item<R, Items, Seen, Bound, F>>
    : State;

/** After a dot. */
interface Pause<
  out R extends string,
  out Items,
  out Seen extends string,
  out Bound extends string,
  out F,
> {
  readonly rest: R;
  readonly items: Items;
  readonly seen: Seen;
  readonly bound: Bound;
  readonly frame: F;
}

/**
 * `S`, which is cut into `Words`, begins with an item. Most are of the whole long form, which is read
 * at once.
 *
 * `Seen` are the words that are no label here any more: `A` of a step, `X` and `rec X` of a
 * recursion, "rec" and "abort". `Bound` are the recursions around: `! X` before any step of it,
 * `|| X` out of a block.
 */
export type Item<
  S extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = S extends `${infer L} { ${infer P} } ( ${infer E} ) ${infer R}`
  ? L extends Seen | `${string}${" " | "*" | "?"}${string}` | Uncapitalize<L>
    ? ItemByWord<S, Items, Seen, Bound, F>
    : LongStep<PinsIn<P>, IsEvent<E>, L, E, R, S, Items, Seen, Bound, F>
  : ItemByWord<S, Items, Seen, Bound, F>;

type LongStep<
  P,
  Is extends boolean,
  L extends string,
  E extends string,
  R extends string,
  S extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = Is extends false
  ? ItemByWord<S, Items, Seen, Bound, F>
  : P extends AnyPins
    ? Joint<R, Snoc<Items, Step<L, "step", P, E>>, Seen | L, Guarded<Bound>, F>
    : P extends OfFamily<infer Q>
      ? Joint<R, Snoc<Items, Step<L, "star", Q, E>>, Seen | L, Guarded<Bound>, F>
      : ItemByWord<S, Items, Seen, Bound, F>;

type ItemByWord<
  S extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = S extends `${infer W} ${infer R}`
  ? FirstWord<W, R, Items, Seen, Bound, F>
  : F extends Top
    ? Empty
    : Finish<Items, F>;

type FirstWord<
  W extends string,
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = W extends Seen
  ? SeenWord<W, R, Items, Seen, Bound, F>
  : W extends Mark
    ? Opening<W, R, Items, Seen, Bound, F>
    : Label<W, R, Items, Seen, Bound, F>;

/** What is not a word. */
type Mark = Sign | "||" | "*" | "?";

/** A way back, the start of a recursion, the end by giving up; or a label that stands there already. */
type SeenWord<
  W extends string,
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = W extends Bound
  ? End<R, Snoc<Items, Step<W, "again", string, string>>, Seen, Bound, F>
  : W extends "rec"
    ? Loop<R, Items, Seen, Bound, F>
    : W extends "abort"
      ? End<R, Snoc<Items, Step<"abort", "abort", string, string>>, Seen, Bound, F>
      : `! ${W}` extends Bound
        ? Unguarded<W>
        : `|| ${W}` extends Bound
          ? OutOfParallel<W>
          : SeenLabel<W, Seen>;

type SeenLabel<L extends string, Seen extends string> = `rec ${L}` extends Seen
  ? LoopAsStep<L>
  : L extends "rec" | "abort"
    ? Small<L>
    : Twice<L>;

/** A step with a new label. */
type Label<
  W extends string,
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = W extends Starred
  ? Marked<W, R, Items, Seen, Bound, F>
  : W extends Uncapitalize<W>
    ? Small<W>
    : Joint<R, Snoc<Items, Step<W, "step", string, string>>, Seen | W, Guarded<Bound>, F>;

type Starred = `${string}*${string}` | `${string}?${string}`;

/** The same, of a label with its marks. */
type Marked<
  W extends string,
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> =
  Bare<W> extends infer L extends string
    ? L extends Seen
      ? SeenLabel<L, Seen>
      : L extends ""
        ? Empty
        : L extends Starred
          ? Unreadable<W>
          : L extends Uncapitalize<L>
            ? Small<L>
            : Joint<R, Snoc<Items, Step<L, FormOf<W>, string, string>>, Seen | L, Guarded<Bound>, F>
    : never;

/** After `rec`: its name, and the bracket of its body. */
type Loop<
  S extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = S extends `${infer X} ${infer R}`
  ? LoopFault<X, Seen, Bound> extends infer Wrong
    ? [Wrong] extends [never]
      ? Body<X, R, Items, Seen, Bound, F>
      : Wrong
    : never
  : Recursion<"rec">;

type LoopFault<X extends string, Seen extends string, Bound extends string> = X extends Mark
  ? Recursion<"rec">
  : X extends "rec" | "abort"
    ? Recursion<`rec ${X}`>
    : X extends Seen
      ? X extends Bound
        ? Shadowed<X>
        : `! ${X}` extends Bound
          ? Shadowed<X>
          : `|| ${X}` extends Bound
            ? Shadowed<X>
            : `rec ${X}` extends Seen
              ? Twice<X>
              : LoopAsStep<X>
      : X extends Uncapitalize<X> | Starred
        ? Recursion<`rec ${X}`>
        : never;

type Body<
  X extends string,
  S extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = S extends `{ ${infer R}`
  ? Item<
      R,
      Nil,
      Seen | X | `rec ${X}`,
      Bound | `! ${X}`,
      Frame<"rec", X, Nil, Seen, never, Items, Bound, F>
    >
  : Recursion<`rec ${X}`>;

/** A bracket. */
type Opening<
  W extends string,
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = W extends "{"
  ? Item<R, Nil, Seen, Bound, Frame<"choice", "", Nil, Seen, never, Items, Bound, F>>
  : W extends "("
    ? Item<R, Nil, Seen, Blocked<Bound>, Frame<"parallel", "", Nil, Seen, never, Items, Bound, F>>
    : W extends PartEnd
      ? NoStep<W>
      : Empty;

/** After a step: then, its long form or its marks, or the end of a part. */
export type Joint<
  S extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = S extends `. ${infer R}`
  ? Pause<R, Items, Seen, Bound, F>
  : S extends `${infer W} ${infer R}`
    ? JointWord<W, R, Items, Seen, Bound, F>
    : Finish<Items, F>;

type JointWord<
  W extends string,
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = W extends PartEnd
  ? AtPartEnd<W, R, Items, Seen, F>
  : W extends "{"
    ? LongRole<R, Items, Seen, Bound, F>
    : W extends "("
      ? LongEvent<R, Items, Seen, Bound, F>
      : W extends "*" | "?"
        ? Suffix<W, R, Items, Seen, Bound, F>
        : W extends "→"
          ? Pause<R, Items, Seen, Bound, F>
          : NoDot<W>;

/** After a way back, or after `abort`. */
export type End<
  S extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = S extends `${infer W} ${infer R}`
  ? W extends PartEnd
    ? AtPartEnd<W, R, Items, Seen, F>
    : W extends "{"
      ? LongAbort<R, Items, Seen, Bound, F>
      : Items extends Snoc<unknown, Step<infer X, Form, unknown, string>>
        ? Unreached<X>
        : never
  : Finish<Items, F>;
