/**
 * Type level: a step, by its names only. Its event, or the type of its value, stands under its
 * label in the chain's `Declared`, so that a list of steps is a list of names: the compiler does
 * not walk it again at every step, and its depth is not a limit. `Given` names the options that the
 * author wrote, so that a script that leaves a check, a seal or a timeout out is another.
 */

/** A step without steps of its own: `by` is who takes it. */
export interface SimpleStep {
  readonly verb:
    | "broadcast"
    | "send"
    | "collect"
    | "distribute"
    | "local"
    | "wait"
    | "check"
    | "call";
  readonly by: unknown;
  readonly to?: unknown;
}

export interface BroadcastStep<L extends string, By extends string, Given> {
  readonly verb: "broadcast";
  readonly label: L;
  readonly by: By;
  readonly given: Given;
}

/** `Each` says whether every member of the family `To` gets an event of its own. */
export interface SendStep<
  L extends string,
  By extends string,
  To extends string,
  Each extends boolean,
  Given,
> {
  readonly verb: "send";
  readonly label: L;
  readonly by: By;
  readonly to: To;
  readonly each: Each;
  readonly given: Given;
}

export interface CollectStep<L extends string, By extends string, Count, Given> {
  readonly verb: "collect";
  readonly label: L;
  readonly by: By;
  readonly atLeast: Count;
  readonly given: Given;
}

export interface DistributeStep<
  L extends string,
  By extends string,
  To extends string,
  Count,
  Given,
> {
  readonly verb: "distribute";
  readonly label: L;
  readonly by: By;
  readonly to: To;
  readonly atLeast: Count;
  readonly given: Given;
}

export interface LocalStep<L extends string, At extends string, Combines> {
  readonly verb: "local";
  readonly label: L;
  readonly by: At;
  readonly combines: Combines;
}

export interface WaitStep<L extends string, At extends string, Span> {
  readonly verb: "wait";
  readonly label: L;
  readonly by: At;
  readonly epochs: Span;
}

export interface CheckStep<L extends string, At extends string, Of extends string> {
  readonly verb: "check";
  readonly label: L;
  readonly by: At;
  readonly of: Of;
}

/** Steps with steps of their own, and those that nothing follows. */
interface CompositeStep {
  readonly composite: true;
}

/** `Branches` is a snoc list of `StepsPart`. */
export interface ChoiceStep<L extends string, By extends string, Branches> extends CompositeStep {
  readonly verb: "choice";
  readonly label: L;
  readonly by: By;
  readonly branches: Branches;
}

export interface StepsPart<L extends string, Steps> {
  readonly label: L;
  readonly steps: Steps;
}

export interface RecStep<L extends string, Most, Steps> extends CompositeStep {
  readonly verb: "rec";
  readonly label: L;
  readonly atMost: Most;
  readonly steps: Steps;
}

export interface AgainStep<L extends string> extends CompositeStep {
  readonly verb: "again";
  readonly label: L;
}

/** `Blocks` is a snoc list of `StepsPart`. */
export interface ParallelStep<L extends string, Blocks> extends CompositeStep {
  readonly verb: "parallel";
  readonly label: L;
  readonly blocks: Blocks;
}

/** A call, or a taking or giving back of a lock, which is one too. `Callee` is the other's head. */
export interface CallStep<L extends string, Callee, Cast, Given> {
  readonly verb: "call";
  readonly label: L;
  readonly by: unknown;
  readonly callee: Callee;
  /** Role of the callee → role here. */
  readonly cast: Cast;
  readonly given: Given;
}

export interface AbortStep<By extends string> extends CompositeStep {
  readonly verb: "abort";
  readonly by: By;
}
