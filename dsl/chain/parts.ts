/**
 * Type level: branches, blocks and bodies, each a chain of its own, put together again: what they
 * made known, what they declare, and what is wrong with them.
 */
import type { HeadType } from "../head.ts";
import type { MergeFault } from "../projection/merge-type.ts";
import type { Nil, PartEnded, SessionRest, Snoc } from "../notation/notation.ts";
import type { Part } from "../notation/parse.ts";
import type { AbortStep, AgainStep, ChoiceStep, RecStep, SimpleStep, StepsPart } from "./steps.ts";

/**
 * Where the chain `C` stands: looked up, and not inferred, for the compiler walks what it infers
 * each time that it hands it on.
 */
type StateOf<C> = C extends AnyChain ? NonNullable<C["~chain"]> : never;

/** Any chain; what a part must give back. */
interface AnyChain {
  readonly "~chain"?: AnyStanding;
}

/** Type level: where a chain stands; `Chain` carries it. */
export interface Standing<Rest, Facts, Views, Steps, Declared, Open> {
  readonly rest: Rest;
  readonly facts: Facts;
  readonly views: Views;
  readonly steps: Steps;
  readonly declared: Declared;
  readonly open: Open;
}

interface AnyStanding {
  readonly rest: unknown;
  readonly facts: unknown;
  readonly views: unknown;
  readonly steps: unknown;
  readonly declared: unknown;
  readonly open: unknown;
}

/** Where the chain of a part came to. */
export type FactsIn<C> = StateOf<C>["facts"];
export type ViewsIn<C> = StateOf<C>["views"] & string;
export type StepsIn<C> = StateOf<C>["steps"];
export type DeclaredIn<C> = StateOf<C>["declared"];
export type OpenIn<C> = StateOf<C>["open"] & string;

/** The names of the parts that the session expects. */
export type PartLabels<Parts> =
  Parts extends Snoc<infer Init, Part<infer L, unknown>> ? L | PartLabels<Init> : never;

/**
 * What is known after a choice: of a branch that was not taken, nothing. Where only one branch goes
 * on, that is the one that was taken.
 */
export type ChoiceFacts<Parts, B> =
  IsSingle<Surviving<Parts, B>> extends true
    ? FactsIn<B[Surviving<Parts, B> & keyof B]>
    : OptionalFacts<Parts, B>;

type IsSingle<K, All = K> = [K] extends [never]
  ? false
  : K extends unknown
    ? [All] extends [K]
      ? true
      : false
    : never;

/** The branches that do not end in a jump or in an abort. */
type Surviving<Parts, B> =
  Parts extends Snoc<infer Init, Part<infer L, unknown>>
    ? (Jumps<StepsIn<B[L & keyof B]>> extends true ? never : L) | Surviving<Init, B>
    : never;

/** The facts of each branch that goes on, as an intersection of what is optional. */
type OptionalFacts<Parts, B> =
  Parts extends Snoc<infer Init, Part<infer L, unknown>>
    ? OptionalFacts<Init, B> &
        (Jumps<StepsIn<B[L & keyof B]>> extends true ? unknown : Optional<FactsIn<B[L & keyof B]>>)
    : unknown;

/** Does the part end in a jump or in an abort? What follows the choice then follows another. */
type Jumps<Steps> =
  Steps extends Snoc<infer _Init, infer Last>
    ? Last extends SimpleStep
      ? false
      : LastJumps<Last>
    : false;

type LastJumps<Step> =
  Step extends ChoiceStep<string, string, infer Branches>
    ? AllJump<Branches>
    : Step extends RecStep<string, unknown, infer Body>
      ? Jumps<Body>
      : Step extends AgainStep<string> | AbortStep<string>
        ? true
        : false;

type AllJump<Parts> =
  Parts extends Snoc<infer Init, StepsPart<string, infer Steps>>
    ? Jumps<Steps> extends true
      ? AllJump<Init>
      : false
    : true;

type Optional<Facts> = { readonly [R in keyof Facts]: Partial<Facts[R]> };

/** What is known after blocks side by side: all of it. */
export type ParallelFacts<Parts, B> =
  Parts extends Snoc<infer Init, Part<infer L, unknown>>
    ? FactsIn<B[L & keyof B]> & ParallelFacts<Init, B>
    : unknown;

/** The steps of all parts, in the order of the session. */
export type PartSteps<Parts, B> =
  Parts extends Snoc<infer Init, Part<infer L, unknown>>
    ? PartSteps<Init, B> extends infer Before
      ? StepsIn<B[L & keyof B]> extends infer Steps
        ? Snoc<Before, StepsPart<L, Steps>>
        : never
      : never
    : Nil;

export type PartDeclared<Parts, B> =
  Parts extends Snoc<infer Init, Part<infer L, unknown>>
    ? DeclaredIn<B[L & keyof B]> & Inner<FactsIn<B[L & keyof B]>> & PartDeclared<Init, B>
    : unknown;

/**
 * Facts of parts, as they are known inside: a script's actions are given them without the doubt
 * whether their branch was taken.
 */
export interface Inner<Facts> {
  readonly "~inner": Facts;
}

/** What is declared around a part: its steps may look for those events. */
export interface Outer<Declared> {
  readonly "~outer": Declared;
}

/** Marks the event of a step that every member of a family takes. */
export interface Gathered {
  readonly "~gathered"?: true;
}

/** Is one of the parts a chain that was refused? Then that is the one message. */
export type AnyHalted<B, Halted> = true extends {
  readonly [K in keyof B]: unknown extends B[K] ? true : B[K] extends Halted ? true : false;
}[keyof B]
  ? true
  : false;

/**
 * What is wrong with the branches of a choice, as a sentence; `never` where nothing is. One question
 * an alias: in a conditional within a conditional the compiler asks the outer ones again.
 */
export type BranchesFault<H extends HeadType, Parts, By extends string, B> = FaultOfEnded<
  EndFault<Parts, B, "branch">,
  H,
  Parts,
  By,
  B
>;

type FaultOfEnded<Unended, H extends HeadType, Parts, By extends string, B> = [Unended] extends [
  never,
]
  ? FaultOfLocked<LocksFault<Parts, B>, H, Parts, By, B>
  : Unended;

type FaultOfLocked<Locked, H extends HeadType, Parts, By extends string, B> = [Locked] extends [
  never,
]
  ? SharedFault<Parts, B, unknown, never> extends infer Shared
    ? [Shared] extends [never]
      ? MergeFault<H, PartSteps<Parts, B>, By>
      : Shared
    : never
  : Locked;

/** Each part is there and comes to the end that the session says. */
export type EndFault<Parts, B, Kind extends string> =
  Parts extends Snoc<infer Init, Part<infer L, unknown>>
    ? PartEndFault<EndFault<Init, B, Kind>, L, B, Kind>
    : never;

type PartEndFault<Earlier, L extends string, B, Kind extends string> = [Earlier] extends [never]
  ? L extends keyof B
    ? UnendedFault<StateOf<B[L]>, `the ${Kind} '${L}'`>
    : `there is no ${Kind} '${L}': add it`
  : Earlier;

/** Is the chain of a part at its end? */
type UnendedFault<S extends AnyStanding, Name extends string> = [S] extends [never]
  ? `${Name} does not give back its chain of steps: write (b) => b.send(…)`
  : S["rest"] extends PartEnded
    ? never
    : S["rest"] extends SessionRest
      ? S["rest"]["form"] extends "again"
        ? `${Name} still goes back to 'rec ${S["rest"]["label"]}': end it with again`
        : `${Name} still expects the step '${S["rest"]["label"]}'`
      : never;

/** The fault of a recursion's body. */
export type BodyFault<C, Name extends string, Open extends string> =
  UnendedFault<StateOf<C>, `'rec ${Name}'`> extends infer Unended
    ? [Unended] extends [never]
      ? Exclude<LocksIn<C>, LocksOf<Open>> extends infer Taken extends string
        ? [Taken] extends [never]
          ? never
          : `'rec ${Name}' takes the lock ${Quoted<Taken>} in each turn: release it before the turn ends`
        : never
      : Unended
    : never;

/** A lock that is held, among what is still open. */
export type Held<Lock extends string> = `lock ${Lock}`;

type LocksOf<Open extends string> = Extract<Open, Held<string>>;

export type Quoted<Open extends string> = Open extends Held<infer Lock> ? `'${Lock}'` : never;

/** Most choices hold no lock anywhere, which is seen at once. */
type LocksFault<Parts, B> =
  LocksIn<B[keyof B]> extends infer Any
    ? [Any] extends [never]
      ? never
      : LockFault<Parts, B, never>
    : never;

/** All branches hold the same locks at their ends. `After` are those of the branches before. */
type LockFault<Parts, B, After> =
  Parts extends Snoc<infer Init, Part<infer L, unknown>>
    ? LocksIn<B[L & keyof B]> extends infer Here
      ? [After] extends [never]
        ? LockFault<Init, B, [Here]>
        : [[Here], After] extends [After, [Here]]
          ? LockFault<Init, B, After>
          : `the branch '${L}' holds other locks at its end than the others: take and release each lock within the branch`
      : never
    : never;

type LocksIn<C> = LocksOf<OpenIn<C>>;

/** A label that occurs in two branches is the same event in both. */
type SharedFault<Parts, B, Declared, Seen extends string> =
  Parts extends Snoc<infer Init, Part<infer L, unknown>>
    ? Differing<
        Declared,
        DeclaredIn<B[L & keyof B]>,
        keyof Declared & keyof DeclaredIn<B[L & keyof B]> & string
      > extends infer Label extends string
      ? [Label] extends [never]
        ? SharedFault<Init, B, Declared & DeclaredIn<B[L & keyof B]>, Seen | L>
        : `'${Label}' is one event in the branch '${L}' and another in the branch '${Seen}': name one of them differently`
      : never
    : never;

type Differing<A, D, L extends string> = L extends keyof A & keyof D
  ? L extends `~${string}`
    ? never
    : [A[L], D[L]] extends [D[L], A[L]]
      ? never
      : L
  : never;
