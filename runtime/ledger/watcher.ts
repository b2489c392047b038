/** A running answer to a filter. */

import type { SignedEvent } from "./envelope.ts";
import { type EventFilter, inScope, matches } from "./filter.ts";
import type { Ledger } from "./ledger.ts";

export interface Watcher {
  /** Distinct authors with a matching event and no equivocation in its slot. */
  readonly count: number;
  /** One event an author, the first in causal order, then by hash; ordered the same way. */
  events(): readonly SignedEvent[];
  /** The one of them that this author wrote. */
  eventOf(author: string): SignedEvent | undefined;
  /**
   * Author to the hashes of two events that fill one slot differently, where one of them matches.
   * Neither counts.
   */
  equivocations(): ReadonlyMap<string, readonly string[]>;
  /**
   * Calls back after each event that changed one of the above, with the event and whether it has come
   * or gone. Returns how to stop.
   */
  onChange(callback: (event: SignedEvent, isHere: boolean) => void): () => void;
  /** Stops following the ledger. What was collected stays readable. */
  close(): void;
}

/**
 * Follows the ledger from now on, starting with what it holds. The filter's predicate sees each
 * event once, and the cost of a new event grows neither with the log nor with other watchers.
 */
export function watch(ledger: Ledger, filter: EventFilter): Watcher {
  return new LedgerWatcher(ledger, filter);
}

class LedgerWatcher implements Watcher {
  readonly #ledger: Ledger;
  readonly #filter: EventFilter;
  /** Author, slot, hash: the matching events of the slots without equivocation. */
  readonly #honest = new Map<string, Map<string, Map<string, SignedEvent>>>();
  /** Author, slot: an event of each slot with one. */
  readonly #equivocal = new Map<string, Map<string, SignedEvent>>();
  readonly #callbacks = new Set<{
    readonly call: (event: SignedEvent, isHere: boolean) => void;
  }>();
  readonly #stops: readonly (() => void)[];

  constructor(ledger: Ledger, filter: EventFilter) {
    this.#ledger = ledger;
    this.#filter = filter;
    for (const event of ledger.events(filter)) this.#collect(event);
    const { session, step } = filter;
    this.#stops = [
      ledger.subscribe((event) => this.#follow(event, true), { session, step }),
      ledger.onRetract((event) => this.#follow(event, false), { session, step }),
    ];
  }

  get count(): number {
    return this.#honest.size;
  }

  events(): readonly SignedEvent[] {
    const firsts = [...this.#honest.keys()].flatMap((author) => this.eventOf(author) ?? []);
    return this.#ledger.ordered(this.#filter.session, firsts);
  }

  eventOf(author: string): SignedEvent | undefined {
    const events = [...(this.#honest.get(author)?.values() ?? [])].flatMap(eventsOf);
    return this.#ledger.ordered(this.#filter.session, events)[0];
  }

  equivocations(): ReadonlyMap<string, readonly string[]> {
    const evidence = [...this.#equivocal].map(([author, slots]) => {
      const pairs = [...slots.values()].map((event) => this.#ledger.equivocation(event));
      return [author, pairs.sort(byFirstHash)[0] ?? []] as const;
    });
    return new Map(evidence.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  onChange(callback: (event: SignedEvent, isHere: boolean) => void): () => void {
    const entry = { call: callback };
    this.#callbacks.add(entry);
    return () => void this.#callbacks.delete(entry);
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#callbacks.clear();
  }

  #follow(event: SignedEvent, isHere: boolean): void {
    if (!inScope(this.#filter, event)) return;
    const isNews = isHere ? this.#take(event) : this.#forget(event);
    if (!isNews) return;
    for (const { call } of [...this.#callbacks]) call(event, isHere);
  }

  /**
   * An event that does not match can still spoil one that does: it may fill the same slot with other
   * content, or be the better evidence.
   */
  #take(event: SignedEvent): boolean {
    if (this.#equivocal.get(event.author)?.has(slotOf(event)) === true) return true;
    if (!matches(this.#filter, event)) return this.#spoil(event);
    this.#collect(event);
    return true;
  }

  /** Without the event, its slot may be empty, or honest again. */
  #forget(event: SignedEvent): boolean {
    const { author, step, iteration } = event;
    const slot = slotOf(event);
    const wasHonest = drop(this.#honest, author, slot);
    if (!drop(this.#equivocal, author, slot) && !wasHonest) return false;
    const rest = this.#ledger.events({ ...this.#filter, step, iteration, authors: [author] });
    for (const other of rest) this.#collect(other);
    return true;
  }

  #collect(event: SignedEvent): void {
    const slots = this.#honest.get(event.author) ?? new Map<string, Map<string, SignedEvent>>();
    this.#honest.set(event.author, slots);
    const slot = slotOf(event);
    const events = slots.get(slot) ?? new Map<string, SignedEvent>();
    slots.set(slot, events.set(event.hash, event));
    this.#spoil(event);
  }

  /** Moves the slot of the event to the equivocal ones, if it belongs there. */
  #spoil(event: SignedEvent): boolean {
    const { author } = event;
    const slot = slotOf(event);
    if (
      this.#honest.get(author)?.has(slot) !== true ||
      this.#ledger.equivocation(event).length === 0
    )
      return false;
    drop(this.#honest, author, slot);
    const spoilt = this.#equivocal.get(author) ?? new Map<string, SignedEvent>();
    this.#equivocal.set(author, spoilt.set(slot, event));
    return true;
  }
}

function drop<V>(authors: Map<string, Map<string, V>>, author: string, slot: string): boolean {
  const slots = authors.get(author);
  const existed = slots?.delete(slot) ?? false;
  if (slots?.size === 0) authors.delete(author);
  return existed;
}

function eventsOf(events: ReadonlyMap<string, SignedEvent>): readonly SignedEvent[] {
  return [...events.values()];
}

function slotOf(event: SignedEvent): string {
  return `${event.step} ${event.iteration}`;
}

function byFirstHash(a: readonly string[], b: readonly string[]): number {
  return (a[0] ?? "") < (b[0] ?? "") ? -1 : 1;
}
