/**
 * Projection: what one role does of a global type, G↾r (Honda, Yoshida, Carbone, "Multiparty
 * asynchronous session types", POPL 2008, §4.2), computed in the type system. `project` computes the
 * same by value; both treat their cases in the same order, and a generated script, made by the
 * other, must satisfy this one.
 */
import type { ChoreographyType } from "../choreography-type.ts";
import type { HeadType } from "../head.ts";
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
import type { Enter, Jump, Truncated, Unrolling } from "./unfold-type.ts";
import type { MergeBranches } from "./merge-type.ts";
import type { Nil, Snoc } from "../notation/notation.ts";
import type { Inner } from "../chain/parts.ts";
import type { Everyone } from "../role.ts";
import type {
  AbortStep,
  AgainStep,
  CallStep,
  ChoiceStep,
  ParallelStep,
  RecStep,
  SimpleStep,
  StepsPart,
} from "../chain/steps.ts";

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

/**
 * What a local type's names stand for. What a script's actions are given: `own` is everything that
 * the role comes to know, `all` everything that all come to know, `same` that without what a device
 * has for itself. What is known at a single step was checked where the choreography was written.
 * Each is worked out when the first instruction asks for it.
 */
interface Scope<H extends HeadType, Facts, Declared, Role extends string> {
  readonly declared: Declared;
  readonly own: H["own"] & Facts[Role & keyof Facts] & InnerFacts<Declared, Role>;
  readonly all: H["own"] & Facts[Everyone & keyof Facts] & InnerFacts<Declared, Everyone>;
  readonly same: H["common"] & Facts[Everyone & keyof Facts] & InnerFacts<Declared, Everyone>;
}

/** Facts of branches, without the doubt whether they were taken. */
type InnerFacts<Declared, Role extends string> =
  Declared extends Inner<unknown> ? Declared["~inner"][Role & keyof Declared["~inner"]] : unknown;

/** Where a step stands: the recursions around it, innermost last, and the choices under way. */
export interface Place<Loops, Staying extends string> {
  readonly loops: Loops;
  /** Choices that are being merged around an unfolding: there, they are jumps back. */
  readonly staying: Staying;
}

export type Outside = Place<Nil, never>;

/** From the last step to the first: each puts its instructions before those that follow. */
export type Fold<Steps, Role extends string, Next, Env> = Steps extends ToldToAll
  ? Steps extends TakenBy<Role>
    ? Fold<Steps["init"], Role, Then<Write<Steps["last"]>, Next>, Env>
    : Fold<Steps["init"], Role, Then<Await<Steps["last"]>, Next>, Env>
  : Steps extends GatheredByAll
    ? Steps extends TakenBy<Role>
      ? Fold<
          Steps["init"],
          Role,
          Then<Write<Steps["last"]>, Then<Gather<Steps["last"]>, Next>>,
          Env
        >
      : Fold<Steps["init"], Role, Then<Gather<Steps["last"]>, Next>, Env>
    : Steps extends Snoc<infer Init, infer Step>
      ? Step extends SimpleStep
        ? Fold<Init, Role, ProjectStep<Step, Role, Next>, Env>
        : FoldOn<ProjectComposite<Step, Role, Next, Env>, Init, Role, Env>
      : Next;

type FoldOn<Body, Init, Role extends string, Env> = Body extends AnyConflict
  ? Body
  : Fold<Init, Role, Body, Env>;

/** The commonest steps are told apart first, without a type parameter: that costs least. */
interface ToldToAll {
  readonly init: unknown;
  readonly last: { readonly verb: "broadcast" };
}

interface GatheredByAll {
  readonly init: unknown;
  readonly last: { readonly verb: "collect" };
}

interface TakenBy<Role extends string> {
  readonly last: { readonly by: Role };
}

type ProjectStep<Step extends SimpleStep, Role extends string, Next> = StepCases<
  Step,
  Role,
  Next
>[Step["verb"]];

/** By verb: the compiler works out only the case that it is asked for. */
interface StepCases<Step extends SimpleStep, Role extends string, Next> {
  broadcast: Role extends Step["by"] ? Then<Write<Step>, Next> : Then<Await<Step>, Next>;
  send: Role extends Step["by"]
    ? Then<Write<Step>, Next>
    : Role extends Step["to"]
      ? Then<Await<Step>, Next>
      : Next;
  collect: Role extends Step["by"]
    ? Then<Write<Step>, Then<Gather<Step>, Next>>
    : Then<Gather<Step>, Next>;
  distribute: Role extends Step["by"]
    ? Then<Write<Step>, Role extends Step["to"] ? Then<Gather<Step>, Next> : Next>
    : Role extends Step["to"]
      ? Then<Gather<Step>, Next>
      : Next;
  local: Role extends Step["by"]
    ? Then<Compute<Step>, Next>
    : Everyone extends Step["by"]
      ? Then<Compute<Step>, Next>
      : Next;
  wait: Role extends Step["by"]
    ? Then<Sleep<Step>, Next>
    : Everyone extends Step["by"]
      ? Then<Sleep<Step>, Next>
      : Next;
  check: Role extends Step["by"] ? Then<Look<Step>, Next> : Next;
  call: Step extends CallStep<string, unknown, infer Cast, unknown>
    ? [CalleeRole<Cast, Role>] extends [never]
      ? Next
      : Then<Run<Step, CalleeRole<Cast, Role>>, Next>
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
      ? TakesPart<Steps, Role, L> extends true
        ? Looping<L, Most, Steps, Role, Next, Env>
        : Next
      : Step extends AgainStep<infer L>
        ? Jump<L, Env>
        : Step extends ParallelStep<infer L, infer Blocks>
          ? Forking<L, BlockBodies<Blocks, Role, Outside>, Next>
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
  Bodies<Branches, Role, Fall, Truncated<Env, Next>> extends infer Apart
    ? Apart extends AnyConflict
      ? Next extends Fall
        ? Apart
        : Bodies<Branches, Role, Next, Env> extends infer Joined
          ? Joined extends AnyConflict
            ? Joined
            : Then<Select<L, At, Joined>, Fall>
          : never
      : Then<Select<L, At, Apart>, Next>
    : never;

/** The bodies of all branches by label; or the first conflict in one of them. */
type Bodies<Branches, Role extends string, Next, Env, Before = unknown> =
  Branches extends Snoc<infer Init, StepsPart<infer L, infer Steps>>
    ? Fold<Steps, Role, Next, Env> extends infer Body
      ? Body extends AnyConflict
        ? Body
        : Bodies<Init, Role, Next, Env, Before & Known<L, Body>>
      : never
    : Before;

/**
 * The role is told, in the branches or after them: they are merged on their own, else with what
 * follows, else with the recursions around them unfolded once.
 */
type Merging<L extends string, Branches, Role extends string, Next, Env> =
  Env extends Place<infer Loops, infer Staying>
    ? L extends Staying
      ? Then<Again<FirstName<L>>, Done>
      : MergeBranches<Branches, Role, Fall, Truncated<Env, Next>, FirstName<L>> extends infer Apart
        ? Apart extends AnyConflict
          ? MergeJoined<Apart, L, Branches, Role, Next, Env> extends infer Joined
            ? Joined extends AnyConflict
              ? Unrolling<L, Branches, Role, Next, Env, Loops, never, Joined>
              : Joined
            : never
          : Append<Apart, Next>
        : never
    : never;

type MergeJoined<
  Apart,
  L extends string,
  Branches,
  Role extends string,
  Next,
  Env,
> = Next extends Fall ? Apart : MergeBranches<Branches, Role, Next, Env, FirstName<L>>;

/** A choice that loops is called by its first branch. */
type FirstName<L extends string> = L extends `${infer First} | ${string}` ? First : L;

type Looping<L extends string, Most, Steps, Role extends string, Next, Env> =
  Fold<Steps, Role, Fall, Enter<L, Most, Steps, Fall, Truncated<Env, Next>>> extends infer Apart
    ? Apart extends AnyConflict
      ? Next extends Fall
        ? Apart
        : Fold<Steps, Role, Next, Enter<L, Most, Steps, Next, Env>> extends infer Joined
          ? Joined extends AnyConflict
            ? Joined
            : Looped<L, Most, Joined>
          : never
      : Append<Looped<L, Most, Apart>, Next>
    : never;

type Looped<L extends string, Most, Body> =
  Mentions<Body, L> extends true ? Then<Loop<L, Most, Body>, Fall> : Body;

/** The blocks in which the role takes part, by label; or the first conflict in one of them. */
type BlockBodies<Blocks, Role extends string, Env, Before = unknown> =
  Blocks extends Snoc<infer Init, StepsPart<infer L, infer Steps>>
    ? Fold<Steps, Role, Fall, Env> extends infer Body
      ? Body extends AnyConflict
        ? Body
        : BlockBodies<Init, Role, Env, Body extends Fall ? Before : Before & Known<L, Body>>
      : never
    : Before;

type Forking<L extends string, Blocks, Next> = Blocks extends AnyConflict
  ? Blocks
  : [keyof Blocks] extends [never]
    ? Next
    : IsSingle<keyof Blocks> extends true
      ? Append<Blocks[keyof Blocks], Next>
      : Then<Fork<L, Blocks>, Next>;

type IsSingle<K, All = K> = K extends unknown ? ([All] extends [K] ? true : false) : never;

/** Does the role take part in one of the steps? A jump out of the recursions `Inside` is a part. */
type TakesPart<Steps, Role extends string, Inside extends string> =
  Steps extends Snoc<infer Init, infer Step>
    ? ActsIn<Step, Role, Inside> extends true
      ? true
      : TakesPart<Init, Role, Inside>
    : false;

type ActsIn<Step, Role extends string, Inside extends string> =
  Step extends ChoiceStep<string, infer By, infer Branches>
    ? Role extends By
      ? true
      : By extends Everyone
        ? true
        : PartTakesPart<Branches, Role, Inside>
    : Step extends RecStep<infer L, unknown, infer Steps>
      ? TakesPart<Steps, Role, Inside | L>
      : Step extends AgainStep<infer L>
        ? L extends Inside
          ? false
          : true
        : Step extends ParallelStep<string, infer Blocks>
          ? PartTakesPart<Blocks, Role, Inside>
          : Step extends AbortStep<infer By>
            ? Role extends By
              ? true
              : false
            : Step extends SimpleStep
              ? ProjectStep<Step, Role, Fall> extends Fall
                ? false
                : true
              : false;

type PartTakesPart<Parts, Role extends string, Inside extends string> =
  Parts extends Snoc<infer Init, StepsPart<string, infer Steps>>
    ? TakesPart<Steps, Role, Inside> extends true
      ? true
      : PartTakesPart<Init, Role, Inside>
    : false;

/** The words of a conflict that is left when the whole choreography is projected. */
export type ConflictOf<Steps, Role extends string> = Role extends string
  ? Fold<Steps, Role, Then<Return<string>, Done>, Outside> extends infer Body
    ? Body extends { readonly conflict: boolean; readonly why: infer Why extends string }
      ? `'${Role}' cannot tell the branches apart: ${Why}. Let the decider tell '${Role}' first in each branch`
      : never
    : never
  : never;
