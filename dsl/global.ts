/**
 * The global type: a protocol seen from above, as plain data. `Code` is what stands for the
 * author's functions and events: live values in a running program, source text in the compiler.
 *
 * Every function over these nodes treats its cases in one order: broadcast, send, collect, local, wait.
 */

/** One role tells everyone. */
export interface Broadcast<Code> {
  readonly verb: "broadcast";
  readonly label: string;
  readonly by: string;
  readonly event: Code;
  readonly within: Code;
  readonly accept?: Code;
  readonly payload: Code;
}

/** One role tells one other. */
export interface Send<Code> {
  readonly verb: "send";
  readonly label: string;
  readonly by: string;
  readonly to: string;
  /** Whether only the receiver can read the payload. */
  readonly sealed?: true;
  readonly event: Code;
  readonly within: Code;
  readonly accept?: Code;
  readonly payload: Code;
}

/** Each member of a family tells everyone; a wait takes `atLeast` distinct authors. */
export interface Collect<Code> {
  readonly verb: "collect";
  readonly label: string;
  readonly by: string;
  readonly event: Code;
  /** A number, the name of a numeric parameter, or `"all"`. */
  readonly atLeast: number | string;
  readonly within: Code;
  readonly accept?: Code;
  readonly payload: Code;
}

/** A computation at one role, or at everyone. */
export interface Local<Code> {
  readonly verb: "local";
  readonly label: string;
  /** A role's name, or `"everyone"`. */
  readonly at: string;
  /** The collect that the computation combines so that every quorum gives the same value. */
  readonly combines?: string;
  readonly action: Code;
}

/** A sleep, at one role or at everyone. */
export interface Wait<Code> {
  readonly verb: "wait";
  readonly label: string;
  /** A role's name, or `"everyone"`. */
  readonly at: string;
  /** A span of epochs, or the name of a numeric parameter. */
  readonly epochs: Code;
}

export type GlobalStep<Code> =
  | Broadcast<Code>
  | Send<Code>
  | Collect<Code>
  | Local<Code>
  | Wait<Code>;

export interface GlobalType<Code> {
  readonly name: string;
  readonly roles: Readonly<Record<string, "one" | "many">>;
  readonly session: string;
  /** The event that a device writes when it gives the session up. */
  readonly abort: Code;
  readonly steps: readonly GlobalStep<Code>[];
  /** Label of the session's result. */
  readonly result: string;
}

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
