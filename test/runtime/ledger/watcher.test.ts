import { isDeepStrictEqual } from "node:util";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { EventFilter } from "../../../runtime/ledger/filter.ts";
import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import { MemoryLedger } from "../../../runtime/ledger/memory.ts";
import type { EventListener, Scope } from "../../../runtime/ledger/topics.ts";
import { type Watcher, watch } from "../../../runtime/ledger/watcher.ts";
import { seedFor } from "../../seed.ts";
import { OTHER_SESSION, ROSTER, SESSION, eventOf, historyOf } from "./fixtures.ts";

const COMMITS: EventFilter = { session: SESSION, step: "Commit", iteration: 0 };

function ledgerOf(...events: readonly SignedEvent[]): MemoryLedger {
  const ledger = new MemoryLedger(ROSTER);
  for (const { bytes } of events) ledger.append(bytes);
  return ledger;
}

function viewOf(watcher: Watcher): unknown {
  return [watcher.count, watcher.events(), [...watcher.equivocations()]];
}

function authorsOf(watcher: Watcher): readonly string[] {
  return watcher
    .events()
    .map(({ author }) => author)
    .sort();
}

/** A filter that counts how often its predicate is asked. */
function counting(filter: EventFilter): { filter: EventFilter; asked: () => number } {
  let calls = 0;
  const where = (): boolean => {
    calls += 1;
    return true;
  };
  return { filter: { ...filter, where }, asked: () => calls };
}

describe("a watcher", () => {
  test("starts with what is in the ledger and follows what comes", () => {
    const ledger = ledgerOf(
      eventOf({ author: "alice" }),
      eventOf({ author: "bob", step: "Reveal" }),
    );
    const watcher = watch(ledger, COMMITS);
    expect(authorsOf(watcher)).toEqual(["alice"]);
    let changes = 0;
    watcher.onChange(() => (changes += 1));
    ledger.append(eventOf({ author: "carol" }).bytes);
    ledger.append(eventOf({ author: "dave", iteration: 1 }).bytes);
    expect([watcher.count, authorsOf(watcher), changes]).toEqual([2, ["alice", "carol"], 1]);
    watcher.close();
    ledger.append(eventOf({ author: "dave" }).bytes);
    expect([watcher.count, changes]).toEqual([2, 1]);
  });

  test("counts two events of one author once, the first in causal order", () => {
    const first = eventOf({ nonce: 0 });
    const second = eventOf({ nonce: 1, parents: [first.hash] });
    const ledger = ledgerOf(second);
    const watcher = watch(ledger, COMMITS);
    expect(watcher.events()).toEqual([second]);
    ledger.append(first.bytes);
    expect([watcher.count, watcher.events()]).toEqual([1, [first]]);
    expect(watcher.equivocations().size).toBe(0);
  });

  test("does not count an author that fills its slot twice, and shows both events", () => {
    const twice = [0, 1].map((nonce) => eventOf({ nonce, payload: nonce }));
    const hashes = twice.map(({ hash }) => hash).sort();
    const late = ledgerOf();
    const follower = watch(late, COMMITS);
    let changes = 0;
    follower.onChange(() => (changes += 1));
    for (const { bytes } of twice) late.append(bytes);
    late.append(eventOf({ author: "bob" }).bytes);
    expect(changes).toBe(3);
    for (const watcher of [follower, watch(late, COMMITS), watch(ledgerOf(...twice), COMMITS)]) {
      expect([...watcher.equivocations()]).toEqual([["alice", hashes]]);
      expect(authorsOf(watcher)).not.toContain("alice");
    }
    expect(authorsOf(follower)).toEqual(["bob"]);
  });

  test("an event that the predicate refuses still spoils the slot of one it accepts", () => {
    const [good, bad] = [eventOf({ payload: "good" }), eventOf({ nonce: 1, payload: "bad" })];
    const where = ({ payload }: SignedEvent): boolean => payload === "good";
    for (const events of [
      [good, bad],
      [bad, good],
    ]) {
      const ledger = ledgerOf();
      const watcher = watch(ledger, { ...COMMITS, where });
      for (const { bytes } of events) ledger.append(bytes);
      expect([watcher.count, watcher.equivocations().size]).toEqual([0, 1]);
    }
  });

  test("an equivocation in one turn does not touch the author's event in another", () => {
    const ledger = ledgerOf(
      eventOf({ nonce: 0, iteration: 0 }),
      eventOf({ nonce: 1, iteration: 1, payload: 1 }),
      eventOf({ nonce: 2, iteration: 1, payload: 2 }),
    );
    const watcher = watch(ledger, { session: SESSION, step: "Commit" });
    expect([watcher.count, watcher.equivocations().size]).toEqual([1, 1]);
  });

  test("sees what a watcher made at the end sees, whatever the order", () => {
    const history = historyOf([3, 9, 12, 21, 30, 45, 60, 63, 66, 90, 93, 99, 120]);
    const filter: EventFilter = { session: SESSION, type: "RecordCommitment" };
    const views = [history, history.toReversed()].map((events) => {
      const ledger = ledgerOf();
      const early = watch(ledger, filter);
      for (const { bytes } of events) ledger.append(bytes);
      const late = watch(ledger, filter);
      expect(early.events()).toEqual(late.events());
      expect(early.equivocations()).toEqual(late.equivocations());
      return [early.events(), [...early.equivocations()], early.count];
    });
    expect(views[0]).toEqual(views[1]);
    expect(views[0]?.[0]).not.toEqual([]);
  });

  test("a watcher made while events are delivered sees each once", () => {
    const ledger = ledgerOf();
    const made: Watcher[] = [];
    const { filter, asked } = counting(COMMITS);
    ledger.subscribe(({ author }) => {
      if (author !== "alice") return;
      ledger.append(eventOf({ author: "bob" }).bytes);
      made.push(watch(ledger, filter));
    });
    ledger.append(eventOf({ author: "alice" }).bytes);
    expect(made.map((watcher) => [watcher.count, watcher.events().length])).toEqual([[2, 2]]);
    expect(asked()).toBeLessThanOrEqual(3);
  });

  test("listens to its own step only", () => {
    let heard = 0;
    class CountingLedger extends MemoryLedger {
      override subscribe(listener: EventListener, scope?: Scope): () => void {
        return super.subscribe((event) => {
          heard += 1;
          listener(event);
        }, scope);
      }
    }
    const ledger = new CountingLedger(ROSTER);
    watch(ledger, COMMITS);
    ledger.append(eventOf({ step: "Reveal" }).bytes);
    ledger.append(eventOf({ session: OTHER_SESSION }).bytes);
    expect(heard).toBe(0);
    ledger.append(eventOf().bytes);
    expect(heard).toBe(1);
  });

  test("asks its predicate once an event: neither the log nor other watchers add to the cost", () => {
    const ledger = ledgerOf();
    const own = counting(COMMITS);
    const elsewhere = Array.from({ length: 50 }, (_, at) =>
      counting(at % 2 === 0 ? { session: OTHER_SESSION } : { session: SESSION, step: "Reveal" }),
    );
    watch(ledger, own.filter);
    for (const { filter } of elsewhere) watch(ledger, filter);
    for (let nonce = 0; nonce < 200; nonce += 1) ledger.append(eventOf({ nonce }).bytes);
    expect(own.asked()).toBe(200);
    expect(elsewhere.map(({ asked }) => asked())).toEqual(elsewhere.map(() => 0));
  });

  test("starts from the narrowest index, not from the log", () => {
    const ledger = ledgerOf();
    for (let nonce = 0; nonce < 50; nonce += 1) {
      ledger.append(eventOf({ nonce, step: "Reveal", iteration: nonce }).bytes);
    }
    ledger.append(eventOf({ author: "bob" }).bytes);
    for (const narrow of [COMMITS, { session: SESSION, step: "Reveal", iteration: 7 }]) {
      const { filter, asked } = counting(narrow);
      expect(watch(ledger, filter).count).toBe(1);
      expect(asked()).toBe(1);
    }
  });

  test("after a delta of any kind sees what a watcher made then sees", () => {
    class ForgetfulLedger extends MemoryLedger {
      toggle(event: SignedEvent, isHere: boolean): void {
        if (isHere && this.append(event.bytes).status === "admitted") return;
        const session = this.index.session(event.session);
        if (isHere) session.add(event);
        else session.remove(event.hash);
        if (isHere) this.publish(event);
        else this.retract(event);
      }
    }
    const seed = seedFor("test/runtime/ledger/watcher.test.ts");
    const events = Array.from({ length: 16 }, (_, at) => {
      const step = at % 5 === 0 ? "Reveal" : "Commit";
      return eventOf({ author: at % 2 === 0 ? "alice" : "bob", nonce: at, step, payload: at % 3 });
    });
    const where = ({ payload }: SignedEvent): boolean => payload !== 1;
    const toggles = fc.array(fc.nat(15), { maxLength: 40 });
    fc.assert(
      fc.property(toggles, (indexes) => {
        const ledger = new ForgetfulLedger(ROSTER);
        const filters = [COMMITS, { ...COMMITS, where }, { session: SESSION, epoch: {} }];
        const watchers = filters.map((filter) => watch(ledger, filter));
        const present = new Set<SignedEvent>();
        for (const event of indexes.flatMap((at) => events[at] ?? [])) {
          const before = watchers.map(viewOf);
          const heard = watchers.map(() => 0);
          const stops = watchers.map((each, at) => each.onChange(() => (heard[at] = 1)));
          const isHere = !present.delete(event);
          if (isHere) present.add(event);
          ledger.toggle(event, isHere);
          for (const stop of stops) stop();
          const after = watchers.map(viewOf);
          expect(after).toEqual(filters.map((filter) => viewOf(watch(ledger, filter))));
          for (const [at, view] of after.entries()) {
            if (!isDeepStrictEqual(view, before[at])) expect(heard[at]).toBe(1);
          }
        }
      }),
      { seed, numRuns: 40 },
    );
  });
});
