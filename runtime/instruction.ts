/** What a local script asks of its surroundings, and what they answer. */
import type {
  AnyAccept,
  AnyEvent,
  Contribution,
  Epochs,
  ProtocolError,
  Script,
} from "../dsl/index.ts";

/** The values that a role knows, by label. */
export type Facts = Readonly<Record<string, unknown>>;

/** An action of the author's, of any step; the context gives it what it declared. */
export type Action = (context: never) => unknown;

/** Which event a wait is for. */
export interface Wanted {
  readonly label: string;
  /** The role that writes it. */
  readonly from: string;
  readonly event: AnyEvent;
  readonly accept?: AnyAccept;
  /** The event is sealed to this device. */
  readonly sealed?: true;
  /** What this role knows when it comes to the wait; `accept` is given it. */
  readonly facts: Facts;
}

/** One request of a script. The first is the interpreter's own; the next eight touch the world. */
export type Instruction =
  /** Run one of the author's functions. */
  | {
      readonly kind: "Compute";
      readonly label: string;
      readonly action: Action;
      readonly facts: Facts;
    }
  /** Sign an event and append it. */
  | {
      readonly kind: "WriteToLedger";
      readonly label: string;
      readonly event: AnyEvent;
      readonly payload: unknown;
      /** The role that alone is to read it; everyone where absent. */
      readonly sealedTo?: string;
    }
  /** Wait for one event, `within` epochs from now. */
  | { readonly kind: "AwaitEvent"; readonly wanted: Wanted; readonly within: Epochs }
  /** Wait for events of `count` distinct authors, `within` epochs from now. */
  | {
      readonly kind: "AwaitThreshold";
      readonly wanted: Wanted;
      readonly count: number;
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
      readonly params: unknown;
    }
  /** Look for an event without waiting. */
  | { readonly kind: "CheckForEvent"; readonly wanted: Wanted }
  /** The script is done. */
  | { readonly kind: "Return"; readonly label: string; readonly result: unknown }
  /** The script gave up. */
  | { readonly kind: "Abort"; readonly error: ProtocolError };

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
  /** To `AwaitEvent`, and to `CheckForEvent`, where it can be absent. */
  | { readonly kind: "Event"; readonly event: Contribution<unknown> | undefined }
  /** To `AwaitThreshold`. */
  | { readonly kind: "CollectedEvents"; readonly events: readonly Contribution<unknown>[] }
  /** To `GetLedgerState`. */
  | { readonly kind: "LedgerState"; readonly state: LedgerState }
  /** To `GetCurrentEpoch`. */
  | { readonly kind: "CurrentEpoch"; readonly epoch: number }
  /** To `RunSubProtocol`. */
  | { readonly kind: "SubProtocol"; readonly result: unknown }
  /** To any instruction. */
  | { readonly kind: "Failed"; readonly error: ProtocolError };

/** The answer that each kind of instruction takes, beside `Failed`. */
export const answers = Object.freeze({
  Compute: "Computed",
  WriteToLedger: "Written",
  AwaitEvent: "Event",
  AwaitThreshold: "CollectedEvents",
  GetLedgerState: "LedgerState",
  GetCurrentEpoch: "CurrentEpoch",
  WaitEpochs: "Acknowledged",
  RunSubProtocol: "SubProtocol",
  CheckForEvent: "Event",
}) satisfies Readonly<
  Record<Exclude<Instruction["kind"], "Return" | "Abort">, InstructionResult["kind"]>
>;
