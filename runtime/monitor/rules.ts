/** The rules that an author's events can break, each of them checkable by anyone with the scripts. */

/** In plain words, by name. The set of names is closed. */
export const rules = Object.freeze({
  NotItsStep: "a device writes the steps of the roles that it plays",
  WrongEvent: "a step is an event of the step's own type",
  MalformedPayload: "the payload fits the schema of its event",
  WrongReceiver: "an event for one device is for a member of the family that it is sent to",
  OutOfOrder: "each event of a device follows the one before it",
  Forked: "a device counts its events, and uses no number twice",
  Twice: "a device fills a slot once",
  AfterEnd: "nothing follows the record that a role has ended",
  Skipped: "a role writes its steps in their order, and leaves none out",
  TooSoon: "a step follows what its role waits for before it",
  BeforeDeadline: "a role that goes on without an event has waited for it until the deadline",
  WrongBranch: "a step belongs to the branch that was taken",
  TooManyTurns: "a loop takes no more turns than it may",
} as const);

export type Rule = keyof typeof rules;

export interface Violation {
  readonly code: Rule;
  /** The rule, in plain words. */
  readonly rule: string;
  /** Device id of the event's author. */
  readonly device: string;
  readonly step: string;
  readonly iteration: number;
  /** What happened: a sentence without its full stop. */
  readonly what: string;
  /** Hex hashes: the event, then what it contradicts. All are the event or in its past. */
  readonly evidence: readonly string[];
}

/** What a monitor says of an event. Only what is taken back changes a verdict but `waiting`. */
export type Conformance =
  | { readonly status: "conforms" }
  /** Something that its author had seen is missing here. */
  | { readonly status: "waiting" }
  | { readonly status: "violates"; readonly violation: Violation };

/** What is wrong, before it is said of which event. */
export interface Fault {
  readonly code: Rule;
  readonly what: string;
  readonly contradicts?: readonly string[];
}
