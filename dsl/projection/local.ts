/**
 * Local types and local scripts. A local type is the list of instructions that a role performs;
 * its nodes are the nodes of the generated script, so that a script is checked against its type
 * field by field. The instructions are those of the interpreter.
 */
import type { Awaitable } from "../context.ts";
import type { AbortEvent, AnyEvent, PayloadOf } from "../event.ts";
import type { Collected, Verdict } from "./knowledge.ts";
import type { Epochs } from "../time.ts";

/** Decides whether an event counts; refused events put the blame on their author. */
export type Accept<Payload, Context> = (
  payload: Payload,
  context: Context & Judged<Context>,
) => Awaitable<Verdict>;

/** Any `accept`, whatever it is given. */
export type AnyAccept = (payload: never, context: never) => Awaitable<Verdict>;

/** What an `accept` is told of the event before it, beside what the judging device knows. */
export interface Judged<Context> {
  /** Device id of the event's author. */
  readonly author: string;
  /**
   * What this author itself wrote at an earlier collect, whether or not it is in the judge's own
   * view; `undefined` if it wrote nothing there, or two different things.
   */
  readonly earlier: <L extends keyof Context>(label: L) => ContributedBy<Context[L]> | undefined;
}

/** The payload of one contribution to a collected value. */
type ContributedBy<Value> = Value extends Collected<infer P> ? P : never;

/** Append an event of this role to the ledger. */
export interface WriteNode<L extends string, E extends AnyEvent, Context> {
  readonly instruction: "WriteToLedger";
  readonly label: L;
  readonly event: E;
  readonly payload: (context: Context) => Awaitable<PayloadOf<E>>;
}

/** A wait that judges each event. */
export interface Checking<Check extends AnyAccept> {
  readonly accept: Check;
}

/** A wait that takes every event of the right kind and author. */
export interface NotChecking {
  readonly accept?: never;
}

/** A write that only the device of role `To` can read. */
export interface SealingTo<To extends string> {
  readonly sealedTo: To;
}

/** A write that everyone can read. */
export interface NotSealing {
  readonly sealedTo?: never;
}

/** A wait for what is sealed to this device. */
export interface Opening {
  readonly sealed: true;
}

/** A wait for what everyone can read. */
export interface NotOpening {
  readonly sealed?: never;
}

/** Wait for the one event of a role that a single device plays. */
export interface AwaitNode<From extends string, L extends string, E extends AnyEvent> {
  readonly instruction: "AwaitEvent";
  readonly label: L;
  readonly from: From;
  readonly event: E;
  readonly within: Epochs;
}

/** Wait for events of `atLeast` distinct members of a family. */
export interface ThresholdNode<
  From extends string,
  L extends string,
  E extends AnyEvent,
  Count extends number | string,
> {
  readonly instruction: "AwaitThreshold";
  readonly label: L;
  readonly from: From;
  readonly event: E;
  readonly atLeast: Count;
  readonly within: Epochs;
}

/** Compute a value here. */
export interface ComputeNode<L extends string, Result, Context> {
  readonly instruction: "Compute";
  readonly label: L;
  readonly action: (context: Context) => Awaitable<Result>;
}

/** Read a snapshot of the account's state: nonce, causal heads, epoch. */
export interface LedgerStateNode {
  readonly instruction: "GetLedgerState";
  readonly label: string;
}

/** Read the current epoch. */
export interface CurrentEpochNode {
  readonly instruction: "GetCurrentEpoch";
  readonly label: string;
}

/** Sleep, cooperatively. */
export interface WaitNode<L extends string, Span extends Epochs | string> {
  readonly instruction: "WaitEpochs";
  readonly label: L;
  /** A span, or the name of a numeric parameter. */
  readonly epochs: Span;
}

/** Look for an event without waiting: absence is `undefined`, not an error. */
export interface CheckNode<
  L extends string,
  Of extends string,
  From extends string,
  E extends AnyEvent,
> {
  readonly instruction: "CheckForEvent";
  readonly label: L;
  /** Label of the step whose event it is. */
  readonly of: Of;
  readonly from: From;
  readonly event: E;
}

/** Internal choice: `decide` names the branch. */
export interface SelectNode<L extends string, Labels extends string, Context, Branches> {
  readonly instruction: "Branch";
  readonly label: L;
  readonly decide: (context: Context) => Awaitable<Labels>;
  readonly branches: Branches;
}

/** External choice: the branch is the one whose first event comes from `from`. */
export interface OfferNode<L extends string, From extends string, Branches> {
  readonly instruction: "Branch";
  readonly label: L;
  readonly from: From;
  readonly branches: Branches;
}

/** Steps that `Again` of the same label takes again; a body that falls through leaves it. */
export interface LoopNode<L extends string, Most extends number | string, Steps> {
  readonly instruction: "Loop";
  readonly label: L;
  readonly atMost: Most;
  readonly steps: Steps;
}

/** Back to the start of the loop of this label. */
export interface AgainNode<L extends string> {
  readonly instruction: "Again";
  readonly label: L;
}

/** Blocks side by side; what follows waits for all of them. */
export interface ForkNode<L extends string, Blocks> {
  readonly instruction: "Fork";
  readonly label: L;
  readonly blocks: Blocks;
}

/** Run a nested choreography, as one of its roles. */
export interface CallNode<L extends string, S, Cast, Params, Context> {
  readonly instruction: "RunSubProtocol";
  readonly label: L;
  readonly script: S;
  /** Role of the callee → role here whose device, or devices, play it. */
  readonly cast: Cast;
  /** Roles of the callee that are families; one that a single device plays is a family of one. */
  readonly families?: readonly string[];
  readonly params: (context: Context) => Awaitable<Params>;
}

/** Give the session up. */
export interface AbortNode {
  readonly instruction: "Abort";
  readonly label: "abort";
  readonly reason: string;
}

/** Wait for another role to give the session up. */
export interface AwaitAbortNode<From extends string> {
  readonly instruction: "AwaitAbort";
  readonly label: "abort";
  readonly from: From;
  readonly within: Epochs;
}

/** End with the value under this label. */
export interface ReturnNode<L extends string> {
  readonly instruction: "Return";
  readonly label: L;
}

/** The local type of role `Role` in `Protocol`. */
export interface LocalType<
  Protocol extends string,
  Role extends string,
  Abort extends AbortEvent,
  Body,
  Scope,
> {
  readonly protocol: Protocol;
  readonly role: Role;
  readonly abort: Abort;
  readonly body: Body;
  /** What the names in `body` stand for. */
  readonly scope: Scope;
}

/** A list of instructions, or the branches or blocks of one, of any script. */
export type ScriptBody = readonly ScriptNode[];
export type ScriptBranches = Readonly<Record<string, ScriptBody>>;

/** Any instruction of a script. */
export type ScriptNode =
  | (WriteNode<string, AnyEvent, never> & { readonly sealedTo?: string; readonly toEach?: string })
  | ((
      | AwaitNode<string, string, AnyEvent>
      | ThresholdNode<string, string, AnyEvent, number | string>
    ) & {
      readonly accept?: AnyAccept;
      readonly sealed?: true;
      readonly addressed?: true;
      readonly onTimeout?: "absent";
    })
  | ComputeNode<string, unknown, never>
  | LedgerStateNode
  | CurrentEpochNode
  | WaitNode<string, Epochs | string>
  | (CheckNode<string, string, string, AnyEvent> & { readonly collected?: true })
  | (SelectNode<string, string, never, ScriptBranches> & { readonly from?: never })
  | (OfferNode<string, string, ScriptBranches> & { readonly decide?: never })
  | LoopNode<string, number | string, ScriptBody>
  | AgainNode<string>
  | ForkNode<string, ScriptBranches>
  | (CallNode<string, Script, Readonly<Record<string, string>>, unknown, never> & {
      readonly onAbort?: "absent";
    })
  | AbortNode
  | AwaitAbortNode<string>
  | ReturnNode<string>
  | { readonly instruction: "Return"; readonly label?: never };

/** Any local script: data that the interpreter runs. */
export interface Script {
  readonly protocol: string;
  readonly role: string;
  /** Digest of the choreography, hex: devices with different ones do not share a session. */
  readonly digest: string;
  readonly abort: AbortEvent;
  readonly steps: readonly ScriptNode[];
}
