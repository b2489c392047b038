/** A ledger in the memory of one process. */

import type { AccountView } from "../account/state.ts";
import type { UnclosedSession } from "./compaction/closing.ts";
import type { ClosedSession } from "./compaction/snapshot.ts";
import type { SignedEvent } from "./envelope.ts";
import { type Admission, type Change, EventIndex } from "./event-index.ts";
import { type EventFilter, checkFilter, matches } from "./filter.ts";
import type { Ledger } from "./ledger.ts";
import type { Quarantined } from "./quarantine.ts";
import type { AccountRoster } from "./roster.ts";
import type { Fork } from "./author-log.ts";
import type { Slot } from "./slots.ts";
import { type EventListener, EventTopics, type Scope } from "./topics.ts";

export class MemoryLedger implements Ledger {
  protected readonly index: EventIndex;
  readonly #topics = new EventTopics();
  readonly #retractions = new EventTopics();

  readonly roster: AccountRoster;

  constructor(roster: AccountRoster) {
    this.roster = roster;
    this.index = new EventIndex(roster);
  }

  get account(): string {
    return this.index.account;
  }

  get epoch(): number {
    return this.index.epoch;
  }

  get state(): AccountView {
    return this.index.state;
  }

  append(bytes: Uint8Array): Admission {
    const admission = this.index.admit(bytes);
    this.settle((admitted) => tellAll(admitted, (event) => this.publish(event)));
    return admission;
  }

  get(hash: string): SignedEvent | undefined {
    return this.index.get(hash);
  }

  events(filter: EventFilter): readonly SignedEvent[] {
    checkFilter(filter);
    const session = this.index.session(filter.session);
    return session.ordered(session.candidates(filter).filter((event) => matches(filter, event)));
  }

  ordered(session: string, events: readonly SignedEvent[]): readonly SignedEvent[] {
    return this.index.session(session).ordered(events);
  }

  heads(session: string): readonly string[] {
    return this.index.session(session).heads();
  }

  nextNonce(author: string, session: string): number {
    return this.index.session(session).nextNonce(author);
  }

  equivocation(slot: Slot): readonly string[] {
    return this.index.session(slot.session).equivocation(slot);
  }

  forks(session: string): readonly Fork[] {
    return this.index.session(session).forks();
  }

  closed(session: string): ClosedSession | undefined {
    return this.index.closed(session);
  }

  compact(): readonly string[] {
    const closed = this.index.compact();
    this.settle((admitted) => tellAll(admitted, (event) => this.publish(event)));
    return closed;
  }

  unclosed(): readonly UnclosedSession[] {
    return this.index.unclosed();
  }

  learnClosed(closed: ClosedSession): boolean {
    return this.index.learnClosed(closed);
  }

  quarantined(): readonly Quarantined[] {
    return this.index.quarantine.list();
  }

  subscribe(listener: EventListener, scope?: Scope): () => void {
    return this.#topics.subscribe(listener, scope);
  }

  onRetract(listener: EventListener, scope?: Scope): () => void {
    return this.#retractions.subscribe(listener, scope);
  }

  /** Tells the subscribers about an event that the index has admitted. */
  protected publish(event: SignedEvent): void {
    this.#topics.publish(event);
  }

  /** Tells those who listen for it about an event that the index has taken back. */
  protected retract(event: SignedEvent): void {
    this.#retractions.publish(event);
  }

  /**
   * Sees to all that the last events changed: what they let in, and what they pushed out.
   *
   * @param take keeps and tells of what was let in
   */
  protected settle<T>(take: (admitted: readonly SignedEvent[]) => T): T {
    const changes = this.index.drain();
    const of = (kind: Change["kind"]): readonly SignedEvent[] =>
      changes.filter((change) => change.kind === kind).map(({ event }) => event);
    try {
      return take(of("admitted"));
    } finally {
      tellAll(of("retracted"), (event) => this.retract(event));
    }
  }
}

/** Each is told of, even if a listener throws; the first error is thrown at the end. */
function tellAll(events: readonly SignedEvent[], tell: (event: SignedEvent) => void): void {
  const errors: unknown[] = [];
  for (const event of events) {
    try {
      tell(event);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
