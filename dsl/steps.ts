/**
 * Type level: a step, by its names only. Its event, or the type of its value, stands under its
 * label in the chain's `Declared`, so that a list of steps is a list of names: the compiler does
 * not walk it again at every step, and its depth is not a limit.
 */
export interface BroadcastStep<L extends string, By extends string, Checked extends boolean> {
  readonly verb: "broadcast";
  readonly label: L;
  readonly by: By;
  /** Whether the receivers check the event: a script that leaves the check out is another. */
  readonly checked: Checked;
}

export interface SendStep<
  L extends string,
  By extends string,
  To extends string,
  Sealed extends boolean,
  Checked extends boolean,
> {
  readonly verb: "send";
  readonly label: L;
  readonly by: By;
  readonly to: To;
  readonly sealed: Sealed;
  readonly checked: Checked;
}

export interface CollectStep<L extends string, By extends string, Count, Checked extends boolean> {
  readonly verb: "collect";
  readonly label: L;
  readonly by: By;
  readonly checked: Checked;
  readonly atLeast: Count;
}

export interface LocalStep<L extends string, At extends string, Combines> {
  readonly verb: "local";
  readonly label: L;
  readonly at: At;
  readonly combines: Combines;
}

export interface WaitStep<L extends string, At extends string, Span> {
  readonly verb: "wait";
  readonly label: L;
  readonly at: At;
  readonly epochs: Span;
}
