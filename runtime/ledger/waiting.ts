/** Well-formed events that may yet be admitted: bounded, since anyone can make up an author. */

import type { Candidate } from "./event-index.ts";

/** Most events that wait; the oldest make room. */
const MAX_WAITING = 4096;
const MAX_BYTES = 16 * 1024 * 1024;

export class Waiting {
  readonly #candidates = new Map<string, Candidate>();
  readonly #evicted: (candidate: Candidate) => void;
  #bytes = 0;

  /** @param evicted is told of those that had to make room */
  constructor(evicted: (candidate: Candidate) => void) {
    this.#evicted = evicted;
  }

  get(hash: string): Candidate | undefined {
    return this.#candidates.get(hash);
  }

  add(candidate: Candidate): void {
    const { hash, bytes } = candidate.event;
    if (this.#candidates.has(hash)) return;
    this.#candidates.set(hash, candidate);
    this.#bytes += bytes.length;
    for (const [oldest, { event }] of this.#candidates) {
      if (this.#candidates.size <= MAX_WAITING && this.#bytes <= MAX_BYTES) return;
      const evicted = this.#candidates.get(oldest);
      this.delete(event.hash);
      if (evicted !== undefined) this.#evicted(evicted);
    }
  }

  delete(hash: string): void {
    const candidate = this.#candidates.get(hash);
    if (candidate === undefined) return;
    this.#candidates.delete(hash);
    this.#bytes -= candidate.event.bytes.length;
  }
}
