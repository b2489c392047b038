/**
 * The one error of the system. A code out of a closed union says what kind of thing went wrong; the
 * message says what happened, where, and what to do.
 */

/** A position in a source file; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One party held responsible, with the hashes of the ledger events that show it. */
export interface Blame {
  /** Device id of the party, as written in the roster. */
  readonly device: string;
  /** The abort reason, in the protocol's own words, for example `BadProof`. */
  readonly reason: string;
  /** Hex hashes of signed events that anyone can check. Empty where silence is the fault. */
  readonly evidence: readonly string[];
}

/** Every way in which the system fails. The union is closed: adding a code is an API change. */
export type ProtocolErrorCode =
  /** A choreography, session notation, event or roster is malformed. */
  | "InvalidDeclaration"
  /** Input from a user or a caller does not fit: a parameter, an option, a file. */
  | "InvalidInput"
  /** The generator cannot read a choreography statically, or it breaks a rule. */
  | "NotProjectable"
  /** A generated file is not what its choreography projects to. */
  | "Outdated"
  /** A wait reached its deadline. */
  | "Timeout"
  /** A wait can never be satisfied: more is asked for than there are participants. */
  | "Infeasible"
  /** A peer's event was refused by the protocol's own check. */
  | "Rejected"
  /** The session was aborted by its decider, or too many members left it. */
  | "Aborted"
  /** An instruction or its result does not fit the state of the interpreter. */
  | "InvalidState"
  /** An event, key or signature does not pass admission. */
  | "NotAdmitted"
  /** A local computation of the protocol threw. */
  | "ActionFailed"
  /** Stored data could not be read back: wrong key, damaged or missing file. */
  | "Storage";

/** Where an error belongs. Every part is optional: a CLI mistake has no step. */
export interface ErrorPlace {
  readonly protocol?: string;
  readonly step?: string;
  readonly role?: string;
  readonly device?: string;
  readonly source?: Place;
}

export interface ProtocolErrorInit {
  readonly code: ProtocolErrorCode;
  /** What happened: a sentence without its full stop. */
  readonly what: string;
  /** What to do: a sentence without its full stop. */
  readonly todo: string;
  readonly where?: ErrorPlace;
  readonly blamed?: readonly Blame[];
  readonly cause?: unknown;
}

export class ProtocolError extends Error {
  readonly code: ProtocolErrorCode;
  readonly what: string;
  readonly todo: string;
  readonly where: ErrorPlace;
  readonly blamed: readonly Blame[];

  constructor(init: ProtocolErrorInit) {
    super(render(init), init.cause === undefined ? undefined : { cause: init.cause });
    this.name = "ProtocolError";
    this.code = init.code;
    this.what = init.what;
    this.todo = init.todo;
    this.where = init.where ?? {};
    this.blamed = init.blamed ?? [];
  }
}

function render(init: ProtocolErrorInit): string {
  const where = renderPlace(init.where ?? {});
  const blamed = (init.blamed ?? []).map((b) => `${b.device} (${b.reason})`).join(", ");
  return [
    where === "" ? `${init.what}.` : `${where}: ${init.what}.`,
    blamed === "" ? "" : `Blamed: ${blamed}.`,
    `${init.todo.charAt(0).toUpperCase()}${init.todo.slice(1)}.`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function renderPlace(where: ErrorPlace): string {
  const { source, protocol, step, role, device } = where;
  const parts = [
    source === undefined ? "" : `${source.file}:${source.line}:${source.column}`,
    protocol === undefined ? "" : `protocol ${protocol}`,
    step === undefined ? "" : `step ${step}`,
    role === undefined ? "" : `role ${role}`,
    device === undefined ? "" : `device ${device}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}
