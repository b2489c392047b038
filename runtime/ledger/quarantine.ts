/** What was refused, and why: kept for inspection, never applied. */

/** Why input was refused. The list is closed. */
export const QUARANTINE_REASONS = [
  /** These three: the bytes are not an event. */
  "TooLarge",
  "Malformed",
  "NotCanonical",
  /** The event belongs to another account. */
  "WrongAccount",
  /** The event is of a version that this program does not read. */
  "UnknownVersion",
  /** Nobody has vouched for the author, so far. The event is kept, and admitted once somebody does. */
  "UnknownAuthor",
  /** The group key of that generation is not known, so far. The event is kept as above. */
  "UnknownKey",
  /** The author was not, or no longer, a member at the event's epoch. */
  "NotAMember",
  /** The group had another key at the event's epoch. */
  "StaleKey",
  /** Events of this type are for others to author. */
  "NotAuthorized",
  /** An account event outside the account's session or its own slot, or another event inside. */
  "Misplaced",
  /** The payload of an account event is not one of its type. */
  "BadPayload",
  /** The session is closed by a snapshot that does not know the event. */
  "Closed",
  /** The author's nonce is too high, or there are too many events under it; the latter are kept. */
  "TooManyEvents",
  /** The signature is not the author's. */
  "BadSignature",
  /** The event of one session came in the document of another. */
  "WrongSession",
  /** A document entry whose key is not the hash of its value. */
  "KeyMismatch",
  /** A document entry that is not bytes under a key of the root. */
  "NotAnEntry",
  /** A change that removes an entry. The event stays. */
  "Deleted",
  /** A change that puts something else in the place of an entry. The event stays. */
  "Overwritten",
  /** A document change that does not apply. */
  "BadChange",
  /** A synchronisation message that does not apply. */
  "BadSync",
  /** A frame of a peer that cannot be read. */
  "BadFrame",
  /** A change under this replica's own name that it did not write. */
  "ForgedActor",
  /** A document that no longer merges. Its events go on in the next generation. */
  "DocumentSetAside",
  /** A peer's document of a later generation took the place of the replica's own. */
  "DocumentAdopted",
  /** A document that the replica had stored, and cannot read. */
  "BadDocument",
  /** A document with more changes or operations than honest replicas make. */
  "DocumentTooLarge",
  /** An event that could not be stored. It does not count until it is. */
  "NotStored",
  /** A session or document more than the replica holds. */
  "TooManySessions",
] as const;

export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

export interface Quarantined {
  readonly reason: QuarantineReason;
  readonly detail: string;
  /** The refused bytes; empty where they were too large to keep, or where there were none. */
  readonly bytes: Uint8Array;
}

const MAX_ENTRIES = 256;
const MAX_KEPT_BYTES = 64 * 1024;

/** The latest refusals; the oldest make room, so that a flood costs bounded memory. */
export class Quarantine {
  readonly #entries: Quarantined[] = [];

  add(reason: QuarantineReason, detail: string, bytes: Uint8Array = new Uint8Array()): void {
    const kept = bytes.length > MAX_KEPT_BYTES ? new Uint8Array() : Uint8Array.from(bytes);
    this.#entries.push(Object.freeze({ reason, detail, bytes: kept }));
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift();
  }

  list(): readonly Quarantined[] {
    return [...this.#entries];
  }
}
