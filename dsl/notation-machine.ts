/**
 * The session notation with its brackets, parsed by the TypeScript compiler: a machine over tokens.
 * The compiler takes 999 recursions in tail position, and a token is several: so the machine pauses
 * after each dot, and `Run` lets it go on. `parseSession` finds the same faults in the same order.
 *
 * In the body of an alias, a type argument that is an alias, or left to its default, makes the
 * compiler keep the whole type unresolved, and walk it at each token: so such an argument is given
 * a name by `infer` first, and defaults are written out.
 */
import type {
  Empty,
  LoopAsStep,
  NoDot,
  NoStep,
  OneBlock,
  OneBranch,
  OutOfParallel,
  Recursion,
  Shadowed,
  Small,
  StrayBar,
  StrayBars,
  Twice,
  Unclosed,
  Unguarded,
  Unopened,
  Unreadable,
  Unreached,
} from "./notation-fault.ts";
import type { AnyPins, Bare, FormOf, Part, Parts, Sign, Step } from "./notation-parse.ts";
import type { IsEvent, LongAbort, LongEvent, LongRole, Suffix } from "./notation-mark.ts";
import type { BranchFault, FirstLabel, JoinLabels } from "./notation-part.ts";
import type { OfFamily, PinsIn } from "./notation-pins.ts";
import type { Form, Nil, Snoc } from "./notation.ts";

/** The bracket that is open: what it is of, its finished parts, and what stands around it. */
interface Frame<
  out Kind extends "choice" | "parallel" | "rec",
  out Called extends string,
  out Done,
  out Before extends string,
  out After extends string,
  out Items,
  out Bound extends string,
  out Up,
> {
  readonly kind: Kind;
  readonly name: Called;
  /** Parts that are closed. */
  readonly done: Done;
  /** Labels on the path to this bracket, and those of all its parts. */
  readonly before: Before;
  readonly after: After;
  /** The items before the bracket, and the recursions around it. */
  readonly items: Items;
  readonly bound: Bound;
  readonly up: Up;
}

/** No bracket is open. */
export interface Top {
  readonly kind: "top";
  readonly up: Top;
}

type AnyFrame<Kind extends "choice" | "parallel" | "rec"> = Frame<
  Kind,
  string,
  unknown,
  string,
  string,
  unknown,
  string,
  unknown
>;

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

/** A step was taken: going back is allowed. */
type Guarded<Bound extends string> = Bound extends `! ${infer X}` ? X : Bound;

/** Within a block: going back to a recursion around is not. */
type Blocked<Bound extends string> = Bound extends `|| ${string}` ? Bound : `|| ${Guarded<Bound>}`;

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

type PartEnd = "|" | "||" | "}" | ")";

/** Its last part by the first label: that of its first step, however deep. */
type AtPartEnd<W extends string, R extends string, Items, Seen extends string, F> =
  FirstLabel<Items> extends infer L extends string ? EndPart<W, R, Part<L, Items>, Seen, F> : never;

type EndPart<W extends string, R extends string, Last, Seen extends string, F> = W extends "|"
  ? NextBranch<R, Last, Seen, F>
  : W extends "||"
    ? NextBlock<R, Last, Seen, F>
    : W extends "}"
      ? EndBrace<R, Last, Seen, F>
      : EndParallel<R, Last, Seen, F>;

type NextBranch<R extends string, Last, Seen extends string, F> =
  F extends Frame<
    "choice",
    infer N,
    infer Done,
    infer Before,
    infer After,
    infer Up,
    infer B,
    infer U
  >
    ? Item<R, Nil, Before, B, Frame<"choice", N, Snoc<Done, Last>, Before, After | Seen, Up, B, U>>
    : StrayBar;

type NextBlock<R extends string, Last, Seen extends string, F> =
  F extends Frame<
    "parallel",
    infer N,
    infer Done,
    infer Before,
    infer After,
    infer Up,
    infer B,
    infer U
  >
    ? Item<
        R,
        Nil,
        Seen,
        Blocked<B>,
        Frame<"parallel", N, Snoc<Done, Last>, Before, After | Seen, Up, B, U>
      >
    : StrayBars;

type EndBrace<R extends string, Last, Seen extends string, F> =
  F extends Frame<"rec", infer N, Nil, string, string, infer Up, infer B, infer U>
    ? Joint<R, Snoc<Up, Parts<N, "rec", Snoc<Nil, Last>>>, Seen, Guarded<B>, U>
    : F extends Frame<"choice", string, infer Done, string, infer After, infer Up, infer B, infer U>
      ? CloseChoice<Snoc<Done, Last>, R, Up, Seen | After, B, U>
      : Unopened<"}">;

type EndParallel<R extends string, Last, Seen extends string, F> =
  F extends Frame<"parallel", string, infer Done, string, string, infer Up, infer B, infer U>
    ? CloseParallel<Snoc<Done, Last>, R, Up, Seen, B, U>
    : Unopened<")">;

/** At least two branches, named apart. */
type CloseChoice<Done, R extends string, Up, Seen extends string, Bound extends string, U> =
  Done extends Snoc<Nil, Part<infer L, unknown>>
    ? OneBranch<L>
    : [BranchFault<Done, never>] extends [never]
      ? JoinLabels<Done, " | "> extends infer L extends string
        ? Joint<R, Snoc<Up, Parts<L, "choice", Done>>, Seen, Guarded<Bound>, U>
        : never
      : BranchFault<Done, never>;

/** At least two blocks; all their labels are on one way, and so told apart. */
type CloseParallel<Done, R extends string, Up, Seen extends string, Bound extends string, U> =
  Done extends Snoc<Nil, Part<infer L, unknown>>
    ? OneBlock<L>
    : JoinLabels<Done, " || "> extends infer L extends string
      ? Joint<R, Snoc<Up, Parts<L, "parallel", Done>>, Seen, Guarded<Bound>, U>
      : never;

/** At the end of the notation every bracket is closed. */
type Finish<Items, F> =
  F extends AnyFrame<infer Kind> ? Unclosed<Kind extends "parallel" ? "(" : "{"> : Items;
