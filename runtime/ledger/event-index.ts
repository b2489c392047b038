/** The truth of a replica: every event that passed admission, and nothing else. */

import type { AccountFact } from "../account/events.ts";
import { isConstitutional, voucherOf } from "../account/constitution.ts";
import { AccountState } from "../account/state.ts";
import { objectionTo, standingOf } from "./admission.ts";
import type { Refusal } from "./admission.ts";
import { Crowds, MAX_FORKS } from "./crowds.ts";
import { Closing, type UnclosedSession } from "./compaction/closing.ts";
import { type ClosedSession, keptOf } from "./compaction/snapshot.ts";
import { EVENT_LIMITS, type SignedEvent, eventHash, readEvent } from "./envelope.ts";
import { Quarantine, type QuarantineReason } from "./quarantine.ts";
import type { AccountRoster } from "./roster.ts";
import { SessionIndex } from "./session-index.ts";
import { Waiting } from "./waiting.ts";

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

/** An event that came in, or was taken back since its author proved to have no say at its epoch. */
export interface Change {
  readonly kind: "admitted" | "retracted";
  readonly event: SignedEvent;
}

/** A well-formed event, and what it says of the account, if it is about that. */
export interface Candidate {
  readonly event: SignedEvent;
  readonly fact?: AccountFact;
}

const EMPTY_SESSION = new SessionIndex();

/**
 * Which of the events that it was offered are in the index depends on the set of them and on the
 * genesis, not on the order: an event whose author is not known yet waits, and one whose author turns
 * out to have been removed is taken back. A missing parent is no reason to wait.
 */
export class EventIndex {
  readonly quarantine = new Quarantine();
  readonly state: AccountState;
  readonly #account: string;
  /** The admitted ones, by hash. */
  readonly #admitted = new Map<string, Candidate>();
  /** Voucher → hash → the candidates that rest on its word, admitted ones too. */
  readonly #resting = new Map<string, Map<string, Candidate>>();
  /** Those that may yet be admitted. */
  readonly #waiting = new Waiting((candidate) => this.#forget(candidate));
  readonly #crowds = new Crowds();
  /** Sessions in which something changed that may decide who counts of a crowd. */
  readonly #unsettled = new Set<string>();
  readonly #sessions = new Map<string, SessionIndex>();
  readonly #closing: Closing;
  readonly #changes: Change[] = [];
  #epoch = 0;

  constructor(roster: AccountRoster) {
    this.#account = roster.account;
    this.state = new AccountState(roster);
    this.#closing = new Closing(this.state);
  }

  get account(): string {
    return this.#account;
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
    const hash = eventHash(bytes);
    const admitted = this.#admitted.get(hash)?.event;
    const known = admitted ?? this.#waiting.get(hash)?.event;
    const reading =
      known === undefined
        ? readEvent(bytes, EVENT_LIMITS, hash)
        : ({ ok: true, event: known } as const);
    if (!reading.ok) return this.#refuse(bytes, { reason: reading.fault, detail: reading.detail });
    const { event } = reading;
    const misplaced = expected === undefined ? undefined : misplacement(event, expected);
    if (misplaced !== undefined) return this.#refuse(bytes, misplaced);
    const isClosed = this.#closing.isClosed(event.session);
    const isKnown = admitted !== undefined || (isClosed && this.#closing.had(event));
    if (isKnown) return { status: "known", event };
    if (isClosed) return this.#refuse(bytes, { reason: "Closed", detail: hash });
    return this.#weigh(event);
  }

  /** As {@link Closing.closed}. */
  closed(session: string): ClosedSession | undefined {
    return this.#closing.closed(session);
  }

  /**
   * Drops the events of sessions that the group's snapshots have closed, but for how they ended and the
   * evidence for that. An event that the snapshot does not cover is refused. A session of which this
   * replica lacks an event is left alone: it may be on its way.
   *
   * @returns hex ids of the sessions that were closed now
   */
  compact(): readonly string[] {
    const due = this.#closing.due(this.#sessions);
    return due.flatMap(({ id, hashes }) => {
      if (hashes === undefined) return [];
      this.close({ session: id, hashes });
      return [id];
    });
  }

  /** As {@link Closing.unclosed}. */
  unclosed(): readonly UnclosedSession[] {
    return this.#closing.unclosed(this.#sessions);
  }

  /** As {@link Closing.learn}. */
  learnClosed(closed: ClosedSession): boolean {
    return this.#closing.learn(closed);
  }

  /** Drops a session's events, or keeps them out if they are yet to come; see {@link compact}. */
  close({ session: id, hashes }: ClosedSession): void {
    this.#closing.close({ session: id, hashes });
    this.#crowds.close(id);
    this.#dropUncovered(id, new Set(hashes));
    const events = this.session(id).candidates({ session: id });
    const kept = keptOf(events);
    const session = new SessionIndex();
    for (const event of kept) session.add(event);
    this.#sessions.set(id, session);
    for (const event of events) {
      const candidate = this.#admitted.get(event.hash);
      if (candidate === undefined || kept.includes(event)) continue;
      this.#admitted.delete(event.hash);
      this.#forget(candidate);
    }
  }

  /** What a closed session did not have is taken back for good. */
  #dropUncovered(id: string, covered: ReadonlySet<string>): void {
    const events = this.session(id).candidates({ session: id });
    const late = events.filter(({ hash }) => !covered.has(hash));
    if (late.length === 0) return;
    const candidates = late.flatMap(({ hash }) => this.#admitted.get(hash) ?? []);
    this.#retract(candidates);
    for (const candidate of candidates) {
      this.#waiting.delete(candidate.event.hash);
      this.#forget(candidate);
      this.quarantine.add("Closed", candidate.event.hash, candidate.event.bytes);
    }
  }

  get(hash: string): SignedEvent | undefined {
    return this.#admitted.get(hash)?.event;
  }

  /** The events of a session; an empty index for a session without events. */
  session(session: string): SessionIndex {
    return this.#sessions.get(session) ?? EMPTY_SESSION;
  }

  /** What changed since this was last asked: what an event let in or pushed out comes after it. */
  drain(): readonly Change[] {
    return this.#changes.splice(0);
  }

  #weigh(event: SignedEvent): Admission {
    const objection = objectionTo(event, this.#account);
    if ("reason" in objection) return this.#refuse(event.bytes, objection);
    const candidate: Candidate = { event, ...objection };
    const standing = standingOf(candidate, this.state.constitution);
    if (standing !== undefined) {
      if (standing.mayChange) this.#wait(candidate);
      return this.#refuse(event.bytes, standing);
    }
    if (this.#waiting.get(event.hash) === undefined) this.#stand(candidate);
    this.#settle();
    if (this.#admitted.has(event.hash)) return { status: "admitted", event };
    return this.#refuse(event.bytes, crowdedOut(event));
  }

  /** What decides whose word counts is never followed: it rests on no event that rests on it. */
  #isFollowed({ event, fact }: Candidate): boolean {
    if (fact !== undefined && isConstitutional(fact)) return false;
    return this.session(event.session).isFollowed(event);
  }

  /** Takes in an event whose author has a say in it, unless it is one too many. */
  #stand(candidate: Candidate): void {
    const { session, author, nonce } = candidate.event;
    // It waited for a word that came when the session was closed.
    if (this.#closing.isClosed(session)) return;
    const others = this.session(session)
      .numbered(author, nonce)
      .flatMap(({ hash }) => this.#admitted.get(hash) ?? []);
    if (!this.#crowds.join(candidate, others)) {
      this.#add(candidate);
      return;
    }
    this.#wait(candidate);
    this.#unsettle(session);
  }

  /**
   * Decides who counts of the crowds: the lowest, and those that somebody else has followed. Without
   * the latter, an author could make a gap in the past of others by forking what they have followed.
   * Followers come after what they follow, so this ends, and in one way only.
   */
  #settle(): void {
    for (const session of this.#unsettled) {
      this.#unsettled.delete(session);
      for (const { candidate, isLow } of this.#crowds.of(session)) {
        const counts = isLow || this.#isFollowed(candidate);
        // What was done for the others may have taken it out of the crowd.
        const isSettled = counts === this.#admitted.has(candidate.event.hash);
        if (isSettled || !this.#crowds.has(candidate)) continue;
        if (counts) this.#add(candidate);
        else this.#crowdOut(candidate);
      }
      if (!this.#unsettled.has(session)) this.#crowds.dissolve(session);
    }
  }

  /** What changed in a session may decide who counts of its crowds; most have none. */
  #unsettle(session: string): void {
    if (this.#crowds.isIn(session)) this.#unsettled.add(session);
  }

  #crowdOut(candidate: Candidate): void {
    const { reason, detail } = crowdedOut(candidate.event);
    this.quarantine.add(reason, detail, candidate.event.bytes);
    this.#retract([candidate]);
  }

  #wait(candidate: Candidate): void {
    this.#rest(candidate);
    this.#waiting.add(candidate);
  }

  #rest(candidate: Candidate): void {
    const voucher = voucherOf(candidate.event);
    const resting = this.#resting.get(voucher) ?? new Map<string, Candidate>();
    this.#resting.set(voucher, resting.set(candidate.event.hash, candidate));
  }

  #forget(candidate: Candidate): void {
    const { event } = candidate;
    if (this.#crowds.leave(candidate)) this.#unsettle(event.session);
    this.#resting.get(voucherOf(event))?.delete(event.hash);
  }

  #add(candidate: Candidate): void {
    const { event, fact } = candidate;
    this.#admitted.set(event.hash, candidate);
    this.#waiting.delete(event.hash);
    this.#rest(candidate);
    const session = this.#sessions.get(event.session) ?? new SessionIndex();
    this.#sessions.set(event.session, session);
    session.add(event);
    this.#unsettle(event.session);
    this.#epoch = Math.max(this.#epoch, event.epoch);
    this.#changes.push({ kind: "admitted", event });
    if (fact === undefined) this.state.addStep(event);
    else this.#weighAgain(this.state.change(event, fact, true));
  }

  /** Takes events back that were admitted on a word that does not count. */
  #retract(candidates: readonly Candidate[]): void {
    for (const candidate of candidates) {
      this.#admitted.delete(candidate.event.hash);
      this.#wait(candidate);
      this.#changes.push({ kind: "retracted", event: candidate.event });
    }
    const gone = candidates.map(({ event }) => event);
    for (const id of new Set(gone.map(({ session }) => session))) {
      this.#takeOut(
        id,
        gone.filter(({ session }) => session === id),
      );
    }
    if (gone.some(({ epoch }) => epoch === this.#epoch)) this.#epoch = this.#highestEpoch();
    for (const { event, fact } of candidates) {
      if (fact !== undefined) this.#weighAgain(this.state.change(event, fact, false));
    }
  }

  #takeOut(id: string, gone: readonly SignedEvent[]): void {
    const session = this.session(id);
    for (const { hash } of gone) session.remove(hash);
    const left = session.candidates({ session: id });
    this.#unsettle(id);
    if (left.length === 0) this.#sessions.delete(id);
    if (id !== this.#account) this.state.retractSteps(id, gone, left);
  }

  /** The word of these vouchers counts otherwise than before: so does what rests on it. */
  #weighAgain(vouchers: readonly string[]): void {
    for (const voucher of vouchers) {
      const resting = [...(this.#resting.get(voucher)?.values() ?? [])].sort(constitutionalFirst);
      for (const candidate of resting) {
        // Another voucher, of which this one's change was the cause, may have seen to it.
        const isIn = this.#admitted.has(candidate.event.hash);
        const standing = standingOf(candidate, this.state.constitution);
        if (standing === undefined && !isIn && !this.#crowds.has(candidate)) this.#stand(candidate);
        if (standing === undefined) continue;
        if (this.#crowds.leave(candidate)) this.#unsettle(candidate.event.session);
        if (isIn) this.#retract([candidate]);
      }
    }
  }

  #highestEpoch(): number {
    return [...this.#admitted.values()].reduce((max, { event }) => Math.max(max, event.epoch), 0);
  }

  #refuse(bytes: Uint8Array, { reason, detail }: Refusal): Admission {
    this.quarantine.add(reason, detail, bytes);
    return { status: "quarantined", reason };
  }
}

/** What decides about others goes first, so that fewer are taken in only to be taken back. */
function constitutionalFirst(a: Candidate, b: Candidate): number {
  const rank = ({ fact }: Candidate): number =>
    fact !== undefined && isConstitutional(fact) ? 0 : 1;
  return rank(a) - rank(b);
}

function crowdedOut({ author, nonce }: SignedEvent): Refusal {
  const detail = `more than ${MAX_FORKS} of ${author} under nonce ${nonce}`;
  return { reason: "TooManyEvents", detail };
}

function misplacement(event: SignedEvent, expected: Expectation): Refusal | undefined {
  if (event.hash !== expected.hash) {
    return { reason: "KeyMismatch", detail: `key ${expected.hash} holds ${event.hash}` };
  }
  if (event.session === expected.session) return undefined;
  return { reason: "WrongSession", detail: `${event.hash} in session ${expected.session}` };
}
