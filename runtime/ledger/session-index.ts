/** The admitted events of one session, by every key that a reader asks with. */

import { getOrMake } from "../get-or-make.ts";
import { AuthorLog, type Fork } from "./author-log.ts";
import type { SignedEvent } from "./envelope.ts";
import type { EventFilter } from "./filter.ts";
import { SessionTables } from "./session-tables.ts";
import { SetDigest } from "./set-digest.ts";
import type { Slot } from "./slots.ts";

type Events = readonly SignedEvent[];

/**
 * Every view is a function of the set of events: none depends on the order in which they were added,
 * nor on what was added and removed again. The tables and the digest are made when they are first asked
 * for, and kept up from then on: a ledger that is opened has many sessions that nobody asks about.
 */
export class SessionIndex {
  readonly #events: SignedEvent[] = [];
  readonly #authors = new Map<string, AuthorLog>();
  #madeTables: SessionTables | undefined;
  #madeDigest: SetDigest | undefined;

  get size(): number {
    return this.#events.length;
  }

  /** Hash of the set of events. */
  digest(): Uint8Array {
    this.#madeDigest ??= new SetDigest(this.#events.map(({ hash }) => hash));
    return this.#madeDigest.digest();
  }

  /** Adds an event that is not in the index yet. Its cost does not grow with the index. */
  add(event: SignedEvent): void {
    getOrMake(this.#authors, event.author, () => new AuthorLog()).add(event);
    this.#events.push(event);
    this.#madeTables?.add(event);
    this.#madeDigest?.add(event.hash);
  }

  /** Takes back the event of this hash, if it is in the index. The cost grows with the session. */
  remove(hash: string): void {
    const at = this.#events.findIndex((each) => each.hash === hash);
    const event = this.#events[at];
    if (event === undefined) return;
    const log = this.#authors.get(event.author);
    this.#events.splice(at, 1);
    log?.remove(event);
    if (log?.events.length === 0) this.#authors.delete(event.author);
    this.#madeTables?.remove(event);
    this.#madeDigest?.remove(hash);
  }

  /** A superset of the events that pass the filter, from the narrowest lists that there are. */
  candidates(filter: EventFilter): Events {
    let narrowest: readonly Events[] = [this.#events];
    let size = this.#events.length;
    for (const lists of this.#listsOf(filter)) {
      const total = lists?.reduce((sum, { length }) => sum + length, 0) ?? size;
      if (lists === undefined || total >= size) continue;
      narrowest = lists;
      size = total;
    }
    return narrowest.length === 1 ? (narrowest[0] ?? []) : narrowest.flat();
  }

  /** Hex hashes of the events that no event of the session names as a parent, ascending. */
  heads(): readonly string[] {
    return this.#tables.graph.heads();
  }

  /** Whether somebody else has an event here that follows this one, directly or not. */
  isFollowed(event: SignedEvent): boolean {
    return this.#tables.graph.isFollowed(event);
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
    return this.#tables.slots.equivocation(slot);
  }

  /** As {@link CausalGraph.ordered}. */
  ordered(events: Events): Events {
    return this.#tables.graph.ordered(events);
  }

  get #tables(): SessionTables {
    this.#madeTables ??= new SessionTables(this.#events);
    return this.#madeTables;
  }

  #listsOf(filter: EventFilter): readonly (readonly Events[] | undefined)[] {
    const { step, type } = filter;
    const byAuthors = this.#byAuthors(filter);
    if (step === undefined && type === undefined) return [byAuthors];
    return [this.#tables.atStep(filter), this.#tables.ofTypes(filter), byAuthors];
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
