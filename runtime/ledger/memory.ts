/** A ledger in the memory of one process. */

import type { AccountView } from "../account/state.ts";
import type { ClosedSession } from "./compaction/snapshot.ts";
import type { SignedEvent } from "./envelope.ts";
import { type Admission, EventIndex } from "./event-index.ts";
import { type EventFilter, matches } from "./filter.ts";
import type { Ledger } from "./ledger.ts";
import type { Quarantined } from "./quarantine.ts";
import type { AccountRoster } from "./roster.ts";
import type { Fork, Slot } from "./session-index.ts";
import { type EventListener, EventTopics, type Scope } from "./topics.ts";

const NONE: ReadonlySet<string> = new Set();

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
    this.settle();
    return admission;
  }

  get(hash: string): SignedEvent | undefined {
    return this.index.get(hash);
  }

  events(filter: EventFilter): readonly SignedEvent[] {
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
    return this.index.compact();
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

  /** Keeps an event that the index has admitted. */
  protected keep(_event: SignedEvent): void {}

  /**
   * Keeps and tells of what came in with the last events, and tells of what was taken back.
   *
   * @param kept hashes of events that need no keeping
   */
  protected settle(kept: ReadonlySet<string> = NONE): void {
    const errors: unknown[] = [];
    for (const { kind, event } of this.index.drain()) {
      if (kind === "admitted" && !kept.has(event.hash)) this.keep(event);
      try {
        (kind === "admitted" ? this.#topics : this.#retractions).publish(event);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
