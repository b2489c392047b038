/**
 * Type level: full merge. A role that is not told of a choice at once does what is common to all
 * branches, until a message of one sender tells them apart (Honda, Yoshida, Carbone, POPL 2008;
 * "full" merge: Scalas, Yoshida, "Less is more", POPL 2019, §3). `merge` does the same by value.
 */
import type { HeadType } from "../head.ts";
import type { Known } from "./knowledge.ts";
import type {
  Again,
  AnyConflict,
  Append,
  Await,
  AwaitAbort,
  Conflict,
  Done,
  Fall,
  Loop,
  Offer,
  Then,
} from "./local-type.ts";
import type { Snoc } from "../notation/notation.ts";
import type { Fold, Outside } from "./project-type.ts";
import type { Everyone } from "../role.ts";
import type { StepsPart } from "../chain/steps.ts";

/**
 * Merges the branches, first to last. `Back` is what going back to this very choice is called: to
 * come back to it without having done anything adds nothing to it.
 */
export type MergeBranches<Branches, Role extends string, Next, Env, Back extends string> =
  MergeFrom<Branches, Role, Next, Env, Back> extends infer Body
    ? Body extends Nowhere
      ? Fall
      : Body
    : never;

/** No branch yet. */
interface Nowhere {
  readonly next: "nowhere";
}

type MergeFrom<Branches, Role extends string, Next, Env, Back extends string> =
  Branches extends Snoc<infer Init, StepsPart<infer L, infer Steps>>
    ? MergeNext<
        MergeFrom<Init, Role, Next, Env, Back>,
        Fold<Steps, Role, Next, Env>,
        L,
        Then<Again<Back>, Done>
      >
    : Nowhere;

type MergeNext<Before, Body, L extends string, Jump> = Before extends AnyConflict
  ? Before
  : Body extends AnyConflict
    ? Body
    : Body extends Jump
      ? Before
      : Before extends Nowhere
        ? Body
        : Merge<Before, Body, L>;

/** One body that does what `A` and `B` do; or why there is none. `L` names the branch of `B`. */
type Merge<A, B, L extends string> = A extends Neutral
  ? B
  : B extends Neutral
    ? A
    : [A, B] extends [B, A]
      ? A
      : A extends Then<infer NodeA, infer NextA>
        ? B extends Then<infer NodeB, infer NextB>
          ? [NodeA, NodeB] extends [NodeB, NodeA]
            ? After<NodeA, Merge<NextA, NextB, L>>
            : Unite<A, B, L>
          : Unlike<A, B, L>
        : Unlike<A, B, L>;

/** An abort wakes every wait: a branch that waits for one may be waited for anyhow. */
type Neutral = Then<AwaitAbort<string>, Done>;

type After<Node, Next> = Next extends AnyConflict ? Next : Then<Node, Next>;

/** External choices of one sender are one choice of all their alternatives. */
type Unite<A, B, L extends string> =
  Heads<A> extends Offer<infer From, infer BranchesA>
    ? Heads<B> extends Offer<infer FromB, infer BranchesB>
      ? [From, FromB] extends [FromB, From]
        ? United<From, Alternatives<BranchesA, BranchesB, L>>
        : Conflict<
            true,
            `it waits for ${LabelsOf<BranchesA>} from ${From}, and in the branch '${L}' for ${LabelsOf<BranchesB>} from ${FromB}`
          >
      : Unlike<A, B, L>
    : Unlike<A, B, L>;

type United<From extends string, Branches> = [
  Extract<Branches[keyof Branches], AnyConflict>,
] extends [never]
  ? Then<Offer<From, Branches>, Fall>
  : Extract<Branches[keyof Branches], AnyConflict>;

type Alternatives<A, B, L extends string> = {
  readonly [K in keyof A | keyof B]: K extends keyof A
    ? K extends keyof B
      ? Same<A[K], B[K], L>
      : A[K]
    : K extends keyof B
      ? B[K]
      : never;
};

/** Both wait for one label: it is the same wait, or a role could not tell which it reads. */
type Same<A, B, L extends string> =
  A extends Then<infer NodeA, infer NextA>
    ? B extends Then<infer NodeB, infer NextB>
      ? [NodeA, NodeB] extends [NodeB, NodeA]
        ? NodeA extends Await<unknown>
          ? After<NodeA, Merge<NextA, NextB, L>>
          : Collision<NodeA, L>
        : Collision<NodeA, L>
      : never
    : never;

type Collision<Node, L extends string> = Conflict<
  true,
  `it waits for ${NameOf<Node>} in two ways, one of them in the branch '${L}'`
>;

/** What a body waits for first, as an external choice; `NoHead` where it does something else. */
type Heads<Body> = Body extends Then<infer Node, infer Next> ? HeadsOf<Node, Next, Body> : NoHead;

type HeadsOf<Node, Next, Body> =
  Node extends Await<infer Step>
    ? AwaitedHead<Step, Body>
    : Node extends Offer<infer From, infer Branches>
      ? OfferOf<From, Appended<Branches, Next>>
      : Node extends Loop<string, unknown, infer Inner>
        ? LoopHeads<Heads<Inner>, Body>
        : NoHead;

type AwaitedHead<Step, Body> =
  Step extends Announcing<infer L, infer From, infer Given>
    ? "onTimeout" extends Given
      ? NoHead
      : OfferOf<From, Known<L, Body>>
    : NoHead;

type LoopHeads<Inner, Body> =
  Inner extends Offer<infer From, infer Branches>
    ? Offer<From, { readonly [K in keyof Branches]: Body }>
    : NoHead;

/** Nothing that is waited for. */
interface NoHead {
  readonly head: "none";
}

type OfferOf<From extends string, Branches> = Branches extends infer B ? Offer<From, B> : never;

/** What a step with one author announces. */
interface Announcing<L extends string, By extends string, Given> {
  readonly label: L;
  readonly by: By;
  readonly given: Given;
}

type Appended<Branches, Next> = Next extends Fall
  ? Branches
  : { readonly [K in keyof Branches]: Append<Branches[K], Next> };

/** What follows may still tell the two apart, where one of them has nothing more to do here. */
type Unlike<A, B, L extends string> = Conflict<
  A extends Fall | Then<Again<string>, Done>
    ? false
    : B extends Fall | Then<Again<string>, Done>
      ? false
      : true,
  `${Doing<A>}, and in the branch '${L}' ${Doing<B>}`
>;

type Doing<Body> =
  Body extends Then<infer Node, unknown> ? DoingNode<Node> : "it has nothing more to do";

type DoingNode<Node> = Node extends {
  readonly instruction: "AwaitEvent" | "AwaitThreshold";
  readonly step: { readonly by: infer From extends string };
}
  ? `it waits for ${NameOf<Node>} from ${From}`
  : Node extends { readonly instruction: "WriteToLedger" }
    ? `it sends ${NameOf<Node>}`
    : Node extends Offer<infer From, infer Branches>
      ? `it waits for ${LabelsOf<Branches>} from ${From}`
      : Node extends { readonly instruction: "Return" }
        ? "it is done"
        : Node extends Again<infer X>
          ? `it goes back to 'rec ${X}'`
          : `it takes the step ${NameOf<Node>}`;

type NameOf<Node> = Node extends { readonly step: { readonly label: infer L extends string } }
  ? `'${L}'`
  : Node extends { readonly label: infer L extends string }
    ? `'${L}'`
    : "";

type LabelsOf<Branches> = keyof Branches extends infer K
  ? K extends string
    ? `'${K}'`
    : never
  : never;

/** Why a role cannot follow a choice, whatever comes after it; `never` where each can, or may. */
export type MergeFault<
  H extends HeadType,
  Branches,
  By extends string,
  Env = Outside,
> = By extends Everyone ? never : RoleFault<Branches, Exclude<H["roles"], By>, Env>;

type RoleFault<Branches, Role extends string, Env> = Role extends string
  ? MergeBranches<Branches, Role, Fall, Env, never> extends Conflict<true, infer Why>
    ? Untold<Role, Why>
    : never
  : never;

/** The words for a role that cannot follow. */
type Untold<
  Role extends string,
  Why extends string,
> = `'${Role}' cannot tell the branches apart: ${Why}. Let the decider tell '${Role}' first in each branch`;

/** Whether a role can follow the choice only by what comes after it: judged at the end. */
export type IsDeferred<H extends HeadType, Branches, By extends string> = By extends Everyone
  ? never
  : Deferring<Branches, Exclude<H["roles"], By>>;

type Deferring<Branches, Role extends string> = Role extends string
  ? MergeBranches<Branches, Role, Fall, Outside, never> extends Conflict<false, string>
    ? "choice"
    : never
  : never;
