/**
 * Crowds: more events of one author under one number than a session takes. An honest author has one
 * under each, or a few where it ran from a copy of its state; without a bound, one device could fill
 * the memory of all others. Which of them count must not depend on who came first, so those of the
 * lowest hashes do.
 */

import { isConstitutional } from "../account/constitution.ts";
import { getOrMake } from "../get-or-make.ts";
import type { Candidate } from "./event-index.ts";

/** Events of one author under one number that count in any case. Two would be evidence enough. */
export const MAX_FORKS = 4;

/** By hash. */
type Crowd = Map<string, Candidate>;

export class Crowds {
  /** Session → author and number → all whose author has a say, whether they count or not. */
  readonly #crowds = new Map<string, Map<string, Crowd>>();

  has(candidate: Candidate): boolean {
    return this.#crowdOf(candidate)?.has(candidate.event.hash) ?? false;
  }

  /**
   * Takes in one more, where there is a crowd or it makes one with the others.
   *
   * @param others those that count, of the same author and nonce
   * @returns whether it is one of a crowd now
   */
  join(candidate: Candidate, others: readonly Candidate[]): boolean {
    if (isFree(candidate)) return false;
    const key = keyOf(candidate);
    const like = others.filter((other) => keyOf(other) === key);
    let crowd = this.#crowdOf(candidate);
    if (crowd === undefined) {
      if (like.length < MAX_FORKS) return false;
      crowd = new Map(like.map((other) => [other.event.hash, other]));
      getOrMake(this.#crowds, candidate.event.session, () => new Map()).set(key, crowd);
    }
    crowd.set(candidate.event.hash, candidate);
    return true;
  }

  /** Whether it was one of a crowd. */
  leave(candidate: Candidate): boolean {
    return this.#crowdOf(candidate)?.delete(candidate.event.hash) ?? false;
  }

  /** Whether there are any in a session. */
  isIn(session: string): boolean {
    return this.#crowds.has(session);
  }

  /** Those of a session, and whether each is one of the lowest of its crowd. */
  of(session: string): readonly { readonly candidate: Candidate; readonly isLow: boolean }[] {
    return [...(this.#crowds.get(session)?.values() ?? [])].flatMap((crowd) =>
      [...crowd.values()]
        .sort(byHash)
        .map((candidate, at) => ({ candidate, isLow: at < MAX_FORKS })),
    );
  }

  /** Lets those be that are no crowd any more: all of them count. */
  dissolve(session: string): void {
    const crowds = this.#crowds.get(session);
    for (const [key, crowd] of crowds ?? []) if (crowd.size <= MAX_FORKS) crowds?.delete(key);
    if (crowds?.size === 0) this.#crowds.delete(session);
  }

  /** Forgets the crowds of a session that is closed. */
  close(session: string): void {
    this.#crowds.delete(session);
  }

  #crowdOf(candidate: Candidate): Crowd | undefined {
    return this.#crowds.get(candidate.event.session)?.get(keyOf(candidate));
  }
}

/** Who is bounded by its number: what a threshold signed has none, and is not one device's doing. */
function isFree({ event }: Candidate): boolean {
  return event.authorization.kind === "threshold";
}

/**
 * Facts that decide whose word counts are counted apart. Whether another event counts depends on them:
 * if it could push one of them out, each might count just because the other does not.
 */
function keyOf({ event: { author, nonce }, fact }: Candidate): string {
  const layer = fact !== undefined && isConstitutional(fact) ? "constitution" : "";
  return `${author} ${nonce} ${layer}`;
}

function byHash(a: Candidate, b: Candidate): number {
  return a.event.hash < b.event.hash ? -1 : 1;
}
