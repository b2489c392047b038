/** What every ledger does. One suite, run on each implementation with the same seeds. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import type { Ledger } from "../../../runtime/ledger/ledger.ts";
import { OTHER_SESSION, ROSTER, SESSION, eventOf, historyOf } from "./fixtures.ts";

const SEED = 20_26;
const choices = fc.array(fc.nat({ max: 1 << 16 }), { minLength: 1, maxLength: 14 });

export function conformsToLedger(name: string, empty: () => Ledger): void {
  const filled = (events: readonly SignedEvent[]): Ledger => {
    const ledger = empty();
    for (const { bytes } of events) ledger.append(bytes);
    return ledger;
  };

  describe(`${name} is a ledger`, () => {
    test("an empty one has no events, no heads, epoch 0 and first nonces", () => {
      const ledger = empty();
      expect(viewOf(ledger)).toEqual(viewOf(empty()));
      expect(ledger.account).toBe(ROSTER.account);
      expect([ledger.epoch, ledger.nextNonce("alice", SESSION)]).toEqual([0, 0]);
      expect([ledger.heads(SESSION), ledger.events({ session: SESSION })]).toEqual([[], []]);
    });

    test("any order, with duplicates, gives the same state", () => {
      fc.assert(
        fc.property(choices, fc.infiniteStream(fc.nat()), (numbers, keys) => {
          const events = historyOf(numbers);
          const shuffled = [...events, ...events.slice(0, 3)]
            .map((event) => ({ event, key: Number(keys.next().value) }))
            .sort((a, b) => a.key - b.key)
            .map(({ event }) => event);
          expect(viewOf(filled(shuffled))).toEqual(viewOf(filled(events)));
        }),
        { seed: SEED, numRuns: 25 },
      );
    });

    test("events come in causal order, and heads are the events that nothing follows", () => {
      fc.assert(
        fc.property(choices, (numbers) => {
          const history = historyOf(numbers);
          const ledger = filled(history.toReversed());
          const ordered = ledger.events({ session: SESSION });
          const position = new Map(ordered.map(({ hash }, at) => [hash, at]));
          for (const [at, event] of ordered.entries()) {
            for (const parent of event.parents) expect(position.get(parent) ?? -1).toBeLessThan(at);
          }
          const inSession = history.filter(({ session }) => session === SESSION);
          const followed = new Set(inSession.flatMap(({ parents }) => parents));
          const heads = inSession.map(({ hash }) => hash).filter((hash) => !followed.has(hash));
          expect(ledger.heads(SESSION)).toEqual(heads.sort());
        }),
        { seed: SEED, numRuns: 25 },
      );
    });

    test("concurrent events come in the order of their hashes", () => {
      const siblings = ["alice", "bob", "carol"].map((author) => eventOf({ author }));
      const hashes = siblings.map(({ hash }) => hash).sort();
      const ledger = filled(siblings);
      expect(ledger.events({ session: SESSION }).map(({ hash }) => hash)).toEqual(hashes);
    });

    test("a filter narrows by every condition it names", () => {
      const events = [
        eventOf({ author: "alice" }),
        eventOf({ author: "bob", iteration: 1 }),
        eventOf({ author: "carol", step: "Reveal", type: "RevealPoint", payload: 7 }),
        eventOf({ author: "dave", session: OTHER_SESSION }),
      ];
      const ledger = filled(events);
      const authors = (filter: object): readonly string[] =>
        ledger
          .events({ session: SESSION, ...filter })
          .map(({ author }) => author)
          .sort();
      expect(authors({})).toEqual(["alice", "bob", "carol"]);
      expect(authors({ step: "Commit" })).toEqual(["alice", "bob"]);
      expect(authors({ step: "Commit", iteration: 1 })).toEqual(["bob"]);
      expect(authors({ iteration: 0 })).toEqual(["alice", "carol"]);
      expect(authors({ type: "RevealPoint" })).toEqual(["carol"]);
      expect(authors({ authors: ["alice", "dave"] })).toEqual(["alice"]);
      expect(authors({ authors: [] })).toEqual([]);
      expect(authors({ where: (event: SignedEvent) => event.payload === 7 })).toEqual(["carol"]);
      expect(authors({ session: OTHER_SESSION })).toEqual(["dave"]);
    });

    test("a predicate that throws refuses the event", () => {
      const ledger = filled([eventOf()]);
      const where = (): boolean => {
        throw new Error("not what I expected");
      };
      expect(ledger.events({ session: SESSION, where })).toEqual([]);
    });

    test("a subscriber hears of each event once, and of nothing that was refused", () => {
      const ledger = empty();
      const heard: string[] = [];
      const stop = ledger.subscribe(({ hash }) => heard.push(hash));
      const [first, second, third] = [0, 1, 2].map((nonce) => eventOf({ nonce }));
      if (!first || !second || !third) throw new Error("no events");
      expect(ledger.append(first.bytes).status).toBe("admitted");
      expect(ledger.append(first.bytes).status).toBe("known");
      expect(ledger.append(Uint8Array.of(0xf6)).status).toBe("quarantined");
      ledger.append(second.bytes);
      stop();
      ledger.append(third.bytes);
      expect(heard).toEqual([first.hash, second.hash]);
    });

    test("a scope limits a subscription to a session, or to one of its steps", () => {
      const ledger = empty();
      const heard: string[] = [];
      ledger.subscribe(({ author }) => heard.push(`session ${author}`), { session: SESSION });
      const scope = { session: SESSION, step: "Reveal" };
      ledger.subscribe(({ author }) => heard.push(`step ${author}`), scope);
      ledger.append(eventOf({ author: "alice" }).bytes);
      ledger.append(eventOf({ author: "bob", step: "Reveal" }).bytes);
      ledger.append(eventOf({ author: "carol", session: OTHER_SESSION }).bytes);
      expect(heard).toEqual(["session alice", "step bob", "session bob"]);
    });

    test("all subscribers see one order, even if one of them writes", () => {
      const ledger = empty();
      const heard: string[] = [];
      ledger.subscribe(({ author }) => {
        if (author === "alice") ledger.append(eventOf({ author: "bob" }).bytes);
      });
      ledger.subscribe(({ author }) => heard.push(author));
      ledger.append(eventOf({ author: "alice" }).bytes);
      expect(heard).toEqual(["alice", "bob"]);
    });

    test("a subscriber that throws does not keep the event from the others", () => {
      const ledger = empty();
      const heard: string[] = [];
      ledger.subscribe(() => {
        throw new Error("a bug in the reader");
      });
      ledger.subscribe(({ author }) => heard.push(author));
      expect(() => ledger.append(eventOf().bytes)).toThrow("a bug in the reader");
      expect(heard).toEqual(["alice"]);
      ledger.subscribe(({ author }) => heard.push(`${author} again`));
      expect(() => ledger.append(eventOf({ author: "bob" }).bytes)).toThrow("a bug");
      expect(heard).toEqual(["alice", "bob", "bob again"]);
    });

    test("nonces are counted by author and session, and the highest decides", () => {
      const ledger = filled([
        eventOf({ nonce: 4 }),
        eventOf({ nonce: 2 }),
        eventOf({ nonce: 9, session: OTHER_SESSION }),
      ]);
      expect(ledger.nextNonce("alice", SESSION)).toBe(5);
      expect(ledger.nextNonce("alice", OTHER_SESSION)).toBe(10);
      expect(ledger.nextNonce("bob", SESSION)).toBe(0);
    });

    test("a nonce used twice is evidence, and both events stay", () => {
      const twice = [eventOf({ step: "Commit" }), eventOf({ step: "Reveal" })];
      const ledger = filled([...twice, eventOf({ author: "bob" })]);
      const hashes = twice.map(({ hash }) => hash).sort();
      expect(ledger.forks(SESSION)).toEqual([{ author: "alice", nonce: 0, hashes }]);
      expect(ledger.events({ session: SESSION })).toHaveLength(3);
    });

    test("two contents in one slot are evidence, in whatever order many arrive", () => {
      const events = [1, 2, 3, 4].map((nonce) => eventOf({ nonce, payload: nonce % 2 }));
      const pair = filled(events).equivocation(eventOf());
      const [low, other] = pair.map((hash) => events.find((event) => event.hash === hash));
      expect(low?.payload).not.toBe(other?.payload);
      expect(low?.hash).toBe(events.map(({ hash }) => hash).sort()[0]);
      for (const order of permutations(events)) {
        expect(filled(order).equivocation(eventOf())).toEqual(pair);
      }
    });

    test("one content signed twice in a slot is no equivocation", () => {
      const ledger = filled([eventOf({ nonce: 0 }), eventOf({ nonce: 1 })]);
      expect(ledger.equivocation(eventOf())).toEqual([]);
    });

    test("the epoch is the highest of the admitted events", () => {
      const ledger = filled([eventOf({ epoch: 9 }), eventOf({ epoch: 3, author: "bob" })]);
      expect(ledger.epoch).toBe(9);
    });
  });
}

/** Everything that a reader can ask, in one value. */
function viewOf(ledger: Ledger): unknown {
  return [SESSION, OTHER_SESSION].map((session) => ({
    epoch: ledger.epoch,
    events: ledger.events({ session }).map(({ hash }) => hash),
    steps: ledger.events({ session, step: "Commit" }).map(({ hash }) => hash),
    types: ledger.events({ session, type: "RequestLock" }).map(({ hash }) => hash),
    heads: ledger.heads(session),
    forks: ledger.forks(session),
    nonces: ROSTER.devices.map(({ id }) => ledger.nextNonce(id, session)),
    equivocations: ledger.events({ session }).map((event) => ledger.equivocation(event)),
  }));
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) =>
    permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]),
  );
}
