/** A ledger in the memory of one process. */

import type { SignedEvent } from "./envelope.ts";
import { type Admission, EventIndex } from "./event-index.ts";
import { type EventFilter, checkFilter, matches } from "./filter.ts";
import type { Ledger } from "./ledger.ts";
import type { Quarantined } from "./quarantine.ts";
import type { AccountRoster } from "./roster.ts";
import type { Fork } from "./author-log.ts";
import type { Slot } from "./slots.ts";
import { type Delta, type EventListener, EventTopics, type Scope } from "./topics.ts";

export class MemoryLedger implements Ledger {
  protected readonly index: EventIndex;
  readonly #topics = new EventTopics();

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

  append(bytes: Uint8Array): Admission {
    const admission = this.index.admit(bytes);
    if (admission.status === "admitted") this.publish(admission.event);
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

  quarantined(): readonly Quarantined[] {
    return this.index.quarantine.list();
  }

  subscribe(listener: EventListener, scope?: Scope): () => void {
    return this.#topics.subscribe(listener, scope);
  }

  /** Tells the subscribers about an event that the index just admitted, or took back. */
  protected publish(event: SignedEvent, delta: Delta = "added"): void {
    this.#topics.publish(event, delta);
  }
}
