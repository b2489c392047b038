/** Type level: the brackets of a session notation that are open, and how each part of them is closed. */
import type { OneBlock, OneBranch, StrayBar, StrayBars, Unclosed, Unopened } from "./fault.ts";
import type { Item, Joint } from "./machine.ts";
import type { Part, Parts } from "./parse.ts";
import type { BranchFault, FirstLabel, JoinLabels } from "./part.ts";
import type { Nil, Snoc } from "./notation.ts";

/** The bracket that is open: what it is of, its finished parts, and what stands around it. */
export interface Frame<
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

/** A step was taken: going back is allowed. */
export type Guarded<Bound extends string> = Bound extends `! ${infer X}` ? X : Bound;

/** Within a block: going back to a recursion around is not. */
export type Blocked<Bound extends string> = Bound extends `|| ${string}`
  ? Bound
  : `|| ${Guarded<Bound>}`;

/** What ends a part. */
export type PartEnd = "|" | "||" | "}" | ")";

/** Its last part by the first label: that of its first step, however deep. */
export type AtPartEnd<W extends string, R extends string, Items, Seen extends string, F> =
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
export type Finish<Items, F> =
  F extends AnyFrame<infer Kind> ? Unclosed<Kind extends "parallel" ? "(" : "{"> : Items;
