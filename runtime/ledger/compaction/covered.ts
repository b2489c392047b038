/**
 * Which events a snapshot covers. It says no more than a root over their hashes; whoever holds another
 * event besides, one that was written late and dated back, has to find out which it is.
 */
import { equalBytes } from "../../crypto/hash.ts";
import { getOrMake } from "../../get-or-make.ts";
import type { SignedEvent } from "../envelope.ts";
import { rootOf } from "./snapshot.ts";

/** Each try costs a hash of every event. */
const MAX_TRIES = 256;

/**
 * The hashes that the root covers, out of those of these events: without one that is loose, or without
 * the last loose ones of an author. Depends on the set of events only; `undefined` where the root covers
 * others.
 *
 * @param loose events that nobody else has followed: those who signed would have seen others
 */
export function coveredOf(
  events: readonly SignedEvent[],
  loose: readonly SignedEvent[],
  root: Uint8Array,
): readonly string[] | undefined {
  const hashes = events.map(({ hash }) => hash);
  for (const late of [[], ...lateSets(loose)].slice(0, MAX_TRIES)) {
    const rest = late.length === 0 ? hashes : hashes.filter((hash) => !late.includes(hash));
    if (equalBytes(rootOf(rest), root)) return rest;
  }
  return undefined;
}

function lateSets(loose: readonly SignedEvent[]): readonly (readonly string[])[] {
  const byAuthor = new Map<string, SignedEvent[]>();
  for (const event of loose.toSorted(latestFirst)) {
    getOrMake(byAuthor, event.author, () => []).push(event);
  }
  const tails = [...byAuthor.values()].flatMap((events) => {
    const hashes = events.map(({ hash }) => hash);
    return hashes.map((_, at) => hashes.slice(0, at + 1));
  });
  return [...loose.map(({ hash }) => [hash]), ...tails.filter(({ length }) => length > 1)].sort(
    (a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1),
  );
}

function latestFirst(a: SignedEvent, b: SignedEvent): number {
  return b.nonce - a.nonce || (a.hash < b.hash ? -1 : 1);
}
