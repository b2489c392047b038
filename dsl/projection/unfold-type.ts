/**
 * Type level: recursions around a choice that a role learns of late. Where falling off the end of
 * what is projected is falling off the end of the recursion's steps, going back to it can be
 * unfolded once: the role then waits for the next turn's first event or for what tells it the end.
 */
import type {
  Again,
  AnyConflict,
  Done,
  Fall,
  Loop,
  Mentions,
  Offer,
  Select,
  Then,
} from "./local-type.ts";
import type { MergeBranches } from "./merge-type.ts";
import type { Nil, Snoc } from "../notation/notation.ts";
import type { Fold, Place } from "./project-type.ts";

/** A recursion around a place; `Unfolded` is "no", "under way", or its steps once more. */
interface Scope<L extends string, Most, Steps, Next, Env, Complete extends boolean, Unfolded> {
  readonly label: L;
  readonly most: Most;
  readonly steps: Steps;
  readonly next: Next;
  readonly env: Env;
  readonly complete: Complete;
  readonly unfolded: Unfolded;
}

/** Inside a recursion. */
export type Enter<L extends string, Most, Steps, Next, Env> =
  Env extends Place<infer Loops, infer Staying>
    ? Place<Snoc<Loops, Scope<L, Most, Steps, Next, Env, true, "no">>, Staying>
    : never;

/** Where something is projected without `Next`, which follows it: no recursion ends at its end. */
export type Truncated<Env, Next> = Next extends Fall
  ? Env
  : Env extends Place<infer Loops, infer Staying>
    ? Loops extends Nil
      ? Env
      : Place<Incomplete<Loops>, Staying>
    : never;

type Incomplete<Loops> =
  Loops extends Snoc<
    infer Outer,
    Scope<infer L, infer M, infer S, infer N, infer E, boolean, infer U>
  >
    ? Snoc<Incomplete<Outer>, Scope<L, M, S, N, E, false, U>>
    : Loops;

/** Back to the recursion `L`; where it is unfolded, its steps once more. */
export type Jump<L extends string, Env> =
  Env extends Place<infer Loops, string> ? JumpIn<L, Loops> : never;

type JumpIn<L extends string, Loops> =
  Loops extends Snoc<
    infer Outer,
    Scope<infer X, unknown, unknown, unknown, unknown, infer Complete, infer Unfolded>
  >
    ? L extends X
      ? Complete extends true
        ? Unfolded extends "no" | "under way"
          ? Then<Again<L>, Done>
          : Unfolded
        : Then<Again<L>, Done>
      : JumpIn<L, Outer>
    : Then<Again<L>, Done>;

/** With the innermost recursion unfolded, else with the innermost two, and so on; else `Failed`. */
export type Unrolling<
  L extends string,
  Branches,
  Role extends string,
  Next,
  Env,
  Left,
  Names extends string,
  Failed,
> =
  Left extends Snoc<infer Outer, infer Loop1>
    ? Loop1 extends Scope<infer X, infer Most, unknown, unknown, unknown, true, "no">
      ? Unrolled<L, Branches, Role, Next, Env, Names | X> extends infer Body
        ? Body extends AnyConflict
          ? Unrolling<L, Branches, Role, Next, Env, Outer, Names | X, Failed>
          : Mentions<Body, First<L>> extends true
            ? Then<Loop<First<L>, Most, Body>, Fall>
            : Body
        : never
      : Unrolling<L, Branches, Role, Next, Env, Outer, Names, Failed>
    : Failed;

type First<L extends string> = L extends `${infer Name} | ${string}` ? Name : L;

type Unrolled<L extends string, Branches, Role extends string, Next, Env, Names extends string> =
  Env extends Place<infer Loops, infer Staying>
    ? UnfoldLoops<Loops, Names, L, Role> extends infer Unfolded
      ? Unfolded extends AnyConflict
        ? Unfolded
        : MergeBranches<
            Branches,
            Role,
            UnfoldLast<Next, Unfolded>,
            Place<Unfolded, Staying>,
            First<L>
          >
      : never
    : never;

/** The recursions `Names` with their steps once more, in which the choice `L` is a jump back to it. */
type UnfoldLoops<Loops, Names extends string, L extends string, Role extends string> =
  Loops extends Snoc<infer Outer, infer Loop1>
    ? UnfoldLoops<Outer, Names, L, Role> extends infer Before
      ? Before extends AnyConflict
        ? Before
        : Loop1 extends Scope<
              infer X,
              infer Most,
              infer Steps,
              infer Next,
              Place<infer Around, infer Staying>,
              infer Complete,
              "no"
            >
          ? X extends Names
            ? Fold<
                Steps,
                Role,
                Next,
                Place<
                  Snoc<
                    Around,
                    Scope<X, Most, Steps, Next, Place<Around, Staying | L>, true, "under way">
                  >,
                  Staying | L
                >
              > extends infer Body
              ? Body extends AnyConflict
                ? Body
                : Snoc<Before, Scope<X, Most, Steps, Next, Place<Around, Staying>, Complete, Body>>
              : never
            : Snoc<Before, Loop1>
          : Snoc<Before, Loop1>
      : never
    : Loops;

/** `Body` with its own last jump, or those of its last branches, replaced by what they go back to. */
type UnfoldLast<Body, Loops> =
  Body extends Then<infer Node, infer Next>
    ? Next extends Done
      ? Node extends Again<infer X>
        ? JumpIn<X, Loops>
        : Body
      : Next extends Fall
        ? Node extends Offer<infer From, infer Branches>
          ? Then<Offer<From, UnfoldBranches<Branches, Loops>>, Fall>
          : Node extends Select<infer L, infer At, infer Branches>
            ? Then<Select<L, At, UnfoldBranches<Branches, Loops>>, Fall>
            : Body
        : Then<Node, UnfoldLast<Next, Loops>>
    : Body;

type UnfoldBranches<Branches, Loops> = {
  readonly [K in keyof Branches]: UnfoldLast<Branches[K], Loops>;
};
