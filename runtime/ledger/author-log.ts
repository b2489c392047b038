/** The events of one author in one session, and the nonces that it counts them with. */

import type { SignedEvent } from "./envelope.ts";

/** Two signed events with one nonce: the author ran from two states. */
export interface Fork {
  readonly author: string;
  readonly nonce: number;
  /** Hex hashes, in ascending order. */
  readonly hashes: readonly string[];
}

export class AuthorLog {
  readonly events: SignedEvent[] = [];
  readonly #byNonce = new Map<number, SignedEvent>();
  /** All events of each nonce that was used more than once. */
  readonly #forked = new Map<number, readonly SignedEvent[]>();
  #next = 0;

  /** One above the highest nonce. */
  get next(): number {
    return this.#next;
  }

  add(event: SignedEvent): void {
    const { nonce } = event;
    const first = this.#byNonce.get(nonce);
    if (first === undefined) this.#byNonce.set(nonce, event);
    else this.#forked.set(nonce, [...(this.#forked.get(nonce) ?? [first]), event]);
    this.events.push(event);
    this.#next = Math.max(this.#next, nonce + 1);
  }

  remove(event: SignedEvent): void {
    const { nonce } = event;
    this.events.splice(this.events.indexOf(event), 1);
    const rest = (this.#forked.get(nonce) ?? []).filter((other) => other !== event);
    const [first, second] = rest;
    if (first === undefined) this.#byNonce.delete(nonce);
    else this.#byNonce.set(nonce, first);
    if (second === undefined) this.#forked.delete(nonce);
    else this.#forked.set(nonce, rest);
    if (first === undefined && nonce + 1 === this.#next) {
      this.#next = this.events.reduce((next, each) => Math.max(next, each.nonce + 1), 0);
    }
  }

  /** All events of the nonce. */
  numbered(nonce: number): readonly SignedEvent[] {
    const only = this.#byNonce.get(nonce);
    return this.#forked.get(nonce) ?? (only === undefined ? [] : [only]);
  }

  /** Every nonce that was used twice. */
  forks(): readonly Fork[] {
    return [...this.#forked].map(([nonce, events]) => {
      const hashes = Object.freeze(events.map(({ hash }) => hash).sort());
      return Object.freeze({ author: events[0]?.author ?? "", nonce, hashes });
    });
  }
}
