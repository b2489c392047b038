import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import type { EventFilter } from "../../../runtime/ledger/filter.ts";
import { SessionIndex } from "../../../runtime/ledger/session-index.ts";
import { SetDigest } from "../../../runtime/ledger/set-digest.ts";
import { seedFor } from "../../seed.ts";
import { SESSION, eventOf } from "./fixtures.ts";

const seed = seedFor("test/runtime/ledger/session-index.test.ts");
const AUTHORS = ["alice", "bob", "carol"];

/** A graph with gaps, forks and equivocations: small numbers meet often. */
const EVENTS: readonly SignedEvent[] = (() => {
  const events: SignedEvent[] = [];
  for (let at = 0; at < 60; at += 1) {
    const parents = [1, 3, 8].flatMap((back) =>
      at % back === 0 ? (events[at - back]?.hash ?? []) : [],
    );
    const author = AUTHORS[(at * at) % 3] ?? "";
    const step = at % 4 === 0 ? "Commit" : "Reveal";
    const type = at % 5 === 0 ? "Rare" : "Usual";
    const fields = { author, step, type, iteration: at % 3, nonce: at >> 2, payload: at % 7 };
    events.push(eventOf({ ...fields, parents, epoch: at }));
  }
  return events;
})();

const subset = fc.uniqueArray(fc.nat(EVENTS.length - 1), { maxLength: EVENTS.length });
const pick = (indexes: readonly number[]) => indexes.flatMap((at) => EVENTS[at] ?? []);

function indexOf(events: readonly SignedEvent[]): SessionIndex {
  const index = new SessionIndex();
  for (const event of events) index.add(event);
  return index;
}

const hashesOf = (events: readonly SignedEvent[]) => events.map(({ hash }) => hash);

/** Everything that can be asked. */
function viewOf(index: SessionIndex): unknown {
  const offered = (filter: Partial<EventFilter>) =>
    hashesOf(index.ordered(index.candidates({ session: SESSION, ...filter })));
  return {
    size: index.size,
    digest: index.digest(),
    heads: index.heads(),
    forks: index.forks(),
    nonces: AUTHORS.map((author) => index.nextNonce(author)),
    equivocations: EVENTS.map((event) => index.equivocation(event)),
    all: offered({}),
    steps: [offered({ step: "Commit" }), offered({ step: "Reveal", iteration: 1 })],
    types: [offered({ type: "Rare" }), offered({ type: ["Rare", "Rare"] })],
    authors: [offered({ authors: ["bob"] }), offered({ authors: ["bob", "bob"] })],
  };
}

/** Longest path from an event without parents here, by the definition. */
function depthIn(events: ReadonlyMap<string, SignedEvent>, hash: string): number {
  const known = (events.get(hash)?.parents ?? []).filter((parent) => events.has(parent));
  return Math.max(0, ...known.map((parent) => 1 + depthIn(events, parent)));
}

describe("a session's index", () => {
  test("offers the narrowest lists that it has", () => {
    const index = new SessionIndex();
    for (let nonce = 0; nonce < 12; nonce += 1) {
      const step = nonce < 8 ? "Commit" : "Reveal";
      const type = nonce < 10 ? "Usual" : "Rare";
      const author = nonce === 0 ? "bob" : "alice";
      index.add(eventOf({ nonce, step, type, author, iteration: nonce % 4 }));
    }
    const offered = (filter: Partial<EventFilter>): number =>
      index.candidates({ session: SESSION, ...filter }).length;
    expect(offered({})).toBe(12);
    expect(offered({ step: "Commit" })).toBe(8);
    expect(offered({ step: "Commit", iteration: 3 })).toBe(2);
    expect(offered({ step: "Commit", iteration: 9 })).toBe(0);
    expect(offered({ step: "Never" })).toBe(0);
    expect(offered({ type: "Rare" })).toBe(2);
    expect(offered({ type: "Never" })).toBe(0);
    expect(offered({ type: ["Rare", "Never"] })).toBe(2);
    expect(offered({ authors: ["bob"] })).toBe(1);
    expect(offered({ authors: ["bob", "zoe"], step: "Commit" })).toBe(1);
    expect(offered({ authors: [] })).toBe(0);
    expect(offered({ step: "Commit", type: "Rare" })).toBe(2);
  });

  test("is the same after events were added and taken back, in any order, as without them", () => {
    fc.assert(
      fc.property(subset, subset, fc.array(fc.boolean()), (added, removed, reads) => {
        const gone = new Set(pick(removed));
        const index = indexOf(pick(added));
        for (const [at, event] of [...gone].entries()) {
          if (!pick(added).includes(event)) index.add(event);
          if (reads[at] === true) viewOf(index);
        }
        for (const [at, event] of [...gone].toReversed().entries()) {
          index.remove(event.hash);
          if (reads[at] === false) viewOf(index);
        }
        const never = pick(added).filter((event) => !gone.has(event));
        expect(viewOf(index)).toEqual(viewOf(indexOf(never)));
        for (const event of gone) index.add(event);
        expect(viewOf(index)).toEqual(viewOf(indexOf([...never, ...gone])));
      }),
      { seed, numRuns: 150 },
    );
  });

  test("orders by longest path, then hash, however often it is asked in between", () => {
    fc.assert(
      fc.property(subset, fc.array(fc.boolean()), (added, reads) => {
        const index = new SessionIndex();
        for (const [at, event] of pick(added).entries()) {
          index.add(event);
          if (reads[at] === true) index.ordered(pick(added));
        }
        const byHash = new Map(pick(added).map((event) => [event.hash, event]));
        const depth = new Map(pick(added).map(({ hash }) => [hash, depthIn(byHash, hash)]));
        const expected = hashesOf(pick(added)).sort(
          (a, b) => (depth.get(a) ?? 0) - (depth.get(b) ?? 0) || (a < b ? -1 : 1),
        );
        expect(hashesOf(index.ordered(pick(added)))).toEqual(expected);
      }),
      { seed, numRuns: 150 },
    );
  });
});

describe("the digest of a set", () => {
  const member = (at: number) => (at * 2_654_435_761).toString(16).padStart(64, "0");

  function digestOf(numbers: Iterable<number>): Uint8Array {
    const set = new SetDigest();
    for (const at of numbers) set.add(at % 3 === 0 ? `ab${member(at).slice(2)}` : nearby(at));
    return set.digest();
  }

  /** Members that share most of their digits, so that the tree is deep. */
  function nearby(at: number): string {
    return at.toString(16).padStart(64, "0");
  }

  test("depends on the members alone, also across the sizes at which leaves split", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(400)), fc.uniqueArray(fc.nat(400)), (kept, gone) => {
        const set = new SetDigest();
        const extra = gone.filter((at) => !kept.includes(at)).map((at) => nearby(at));
        for (const at of kept) set.add(nearby(at));
        set.digest();
        for (const hash of extra) set.add(hash);
        if (extra.length > 3) set.digest();
        for (const hash of extra.toReversed()) set.remove(hash);
        const again = new SetDigest();
        for (const at of kept.toReversed()) again.add(nearby(at));
        expect(set.digest()).toEqual(again.digest());
      }),
      { seed, numRuns: 100 },
    );
  });

  test("changes with every member", () => {
    const seen = new Set<string>();
    for (let size = 0; size <= 100; size += 1) {
      seen.add(digestOf(Array(size).keys()).join(" "));
    }
    expect(seen.size).toBe(101);
  });

  test("is a copy: nobody can change it from outside", () => {
    const set = new SetDigest();
    set.add(nearby(1));
    const before = set.digest();
    set.digest().fill(0);
    expect(set.digest()).toEqual(before);
  });
});
