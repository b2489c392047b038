/** The admitted events of one session, by every key that a reader asks with. */

import { equalBytes, labelled } from "../crypto/hash.ts";
import { encode } from "./cbor.ts";
import type { SignedEvent } from "./envelope.ts";
import type { EventFilter } from "./filter.ts";

/** The place that an author fills once: one event of one author, in one turn of one step. */
export interface Slot {
  readonly session: string;
  readonly step: string;
  readonly iteration: number;
  readonly author: string;
}

/** Two signed events with one nonce: the author ran from two states. */
export interface Fork {
  readonly author: string;
  readonly nonce: number;
  /** Hex hashes, in ascending order. */
  readonly hashes: readonly string[];
}

/**
 * What decides whether a slot is honest, in constant space: the event of the lowest hash, and among
 * those with other content the one of the lowest hash.
 */
interface SlotContent {
  readonly lowest: SignedEvent;
  readonly other?: SignedEvent | undefined;
}

/**
 * Grows only, and every view is a function of the set of events: none depends on the order in which
 * they were added.
 */
export class SessionIndex {
  readonly #events: SignedEvent[] = [];
  readonly #steps = new Map<string, Map<number, SignedEvent[]>>();
  readonly #types = new Map<string, SignedEvent[]>();
  readonly #slots = new Map<string, SlotContent>();
  readonly #nonces = new Map<string, Map<number, SignedEvent[]>>();
  readonly #next = new Map<string, number>();
  readonly #forked = new Set<readonly SignedEvent[]>();
  readonly #referenced = new Set<string>();
  readonly #heads = new Set<string>();
  readonly #byHash = new Map<string, SignedEvent>();
  #depths = new Map<string, number>();
  #depthsAreStale = false;

  get size(): number {
    return this.#events.length;
  }

  /** Hash of the set of events. */
  digest(): Uint8Array {
    return digestOf([...this.#byHash.keys()]);
  }

  /** Adds an event that is not in the index yet. */
  add(event: SignedEvent): void {
    this.#events.push(event);
    this.#byHash.set(event.hash, event);
    const iterations = getOrMake(this.#steps, event.step, () => new Map<number, SignedEvent[]>());
    getOrMake(iterations, event.iteration, () => []).push(event);
    getOrMake(this.#types, event.type, () => []).push(event);
    this.#addToSlot(event);
    this.#addNonce(event);
    this.#addToGraph(event);
  }

  /** A superset of the events that pass the filter, from the narrowest list that there is. */
  candidates(filter: EventFilter): readonly SignedEvent[] {
    if (filter.step !== undefined) {
      const iterations = this.#steps.get(filter.step);
      if (filter.iteration !== undefined) return iterations?.get(filter.iteration) ?? [];
      return [...(iterations?.values() ?? [])].flat();
    }
    if (filter.type !== undefined) return this.#types.get(filter.type) ?? [];
    return this.#events;
  }

  /** Hex hashes of the events that no event of the session names as a parent, ascending. */
  heads(): readonly string[] {
    return [...this.#heads].sort();
  }

  /** One above the highest nonce that the author used here; 0 for an author that wrote nothing. */
  nextNonce(author: string): number {
    return this.#next.get(author) ?? 0;
  }

  /** Every nonce that an author used twice. */
  forks(): readonly Fork[] {
    return [...this.#forked].map(forkOf).sort(byAuthorAndNonce);
  }

  /**
   * Hashes of two events that fill one slot with different types or payloads; empty for an honest
   * slot. The same content signed twice is no equivocation.
   */
  equivocation(slot: Slot): readonly string[] {
    const content = this.#slots.get(slotKey(slot));
    if (content?.other === undefined) return [];
    return [content.lowest.hash, content.other.hash];
  }

  /** Causal order, then hash: a linear extension of "was seen by", the same on every replica. */
  ordered(events: readonly SignedEvent[]): readonly SignedEvent[] {
    if (this.#depthsAreStale) this.#recomputeDepths();
    const depth = (event: SignedEvent): number => this.#depths.get(event.hash) ?? 0;
    return [...events].sort((a, b) => depth(a) - depth(b) || byHash(a, b));
  }

  #addToSlot(event: SignedEvent): void {
    const key = slotKey(event);
    this.#slots.set(key, withEvent(this.#slots.get(key), event));
  }

  #addNonce(event: SignedEvent): void {
    const { author, nonce } = event;
    const nonces = getOrMake(this.#nonces, author, () => new Map<number, SignedEvent[]>());
    const used = getOrMake(nonces, nonce, () => []);
    used.push(event);
    if (used.length > 1) this.#forked.add(used);
    this.#next.set(author, Math.max(this.nextNonce(author), nonce + 1));
  }

  /** An event that arrives after one of its children makes the depths below it stale. */
  #addToGraph(event: SignedEvent): void {
    if (this.#referenced.has(event.hash)) this.#depthsAreStale = true;
    else this.#heads.add(event.hash);
    for (const parent of event.parents) {
      this.#referenced.add(parent);
      this.#heads.delete(parent);
    }
    if (!this.#depthsAreStale) this.#depths.set(event.hash, this.#depthBelow(event));
  }

  #depthBelow(event: SignedEvent): number {
    return Math.max(0, ...event.parents.map((parent) => 1 + (this.#depths.get(parent) ?? -1)));
  }

  /** Longest path to each event, parents first (Kahn 1962). Unknown parents count as absent. */
  #recomputeDepths(): void {
    this.#depths = new Map();
    const children = new Map<string, SignedEvent[]>();
    const missing = new Map<string, number>();
    for (const event of this.#events) {
      const known = event.parents.filter((parent) => this.#byHash.has(parent));
      missing.set(event.hash, known.length);
      for (const parent of known) getOrMake(children, parent, () => []).push(event);
    }
    const ready = this.#events.filter((event) => missing.get(event.hash) === 0);
    for (let event = ready.pop(); event !== undefined; event = ready.pop()) {
      this.#depths.set(event.hash, this.#depthBelow(event));
      for (const child of children.get(event.hash) ?? []) {
        const left = (missing.get(child.hash) ?? 0) - 1;
        missing.set(child.hash, left);
        if (left === 0) ready.push(child);
      }
    }
    this.#depthsAreStale = false;
  }
}

/** Hash of the set of events with these hex hashes. */
export function digestOf(hashes: readonly string[]): Uint8Array {
  return labelled("aura/session/events/v1", hashes.toSorted().join(" "));
}

function withEvent(slot: SlotContent | undefined, event: SignedEvent): SlotContent {
  if (slot === undefined) return { lowest: event };
  const { lowest, other } = slot;
  const same = sameContent(lowest, event);
  if (event.hash < lowest.hash) return { lowest: event, other: same ? other : lowest };
  if (same || (other !== undefined && other.hash < event.hash)) return slot;
  return { lowest, other: event };
}

function sameContent(a: SignedEvent, b: SignedEvent): boolean {
  return a.type === b.type && equalBytes(encode(a.payload), encode(b.payload));
}

function slotKey(slot: Slot): string {
  return `${slot.step} ${slot.iteration} ${slot.author}`;
}

function byHash(a: SignedEvent, b: SignedEvent): number {
  return a.hash < b.hash ? -1 : Number(a.hash > b.hash);
}

function forkOf(events: readonly SignedEvent[]): Fork {
  const { author = "", nonce = 0 } = events[0] ?? {};
  return Object.freeze({ author, nonce, hashes: events.map((event) => event.hash).sort() });
}

function byAuthorAndNonce(a: Fork, b: Fork): number {
  if (a.author !== b.author) return a.author < b.author ? -1 : 1;
  return a.nonce - b.nonce;
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
