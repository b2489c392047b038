/**
 * The global type: a protocol seen from above, as plain data. `Code` is what stands for the
 * author's functions and events: live values in a running program, source text in the compiler.
 *
 * Every function over these nodes treats its cases in one order: broadcast, send, collect,
 * distribute, local, wait, check, choice, rec, again, parallel, call, acquire, release, abort.
 */

/** What every step that puts an event on the ledger has. */
interface Communication<Code> {
  readonly label: string;
  readonly by: string;
  readonly event: Code;
  readonly within: Code;
  /** Whether a wait that reaches its deadline goes on without the event. */
  readonly onTimeout?: "absent";
  readonly accept?: Code;
  readonly payload: Code;
}

/** One role tells everyone. */
export interface Broadcast<Code> extends Communication<Code> {
  readonly verb: "broadcast";
}

/** One role tells one other, or each member of a family something of its own. */
export interface Send<Code> extends Communication<Code> {
  readonly verb: "send";
  readonly to: string;
  /** Whether only the receiver can read the payload. */
  readonly sealed?: true;
}

/** Each member of a family tells everyone; a wait takes `atLeast` distinct authors. */
export interface Collect<Code> extends Communication<Code> {
  readonly verb: "collect";
  /** A number, the name of a numeric parameter, or `"all"`. */
  readonly atLeast: number | string;
}

/** Each member of a family tells each member of a family something of its own. */
export interface Distribute<Code> extends Communication<Code> {
  readonly verb: "distribute";
  readonly to: string;
  readonly atLeast: number | string;
  readonly sealed?: true;
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

/** A look, without waiting, whether the event of an earlier step is there. */
export interface Check {
  readonly verb: "check";
  readonly label: string;
  readonly at: string;
  /** Label of the earlier step. */
  readonly of: string;
}

/** One branch of a choice, or one block of a parallel: its first label and its steps. */
export interface Branch<Code> {
  readonly label: string;
  readonly steps: readonly GlobalStep<Code>[];
}

/** One role decides how it goes on, or everyone does from what all agree on. */
export interface Choice<Code> {
  readonly verb: "choice";
  /** First labels of the branches: `"Accept | Reject"`. */
  readonly label: string;
  /** A role's name, or `"everyone"`. */
  readonly by: string;
  readonly decide: Code;
  readonly branches: readonly Branch<Code>[];
}

/** Steps that can be taken again, a bounded number of times. */
export interface Rec<Code> {
  readonly verb: "rec";
  readonly label: string;
  /** Most turns: a number, or the name of a numeric parameter. */
  readonly atMost: number | string;
  readonly steps: readonly GlobalStep<Code>[];
}

/** Back to the start of the recursion of this label. */
export interface Again {
  readonly verb: "again";
  readonly label: string;
}

/** Blocks that do not wait for each other. */
export interface Parallel<Code> {
  readonly verb: "parallel";
  /** First labels of the blocks: `"Ship || Bill"`. */
  readonly label: string;
  readonly blocks: readonly Branch<Code>[];
}

/** What must be known of a nested choreography to check its call. */
export interface Callee {
  readonly name: string;
  readonly roles: Readonly<Record<string, "one" | "many">>;
  /** Whether it ends with a value. */
  readonly result?: string;
  /** Names of the choreographies that it calls itself. */
  readonly calls: readonly string[];
}

interface Nested<Code> {
  readonly label: string;
  readonly choreography: Code;
  readonly callee: Callee;
  /** Role of the callee → role here that plays it. */
  readonly roles: Readonly<Record<string, string>>;
  readonly params: Code;
}

/** A nested choreography. */
export interface Call<Code> extends Nested<Code> {
  readonly verb: "call";
  /** Whether an abort of the callee is an absent value, and not an abort here. */
  readonly onAbort?: "absent";
}

/** A nested choreography that takes an operation lock. */
export interface Acquire<Code> extends Nested<Code> {
  readonly verb: "acquire";
  readonly lock: string;
}

/** A nested choreography that gives an operation lock back. */
export interface Release<Code> extends Nested<Code> {
  readonly verb: "release";
  readonly lock: string;
}

/** One role gives the session up. */
export interface Abort<Code> {
  readonly verb: "abort";
  readonly label: "abort";
  readonly by: string;
  /** A sentence without its full stop; it is on the ledger, so it holds no secret. */
  readonly reason: string;
  readonly within: Code;
}

export type GlobalStep<Code> =
  | Broadcast<Code>
  | Send<Code>
  | Collect<Code>
  | Distribute<Code>
  | Local<Code>
  | Wait<Code>
  | Check
  | Choice<Code>
  | Rec<Code>
  | Again
  | Parallel<Code>
  | Call<Code>
  | Acquire<Code>
  | Release<Code>
  | Abort<Code>;

export interface GlobalType<Code> {
  readonly name: string;
  readonly roles: Readonly<Record<string, "one" | "many">>;
  readonly session: string;
  /** The event that a device writes when it gives the session up. */
  readonly abort: Code;
  readonly steps: readonly GlobalStep<Code>[];
  /** Label of the session's result; a session without one has done its work by its end. */
  readonly result?: string;
}
