/** The admitted events of one session, by every key that a reader asks with. */

import { getOrMake } from "../get-or-make.ts";
import { AuthorLog, type Fork } from "./author-log.ts";
import { CausalGraph } from "./causal-graph.ts";
import type { SignedEvent } from "./envelope.ts";
import type { EventFilter } from "./filter.ts";
import { SetDigest } from "./set-digest.ts";
import { type Slot, Slots } from "./slots.ts";

type Events = readonly SignedEvent[];

/**
 * Every view is a function of the set of events: none depends on the order in which they were added,
 * nor on what was added and removed again.
 */
export class SessionIndex {
  readonly #events: SignedEvent[] = [];
  readonly #steps = new Map<string, Map<number, SignedEvent[]>>();
  readonly #types = new Map<string, SignedEvent[]>();
  readonly #authors = new Map<string, AuthorLog>();
  readonly #slots = new Slots();
  readonly #graph = new CausalGraph();
  readonly #digest = new SetDigest();

  get size(): number {
    return this.#events.length;
  }

  /** Hash of the set of events. */
  digest(): Uint8Array {
    return this.#digest.digest();
  }

  /** Adds an event that is not in the index yet. Its cost does not grow with the index. */
  add(event: SignedEvent): void {
    const { author, hash, iteration, step, type } = event;
    const iterations = getOrMake(this.#steps, step, () => new Map<number, SignedEvent[]>());
    getOrMake(iterations, iteration, () => []).push(event);
    getOrMake(this.#types, type, () => []).push(event);
    getOrMake(this.#authors, author, () => new AuthorLog()).add(event);
    this.#events.push(event);
    this.#slots.add(event);
    this.#graph.add(event);
    this.#digest.add(hash);
  }

  /** Takes back the event of this hash, if it is in the index. The cost grows with the session. */
  remove(hash: string): void {
    const event = this.#events.find((each) => each.hash === hash);
    if (event === undefined) return;
    const { author, iteration, step, type } = event;
    const iterations = this.#steps.get(step);
    const turn = iterations?.get(iteration) ?? [];
    const sameType = this.#types.get(type) ?? [];
    const log = this.#authors.get(author);
    for (const list of [this.#events, turn, sameType]) list.splice(list.indexOf(event), 1);
    log?.remove(event);
    if (turn.length === 0) iterations?.delete(iteration);
    if (iterations?.size === 0) this.#steps.delete(step);
    if (sameType.length === 0) this.#types.delete(type);
    if (log?.events.length === 0) this.#authors.delete(author);
    this.#slots.remove(event, turn);
    this.#graph.remove(event);
    this.#digest.remove(hash);
  }

  /** A superset of the events that pass the filter, from the narrowest lists that there are. */
  candidates(filter: EventFilter): Events {
    let narrowest: readonly Events[] = [this.#events];
    let size = this.#events.length;
    for (const lists of [this.#atStep(filter), this.#ofTypes(filter), this.#byAuthors(filter)]) {
      const total = lists?.reduce((sum, { length }) => sum + length, 0) ?? size;
      if (lists === undefined || total >= size) continue;
      narrowest = lists;
      size = total;
    }
    return narrowest.length === 1 ? (narrowest[0] ?? []) : narrowest.flat();
  }

  /** Hex hashes of the events that no event of the session names as a parent, ascending. */
  heads(): readonly string[] {
    return this.#graph.heads();
  }

  /** Whether somebody else has an event here that follows this one, directly or not. */
  isFollowed(event: SignedEvent): boolean {
    return this.#graph.isFollowed(event);
  }

  /** The author's events under this nonce. */
  numbered(author: string, nonce: number): Events {
    return this.#authors.get(author)?.numbered(nonce) ?? [];
  }

  /** One above the highest nonce that the author used here; 0 for an author that wrote nothing. */
  nextNonce(author: string): number {
    return this.#authors.get(author)?.next ?? 0;
  }

  /** Every nonce that an author used twice. */
  forks(): readonly Fork[] {
    return [...this.#authors.values()].flatMap((log) => log.forks()).sort(byAuthorAndNonce);
  }

  /** As {@link Slots.equivocation}. */
  equivocation(slot: Slot): readonly string[] {
    return this.#slots.equivocation(slot);
  }

  /** As {@link CausalGraph.ordered}. */
  ordered(events: Events): Events {
    return this.#graph.ordered(events);
  }

  #atStep({ step, iteration }: EventFilter): readonly Events[] | undefined {
    if (step === undefined) return undefined;
    const iterations = this.#steps.get(step);
    if (iteration === undefined) return [...(iterations?.values() ?? [])];
    return [iterations?.get(iteration) ?? []];
  }

  #ofTypes({ type }: EventFilter): readonly Events[] | undefined {
    if (type === undefined) return undefined;
    const types = typeof type === "string" ? [type] : [...new Set(type)];
    return types.map((each) => this.#types.get(each) ?? []);
  }

  #byAuthors({ authors }: EventFilter): readonly Events[] | undefined {
    if (authors === undefined) return undefined;
    return [...new Set(authors)].map((author) => this.#authors.get(author)?.events ?? []);
  }
}

function byAuthorAndNonce(a: Fork, b: Fork): number {
  if (a.author !== b.author) return a.author < b.author ? -1 : 1;
  return a.nonce - b.nonce;
}
