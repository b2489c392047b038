/** The replicated log of signed events, as its readers and writers see it. */

import type { AccountView } from "../account/state.ts";
import type { UnclosedSession } from "./compaction/closing.ts";
import type { ClosedSession } from "./compaction/snapshot.ts";
import type { SignedEvent } from "./envelope.ts";
import type { Admission } from "./event-index.ts";
import type { EventFilter } from "./filter.ts";
import type { Quarantined } from "./quarantine.ts";
import type { AccountRoster } from "./roster.ts";
import type { Fork } from "./author-log.ts";
import type { Slot } from "./slots.ts";
import type { EventListener, Scope } from "./topics.ts";

/**
 * State is a function of the set of admitted events: two ledgers that hold the same set answer every
 * question alike, whatever the order of arrival.
 */
export interface Ledger {
  /** Hex id of the account. */
  readonly account: string;
  /** The devices that the account began with, and their keys. */
  readonly roster: AccountRoster;
  /** The account as its events have made it: members, keys, locks, counters, sessions. */
  readonly state: AccountView;
  /** The highest epoch that an admitted event was written at; 0 for an empty ledger. */
  readonly epoch: number;
  /** Offers the bytes of a signed event. Refused bytes are an outcome, not an error. */
  append(bytes: Uint8Array): Admission;
  /** The admitted event of this hex hash. */
  get(hash: string): SignedEvent | undefined;
  /**
   * The admitted events that pass the filter: in causal order, then by hash.
   *
   * @throws ProtocolError `InvalidInput` for a filter that takes too long to ask
   */
  events(filter: EventFilter): readonly SignedEvent[];
  /** The same events of one session, in causal order, then by hash. */
  ordered(session: string, events: readonly SignedEvent[]): readonly SignedEvent[];
  /** Hex hashes that the next event of the session names as its parents, ascending. */
  heads(session: string): readonly string[];
  /** The nonce of the author's next event in the session. */
  nextNonce(author: string, session: string): number;
  /** Hashes of two events that fill the slot with different content; empty for an honest slot. */
  equivocation(slot: Slot): readonly string[];
  /** The nonces of the session that an author used twice: evidence, the events stay admitted. */
  forks(session: string): readonly Fork[];
  /** What is left of a session whose events were dropped; nothing for one that has them. */
  closed(session: string): ClosedSession | undefined;
  /**
   * Drops the events of sessions that the group's snapshots have closed. How they ended stays, with the
   * evidence for it, and the hashes of the rest. An event that the snapshot does not cover is taken back
   * and refused, where this replica can tell which it is; see {@link unclosed}.
   *
   * @returns hex ids of the sessions that were closed now
   */
  compact(): readonly string[];
  /** Sessions that the group has closed, and that `compact` leaves alone: other events are here. */
  unclosed(): readonly UnclosedSession[];
  /**
   * Takes in `closed(session)` of another replica, so that `compact` knows what the session had. Replicas
   * that are connected tell each other.
   *
   * @returns whether it is what the group has signed
   */
  learnClosed(closed: ClosedSession): boolean;
  /** The latest refused input, oldest first. */
  quarantined(): readonly Quarantined[];
  /** Calls back once for each event admitted from now on, local or remote. Returns how to stop. */
  subscribe(listener: EventListener, scope?: Scope): () => void;
  /**
   * Calls back once for each admitted event that is taken back, since its author proved to have had no
   * say at its epoch: it was removed from the account, say. Returns how to stop.
   */
  onRetract(listener: EventListener, scope?: Scope): () => void;
}
