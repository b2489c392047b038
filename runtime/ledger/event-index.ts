/** The truth of a replica: every event that passed admission, and nothing else. */

import {
  EVENT_LIMITS,
  type EventReading,
  type SignedEvent,
  eventHash,
  isSignedBy,
  readEvent,
} from "./envelope.ts";
import { Quarantine, type QuarantineReason } from "./quarantine.ts";
import type { AccountRoster } from "./roster.ts";
import { SessionIndex } from "./session-index.ts";

/** What became of bytes that were offered to the ledger. */
export type Admission =
  | { readonly status: "admitted"; readonly event: SignedEvent }
  /** The ledger has the event already. */
  | { readonly status: "known"; readonly event: SignedEvent }
  | { readonly status: "quarantined"; readonly reason: QuarantineReason };

/** What the place where bytes were found says about them. */
export interface Expectation {
  readonly hash: string;
  readonly session: string;
}

type Refusal = { readonly reason: QuarantineReason; readonly detail: string };

const EMPTY_SESSION = new SessionIndex();

/**
 * Verified and grow-only. An event whose parents are unknown is admitted at once: whether it is in
 * the index depends on the event and the roster alone, so replicas that were offered the same set
 * hold the same set, whatever the order.
 */
export class EventIndex {
  readonly quarantine = new Quarantine();
  readonly #roster: AccountRoster;
  readonly #signingKeys: ReadonlyMap<string, Uint8Array>;
  readonly #events = new Map<string, SignedEvent>();
  readonly #sessions = new Map<string, SessionIndex>();
  #epoch = 0;

  constructor(roster: AccountRoster) {
    this.#roster = roster;
    this.#signingKeys = new Map(roster.devices.map(({ id, signingKey }) => [id, signingKey]));
  }

  get account(): string {
    return this.#roster.account;
  }

  /** The highest epoch that an admitted event was written at. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Ids of the sessions that have events. */
  get sessions(): readonly string[] {
    return [...this.#sessions.keys()].sort();
  }

  /** Adds the event if it passes; quarantines the bytes with the reason if it does not. */
  admit(bytes: Uint8Array, expected?: Expectation): Admission {
    const known = this.#events.get(eventHash(bytes));
    const reading: EventReading =
      known === undefined ? readEvent(bytes, EVENT_LIMITS) : { ok: true, event: known };
    if (!reading.ok) return this.#refuse(bytes, reading.fault, reading.detail);
    const { event } = reading;
    const misplaced = expected === undefined ? undefined : misplacement(event, expected);
    const refusal = misplaced ?? (known === undefined ? this.#objection(event) : undefined);
    if (refusal !== undefined) return this.#refuse(bytes, refusal.reason, refusal.detail);
    if (known !== undefined) return { status: "known", event };
    this.#add(event);
    return { status: "admitted", event };
  }

  get(hash: string): SignedEvent | undefined {
    return this.#events.get(hash);
  }

  /** The events of a session; an empty index for a session without events. */
  session(session: string): SessionIndex {
    return this.#sessions.get(session) ?? EMPTY_SESSION;
  }

  /** The order of checks is fixed, cheapest first, so that one event has one reason everywhere. */
  #objection(event: SignedEvent): Refusal | undefined {
    const { account, author, hash } = event;
    if (account !== this.account) return { reason: "WrongAccount", detail: hash };
    const signingKey = this.#signingKeys.get(author);
    if (signingKey === undefined) return { reason: "UnknownAuthor", detail: author };
    if (isSignedBy(event, signingKey)) return undefined;
    return { reason: "BadSignature", detail: `${hash} is not signed by ${author}` };
  }

  #add(event: SignedEvent): void {
    this.#events.set(event.hash, event);
    const session = this.#sessions.get(event.session) ?? new SessionIndex();
    this.#sessions.set(event.session, session);
    session.add(event);
    this.#epoch = Math.max(this.#epoch, event.epoch);
  }

  #refuse(bytes: Uint8Array, reason: QuarantineReason, detail: string): Admission {
    this.quarantine.add(reason, detail, bytes);
    return { status: "quarantined", reason };
  }
}

function misplacement(event: SignedEvent, expected: Expectation): Refusal | undefined {
  if (event.hash !== expected.hash) {
    return { reason: "KeyMismatch", detail: `key ${expected.hash} holds ${event.hash}` };
  }
  if (event.session === expected.session) return undefined;
  return { reason: "WrongSession", detail: `${event.hash} in session ${expected.session}` };
}
