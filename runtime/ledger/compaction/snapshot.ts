/**
 * Forgetting, with everybody's consent: a threshold of devices signs the account's state and, for each
 * session that is over, the root of a tree over the events that it had. Then every device may drop
 * those events; whoever kept one can still prove that it was there.
 */
import { type AccountPayload, MAX_CLOSED, readFact } from "../../account/events.ts";
import type { SessionState } from "../../account/sessions.ts";
import { fromHex } from "../../crypto/hash.ts";
import { readRecord } from "../../record.ts";
import type { SignedEvent } from "../envelope.ts";
import { eventHash, isSignedBy } from "../envelope.ts";
import type { Ledger } from "../ledger.ts";
import { type InclusionProof, inclusionProof, isIncluded, merkleRoot } from "./merkle.ts";

/** What is left of a session whose events may be dropped. */
export interface ClosedSession {
  /** Hex id. */
  readonly session: string;
  /** Hex hashes of all events that it had, ascending: the leaves of its tree. */
  readonly hashes: readonly string[];
}

/** Proof that an event was part of a session when it was closed. */
export interface ClosedProof {
  /** The event's bytes. */
  readonly event: Uint8Array;
  readonly session: string;
  readonly inclusion: InclusionProof;
}

/**
 * What a snapshot would say now: the sessions that are over and were last written to before the epoch,
 * but for those that an earlier one has closed; a second root would take that back.
 * Devices that hold the same events say the same, and sign no other.
 *
 * @param before an epoch
 */
export function snapshotOf(ledger: Ledger, before: number): AccountPayload<"CommitSnapshot"> {
  const closed = ledger.state
    .sessions()
    .filter((session) => isOver(session))
    .map(({ id }) => ({ id, events: ledger.events({ session: id }) }))
    .filter(
      ({ id, events }) =>
        ledger.closed(id) === undefined &&
        ledger.state.closedRoot(id) === undefined &&
        events.every(({ epoch }) => epoch < before),
    )
    .slice(0, MAX_CLOSED)
    .map(({ id, events }) => ({ session: id, events: rootOf(events.map(({ hash }) => hash)) }));
  return { before, stateHash: ledger.state.hash(), closed };
}

/** The root of the tree over a session's events, given by their hex hashes in any order. */
export function rootOf(hashes: readonly string[]): Uint8Array {
  return merkleRoot(hashes.toSorted().map(fromHex));
}

/**
 * The events that stay when their session is closed: how it ended, the evidence for that, and the last
 * word of each author, since the account's epoch depends on how far each has come.
 */
export function keptOf(events: readonly SignedEvent[]): readonly SignedEvent[] {
  const records = events.filter((event) => readRecord(event).kind !== "step");
  const latest = new Map<string, SignedEvent>();
  for (const event of events) {
    const other = latest.get(event.author);
    if (other === undefined || isLater(event, other)) latest.set(event.author, event);
  }
  const evidence = new Set(
    records.flatMap((event) => {
      const record = readRecord(event);
      return record.kind === "aborted" ? record.blamed.flatMap((blame) => blame.evidence) : [];
    }),
  );
  return events.filter(
    (event) =>
      records.includes(event) ||
      evidence.has(event.hash) ||
      latest.get(event.author)?.hash === event.hash,
  );
}

function isLater(a: SignedEvent, b: SignedEvent): boolean {
  return a.epoch > b.epoch || (a.epoch === b.epoch && a.hash < b.hash);
}

/** Proves that the event was in the closed session; nothing where it was not. */
export function closedProof(closed: ClosedSession, event: SignedEvent): ClosedProof | undefined {
  const index = closed.hashes.indexOf(event.hash);
  if (index < 0) return undefined;
  const inclusion = inclusionProof(closed.hashes.map(fromHex), index);
  return { event: event.bytes, session: closed.session, inclusion };
}

/**
 * Whether the proof holds, for somebody who has neither the session nor the account: the snapshot is
 * signed by the group, and its root for the session covers the event.
 *
 * @param groupKey Ed25519 public key, 32 bytes
 */
export function verifiesClosed(
  { event, session, inclusion }: ClosedProof,
  snapshot: SignedEvent,
  groupKey: Uint8Array,
): boolean {
  const closed = closedBy(snapshot).find((each) => each.session === session);
  if (closed === undefined || snapshot.authorization.kind !== "threshold") return false;
  if (!isSignedBy(snapshot, groupKey)) return false;
  return isIncluded(fromHex(eventHash(event)), inclusion, closed.events);
}

function closedBy({ type, payload }: SignedEvent): AccountPayload<"CommitSnapshot">["closed"] {
  const fact = type === "CommitSnapshot" ? readFact(type, payload) : undefined;
  return typeof fact === "object" && fact.type === "CommitSnapshot" ? fact.payload.closed : [];
}

function isOver({ status }: SessionState): boolean {
  return status === "Completed" || status === "Aborted" || status === "TimedOut";
}
