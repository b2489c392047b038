/** What a local script asks of its surroundings, and what they answer. */
import type {
  AnyAccept,
  AnyEvent,
  Contribution,
  Epochs,
  ProtocolError,
  Script,
  ScriptBody,
} from "../dsl/index.ts";

/** The values that a role knows, by label. */
export type Facts = Readonly<Record<string, unknown>>;

/** An action of the author's, of any step; the context gives it what it declared. */
export type Action = (context: never) => unknown;

/** One turn of a loop. */
export interface Turn {
  readonly loop: string;
  /** Counts from 0. */
  readonly turn: number;
}

/** What a role knows when it comes to a step; the author's functions are given it. */
export interface Standing {
  readonly facts: Facts;
  /** The turns of the loops around the step, the outermost first. */
  readonly turns: readonly Turn[];
}

/** How often a role has performed each step: by `write`, `wait` or `call`, and the label. */
export type Performed = Readonly<Record<string, number>>;

/** Which event a wait is for, and what the role knows when it comes to the wait. */
export interface Wanted extends Standing {
  readonly label: string;
  /** How often this role has waited at this label before. */
  readonly iteration: number;
  /** The role that writes it. */
  readonly from: string;
  readonly event: AnyEvent;
  readonly accept?: AnyAccept;
  /** The event is sealed to this device. */
  readonly sealed?: true;
  /** The event is for this device alone, in a slot of its own. */
  readonly addressed?: true;
  /** What was performed before the wait: which turn of an earlier step belongs to it. */
  readonly performed: Performed;
}

/** The event that a branch begins with. */
export interface FirstEvent {
  readonly branch: string;
  readonly step: string;
  readonly iteration: number;
}

/** One way on of an external choice. */
export interface Alternative {
  readonly branch: string;
  readonly wanted: Wanted;
  /** Labels of all that this role may wait for once it has taken this way. */
  readonly later: ReadonlySet<string>;
}

/** What a wait does at its deadline where it does not fail. */
interface Absence {
  readonly onTimeout?: "absent";
}

/** One request of a script. The first is the interpreter's own; most others touch the world. */
export type Instruction =
  /** Run one of the author's functions. */
  | (Standing & {
      readonly kind: "Compute";
      readonly label: string;
      readonly action: Action;
      /** The member of the family that the value is for. */
      readonly to?: string;
      /** The value is a branch. Where this device has written its first event, it has decided. */
      readonly firsts?: readonly FirstEvent[];
    })
  /** Sign an event and append it. */
  | {
      readonly kind: "WriteToLedger";
      readonly label: string;
      /** How often this role has written at this label before. */
      readonly iteration: number;
      readonly event: AnyEvent;
      readonly payload: unknown;
      /** The device that it is for, which has a slot of its own. */
      readonly to?: string;
      /** The role that alone is to read it; everyone where absent. */
      readonly sealedTo?: string;
    }
  /** Wait for one event, `within` epochs from now. */
  | (Absence & { readonly kind: "AwaitEvent"; readonly wanted: Wanted; readonly within: Epochs })
  /** Wait for events of `count` distinct authors, `within` epochs from now. */
  | (Absence & {
      readonly kind: "AwaitThreshold";
      readonly wanted: Wanted;
      readonly count: number;
      readonly within: Epochs;
    })
  /** Wait for the first event of one of the branches, `within` epochs from now. */
  | {
      readonly kind: "AwaitBranch";
      readonly label: string;
      readonly from: string;
      readonly alternatives: readonly Alternative[];
      readonly within: Epochs;
    }
  /** Wait for a role to give the session up, `within` epochs from now. */
  | {
      readonly kind: "AwaitAbort";
      readonly label: string;
      readonly from: string;
      readonly within: Epochs;
    }
  /** Take a snapshot of the account's state. */
  | { readonly kind: "GetLedgerState"; readonly label: string }
  /** Read the epoch. */
  | { readonly kind: "GetCurrentEpoch"; readonly label: string }
  /** Sleep. */
  | { readonly kind: "WaitEpochs"; readonly label: string; readonly epochs: Epochs }
  /** Run a nested choreography to its end. */
  | {
      readonly kind: "RunSubProtocol";
      readonly label: string;
      readonly script: Script;
      readonly cast: Readonly<Record<string, string>>;
      /** Those roles of the callee that are families. */
      readonly families?: readonly string[];
      readonly params: unknown;
      /** How often this role has called at this label before. */
      readonly iteration: number;
      readonly onAbort?: "absent";
    }
  /** Look for an event without waiting: of `wanted`, or of the latest turn that there is. */
  | {
      readonly kind: "CheckForEvent";
      readonly label: string;
      readonly wanted: Wanted;
      /** Whether this role has performed the step that it looks at. */
      readonly isPerformed: boolean;
      /** All contributions, and not one event. */
      readonly collected?: true;
    }
  /** Run all blocks, each from its own first step. */
  | { readonly kind: "Fork"; readonly label: string; readonly blocks: readonly Step[] }
  /** The block of a fork is done. */
  | { readonly kind: "EndOfBlock" }
  /** The script is done. */
  | { readonly kind: "Return"; readonly label?: string; readonly result: unknown }
  /** The script gave up. */
  | { readonly kind: "Abort"; readonly error: ProtocolError };

/** What the interpreter must know of a session to run a script of it. */
export interface ScriptSession {
  readonly params: unknown;
  readonly cast: Readonly<Record<string, string | readonly string[]>>;
}

/** A list of nodes under way: those of the script, or of a branch, a loop or a block in it. */
export interface Frame {
  readonly body: ScriptBody;
  /** The current node. While an inner frame runs, it is the node that the inner one belongs to. */
  readonly index: number;
  /** Which turn of which loop this is, and how many there may be. */
  readonly loop?: Turn & { readonly most: number };
}

export interface InterpreterState {
  readonly script: Script;
  readonly session: ScriptSession;
  /** The innermost is the last. */
  readonly frames: readonly Frame[];
  /** The frames around the fork whose block this is; none for the script itself. */
  readonly outer: readonly Frame[];
  readonly facts: Facts;
  readonly performed: Performed;
  /** How many members of a family the current node has written to. */
  readonly sent: number;
  /** The instruction that was given out and not yet answered; `undefined` before the first. */
  readonly pending: Instruction | undefined;
}

/** A state that waits for the answer to its pending instruction. */
export interface Step {
  readonly state: InterpreterState;
  readonly instruction: Instruction;
}

/** A snapshot of the account's state, as one session sees it. */
export interface LedgerState {
  readonly epoch: number;
  /** Nonce of this device's next event in the session. */
  readonly nonce: number;
  /** Hex hashes of the events that no other follows. */
  readonly heads: readonly string[];
}

/** The answer to an instruction. */
export type InstructionResult =
  /** To `Compute`. */
  | { readonly kind: "Computed"; readonly value: unknown }
  /** To `WriteToLedger`: what the ledger holds, written now or by an earlier run on this device. */
  | { readonly kind: "Written"; readonly payload: unknown }
  /** To `WaitEpochs`. */
  | { readonly kind: "Acknowledged" }
  /** To `AwaitEvent` and `CheckForEvent`, where it can be absent. */
  | { readonly kind: "Event"; readonly event: Contribution<unknown> | undefined }
  /** To `AwaitThreshold`, and to `CheckForEvent` of a collect. */
  | { readonly kind: "CollectedEvents"; readonly events: readonly Contribution<unknown>[] }
  /** To `GetLedgerState`. */
  | { readonly kind: "LedgerState"; readonly state: LedgerState }
  /** To `GetCurrentEpoch`. */
  | { readonly kind: "CurrentEpoch"; readonly epoch: number }
  /** To `RunSubProtocol`. */
  | { readonly kind: "SubProtocol"; readonly result: unknown }
  /** To `AwaitBranch`. */
  | { readonly kind: "Chosen"; readonly branch: string }
  /** To `Fork`: how each block ended. */
  | {
      readonly kind: "Joined";
      readonly blocks: readonly Pick<InterpreterState, "facts" | "performed">[];
    }
  /** To any instruction; the only answer to `AwaitAbort`. */
  | { readonly kind: "Failed"; readonly error: ProtocolError };

/** The instructions that a script ends with. */
export type Ending = Extract<Instruction, { readonly kind: "Return" | "Abort" | "EndOfBlock" }>;

/** The answer that each kind of instruction takes, beside `Failed`. */
export const answers = Object.freeze({
  Compute: "Computed",
  WriteToLedger: "Written",
  AwaitEvent: "Event",
  AwaitThreshold: "CollectedEvents",
  AwaitBranch: "Chosen",
  AwaitAbort: "Failed",
  GetLedgerState: "LedgerState",
  GetCurrentEpoch: "CurrentEpoch",
  WaitEpochs: "Acknowledged",
  RunSubProtocol: "SubProtocol",
  CheckForEvent: "Event",
  Fork: "Joined",
}) satisfies Readonly<Record<Exclude<Instruction, Ending>["kind"], InstructionResult["kind"]>>;

export function isEnding(instruction: Instruction): instruction is Ending {
  const { kind } = instruction;
  return kind === "Return" || kind === "Abort" || kind === "EndOfBlock";
}
