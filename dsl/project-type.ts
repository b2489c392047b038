/**
 * Projection: what one role does of a global type, G↾r (Honda, Yoshida, Carbone, "Multiparty
 * asynchronous session types", POPL 2008, §4.2), computed in the type system. `project` computes the
 * same by value; both treat their cases in the same order, and a generated script, made by the
 * other, must satisfy this one.
 */
import type { ChoreographyType } from "./choreography-type.ts";
import type { AnyFacts, HeadType } from "./head.ts";
import type { LocalType } from "./local.ts";
import type {
  Again,
  AnyConflict,
  Append,
  Await,
  AwaitAbort,
  Compute,
  Done,
  Fall,
  Fork,
  Gather,
  GiveUp,
  Look,
  Loop,
  Mentions,
  Return,
  Run,
  Select,
  Sleep,
  Then,
  Write,
} from "./local-type.ts";
import type { Known } from "./knowledge.ts";
import type { MergeBranches } from "./merge-type.ts";
import type { Snoc } from "./notation.ts";
import type { Everyone } from "./role.ts";
import type {
  AbortStep,
  AgainStep,
  BroadcastStep,
  CallStep,
  CheckStep,
  ChoiceStep,
  CollectStep,
  CompositeStep,
  DistributeStep,
  LocalStep,
  ParallelStep,
  RecStep,
  SendStep,
  StepsPart,
  WaitStep,
} from "./steps.ts";

/** What role `Role` does in choreography `G`. */
export type Project<G, Role extends RolesOf<G>> =
  G extends ChoreographyType<infer H, infer Facts, infer Steps, infer Declared, infer Result>
    ? LocalType<
        H["name"],
        Role,
        H["abort"],
        Fold<Steps, Role, Then<Return<Result>, Done>, Outside>,
        Scope<H, Facts, Declared, Role>
      >
    : never;

type RolesOf<G> =
  G extends ChoreographyType<infer H, infer _F, unknown, unknown, string> ? H["roles"] : never;

/** What a local type's names stand for. */
export interface Scope<H extends HeadType, Facts, Declared, Role extends string> {
  readonly head: H;
  readonly facts: Facts;
  readonly declared: Declared;
  readonly role: Role;
}

/** Where a step stands: the recursions around it, and the choice that is being merged. */
export interface Place<Loops, Most, Open extends string, Unfolding extends string> {
  readonly loops: Loops;
  /** Bound of the innermost recursion. */
  readonly most: Most;
  readonly open: Open;
  /** The recursions around that choice: going back to one of them is its steps once more. */
  readonly unfolding: Unfolding;
}

export type Outside = Place<unknown, 1, never, never>;

/** What `again` goes back to: the recursion's steps and what follows it. */
interface Unfolded<Steps, Next> {
  readonly steps: Steps;
  readonly next: Next;
}

/** From the last step to the first: each puts its instructions before those that follow. */
export type Fold<Steps, Role extends string, Next, Env> =
  Steps extends Snoc<infer Init, infer Step>
    ? Step extends CompositeStep
      ? ProjectComposite<Step, Role, Next, Env> extends infer Body
        ? Body extends AnyConflict
          ? Body
          : Fold<Init, Role, Body, Env>
        : never
      : Fold<Init, Role, ProjectStep<Step, Role, Next>, Env>
    : Next;

type ProjectStep<Step, Role extends string, Next> = Step extends {
  readonly verb: infer Verb extends keyof StepCases<Step, Role, Next>;
}
  ? StepCases<Step, Role, Next>[Verb]
  : never;

/** By verb: the compiler works out only the case that it is asked for. */
interface StepCases<Step, Role extends string, Next> {
  broadcast: Step extends BroadcastStep<infer L, infer By, infer Given>
    ? Role extends By
      ? Then<Write<L, never, never>, Next>
      : Then<Await<L, By, Given, false, false>, Next>
    : never;
  send: Step extends SendStep<infer L, infer By, infer To, infer Each, infer Given>
    ? Role extends By
      ? Then<Write<L, "sealed" extends Given ? To : never, Each extends true ? To : never>, Next>
      : Role extends To
        ? Then<Await<L, By, Given, Each, true>, Next>
        : Next
    : never;
  collect: Step extends CollectStep<infer L, infer By, infer Count, infer Given>
    ? Role extends By
      ? Then<Write<L, never, never>, Then<Gather<L, By, Count, Given, false>, Next>>
      : Then<Gather<L, By, Count, Given, false>, Next>
    : never;
  distribute: Step extends DistributeStep<infer L, infer By, infer To, infer Count, infer Given>
    ? Role extends By
      ? Then<
          Write<L, "sealed" extends Given ? To : never, To>,
          Role extends To ? Then<Gather<L, By, Count, Given, true>, Next> : Next
        >
      : Role extends To
        ? Then<Gather<L, By, Count, Given, true>, Next>
        : Next
    : never;
  local: Step extends LocalStep<infer L, infer At, infer Combines>
    ? Role extends At
      ? Then<Compute<L, "own">, Next>
      : At extends Everyone
        ? Then<Compute<L, [Combines] extends [never] ? "same" : "all">, Next>
        : Next
    : never;
  wait: Step extends WaitStep<infer L, infer At, infer Span>
    ? Role extends At
      ? Then<Sleep<L, Span>, Next>
      : At extends Everyone
        ? Then<Sleep<L, Span>, Next>
        : Next
    : never;
  check: Step extends CheckStep<infer L, infer At, infer Of>
    ? Role extends At
      ? Then<Look<L, Of>, Next>
      : Next
    : never;
  call: Step extends CallStep<infer L, infer Callee, infer Cast, infer Given>
    ? [CalleeRole<Cast, Role>] extends [never]
      ? Next
      : Then<Run<L, Callee, CalleeRole<Cast, Role>, Cast, Given>, Next>
    : never;
}

/** The role of the callee that `Role` plays. */
type CalleeRole<Cast, Role extends string> = {
  readonly [K in keyof Cast]: Cast[K] extends Role ? K : never;
}[keyof Cast] &
  string;

type ProjectComposite<Step, Role extends string, Next, Env> =
  Step extends ChoiceStep<infer L, infer By, infer Branches>
    ? Role extends By
      ? Selecting<L, "own", Branches, Role, Next, Env>
      : By extends Everyone
        ? Selecting<L, "same", Branches, Role, Next, Env>
        : Merging<L, Branches, Role, Next, Env>
    : Step extends RecStep<infer L, infer Most, infer Steps>
      ? TakesPart<Steps, Role> extends true
        ? Looping<L, Most, Steps, Role, Next, Env>
        : Next
      : Step extends AgainStep<infer L>
        ? Jumping<L, Role, Env>
        : Step extends ParallelStep<infer L, infer Blocks>
          ? Forking<L, BlockBodies<Blocks, Role, Env>, Next>
          : Step extends AbortStep<infer By>
            ? Role extends By
              ? Then<GiveUp, Done>
              : Then<AwaitAbort<By>, Done>
            : never;

/** The role decides; what follows the choice stands in its branches only where it must. */
type Selecting<
  L extends string,
  At extends "own" | "same",
  Branches,
  Role extends string,
  Next,
  Env,
> =
  Bodies<Branches, Role, Fall, Env> extends infer B
    ? B extends AnyConflict
      ? Bodies<Branches, Role, Next, Env> extends infer Inlined
        ? Inlined extends AnyConflict
          ? Inlined
          : Then<Select<L, At, Inlined>, Fall>
        : never
      : Then<Select<L, At, B>, Next>
    : never;

/** The bodies of all branches by label; or the first conflict in one of them. */
type Bodies<Branches, Role extends string, Next, Env, Done = unknown> =
  Branches extends Snoc<infer Init, StepsPart<infer L, infer Steps>>
    ? Fold<Steps, Role, Next, Env> extends infer Body
      ? Body extends AnyConflict
        ? Body
        : Bodies<Init, Role, Next, Env, Done & Known<L, Body>>
      : never
    : Done;

/** The role is told, now or later: merged alone, else with what follows, else once unfolded. */
type Merging<L extends string, Branches, Role extends string, Next, Env> =
  Env extends Place<infer Loops, infer Most, infer Open, string>
    ? L extends Open
      ? Then<Again<FirstName<L>>, Done>
      : MergeBranches<Branches, Role, Fall, Env, never> extends infer Alone
        ? Alone extends AnyConflict
          ? MergeBranches<Branches, Role, Next, Env, never> extends infer Inlined
            ? Inlined extends AnyConflict
              ? unknown extends Loops
                ? Inlined
                : MergeBranches<
                      Branches,
                      Role,
                      Next,
                      Place<Loops, Most, L, keyof Loops & string>,
                      FirstName<L>
                    > extends infer Unrolled
                  ? Unrolled extends AnyConflict
                    ? Inlined
                    : Mentions<Unrolled, FirstName<L>> extends true
                      ? Then<Loop<FirstName<L>, Most, Unrolled>, Fall>
                      : Unrolled
                  : never
              : Inlined
            : never
          : Append<Alone, Next>
        : never
    : never;

/** A choice that loops is called by its first branch. */
type FirstName<L extends string> = L extends `${infer First} | ${string}` ? First : L;

type Looping<L extends string, Most, Steps, Role extends string, Next, Env> =
  Env extends Place<infer Loops, unknown, infer Open, infer Unfolding>
    ? Place<Loops & Known<L, Unfolded<Steps, Next>>, Most, Open, Unfolding> extends infer Inner
      ? Fold<Steps, Role, Fall, Inner> extends infer Body
        ? Body extends AnyConflict
          ? Fold<Steps, Role, Next, Inner> extends infer Inlined
            ? Inlined extends AnyConflict
              ? Inlined
              : Mentions<Inlined, L> extends true
                ? Then<Loop<L, Most, Inlined>, Fall>
                : Inlined
            : never
          : Mentions<Body, L> extends true
            ? Then<Loop<L, Most, Body>, Next>
            : Append<Body, Next>
        : never
      : never
    : never;

/** Back to the recursion; where a choice is merged across it, once more what it begins with. */
type Jumping<L extends string, Role extends string, Env> =
  Env extends Place<infer Loops, infer Most, infer Open, infer Unfolding>
    ? L extends Unfolding
      ? Loops[L & keyof Loops] extends Unfolded<infer Steps, infer Next>
        ? Fold<Steps, Role, Next, Place<Loops, Most, Open, never>>
        : never
      : Then<Again<L>, Done>
    : never;

/** The blocks in which the role takes part, by label; or the first conflict in one of them. */
type BlockBodies<Blocks, Role extends string, Env, Done = unknown> =
  Blocks extends Snoc<infer Init, StepsPart<infer L, infer Steps>>
    ? Fold<Steps, Role, Fall, Env> extends infer Body
      ? Body extends AnyConflict
        ? Body
        : BlockBodies<Init, Role, Env, Body extends Fall ? Done : Done & Known<L, Body>>
      : never
    : Done;

type Forking<L extends string, Blocks, Next> = Blocks extends AnyConflict
  ? Blocks
  : [keyof Blocks] extends [never]
    ? Next
    : IsSingle<keyof Blocks> extends true
      ? Append<Blocks[keyof Blocks], Next>
      : Then<Fork<L, Blocks>, Next>;

type IsSingle<K, All = K> = K extends unknown ? ([All] extends [K] ? true : false) : never;

/** Does the role take part in one of the steps? An uninvolved role has no loop. */
type TakesPart<Steps, Role extends string> =
  Steps extends Snoc<infer Init, infer Step>
    ? ActsIn<Step, Role> extends true
      ? true
      : TakesPart<Init, Role>
    : false;

type ActsIn<Step, Role extends string> =
  Step extends ChoiceStep<string, infer By, infer Branches>
    ? Role extends By
      ? true
      : By extends Everyone
        ? true
        : PartTakesPart<Branches, Role>
    : Step extends RecStep<string, unknown, infer Steps>
      ? TakesPart<Steps, Role>
      : Step extends AgainStep<string>
        ? false
        : Step extends ParallelStep<string, infer Blocks>
          ? PartTakesPart<Blocks, Role>
          : Step extends AbortStep<infer By>
            ? Role extends By
              ? true
              : false
            : ProjectStep<Step, Role, Fall> extends Fall
              ? false
              : true;

type PartTakesPart<Parts, Role extends string> =
  Parts extends Snoc<infer Init, StepsPart<string, infer Steps>>
    ? TakesPart<Steps, Role> extends true
      ? true
      : PartTakesPart<Init, Role>
    : false;

/** The words of a conflict that is left when the whole choreography is projected. */
export type ConflictOf<Steps, Role extends string> = Role extends string
  ? Fold<Steps, Role, Then<Return<string>, Done>, Outside> extends infer Body
    ? Body extends { readonly conflict: boolean; readonly why: infer Why extends string }
      ? `'${Role}' cannot tell the branches apart: ${Why}. Let the decider tell '${Role}' first in each branch`
      : never
    : never
  : never;

/** What an action of role `Role` is given where `Facts` are known. */
export type ContextAt<
  H extends HeadType,
  Facts extends AnyFacts,
  Role extends string,
> = H["given"][Role] & Facts[Role];

/** What a check that any role may make is given: what a device has, and the facts that all know. */
export type SharedContext<H extends HeadType, Facts extends AnyFacts> = H["given"]["~any"] &
  Facts[Everyone];

/** What every device computes the same from: nothing of a device's own. */
export type CommonContext<H extends HeadType, Facts extends AnyFacts> = H["given"][Everyone] &
  Facts[Everyone];
