/** One author cannot flood a session under one number; who counts of a crowd depends on no order. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { MAX_FORKS } from "../../../runtime/ledger/crowds.ts";
import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import { MemoryLedger } from "../../../runtime/ledger/memory.ts";
import { seedFor } from "../../seed.ts";
import {
  ROSTER as GROUP,
  accountEvent,
  adoptions,
  groupKeyOf,
  keyPair,
  removeDevice,
  stepEvent,
} from "../account/fixtures.ts";
import { ROSTER, SESSION, eventOf } from "./fixtures.ts";

const seed = seedFor("test/runtime/ledger/crowds.test.ts");

/** Events of one author under one number, in ascending order of hash. */
function forksOf(author: string, count: number, nonce = 0): readonly SignedEvent[] {
  return Array.from({ length: count }, (_, at) => eventOf({ author, nonce, payload: { at } })).sort(
    byHash,
  );
}

function byHash(a: SignedEvent, b: SignedEvent): number {
  return a.hash < b.hash ? -1 : 1;
}

function ledgerOf(events: readonly SignedEvent[], roster = ROSTER): MemoryLedger {
  const ledger = new MemoryLedger(roster);
  for (const { bytes } of events) ledger.append(bytes);
  return ledger;
}

const hashesOf = (events: readonly SignedEvent[]) => events.map(({ hash }) => hash).sort();

const held = (ledger: MemoryLedger, session = SESSION) => hashesOf(ledger.events({ session }));

describe("of one author's events under one number", () => {
  test("the lowest count, whoever comes first, and the others are refused", () => {
    const forks = forksOf("alice", MAX_FORKS + 3);
    const low = hashesOf(forks.slice(0, MAX_FORKS));
    expect(held(ledgerOf(forks))).toEqual(low);
    const ledger = new MemoryLedger(ROSTER);
    const gone: string[] = [];
    ledger.onRetract(({ hash }) => gone.push(hash));
    for (const { bytes } of forks.toReversed())
      expect(ledger.append(bytes).status).toBe("admitted");
    expect(held(ledger)).toEqual(low);
    expect(gone.toSorted()).toEqual(hashesOf(forks.slice(MAX_FORKS)));
    const reasons = ledger.quarantined().map(({ reason }) => reason);
    expect(reasons).toEqual(gone.map(() => "TooManyEvents"));
    const [last] = forks.slice(-1);
    expect(ledger.append(last?.bytes ?? new Uint8Array())).toEqual({
      status: "quarantined",
      reason: "TooManyEvents",
    });
  });

  test("as many as a session takes are evidence of the fork, in a ledger that stays small", () => {
    const ledger = ledgerOf(forksOf("alice", 300));
    expect(held(ledger)).toHaveLength(MAX_FORKS);
    expect(ledger.forks(SESSION)).toMatchObject([{ author: "alice", nonce: 0 }]);
  });

  test("those of other authors, numbers and sessions are counted apart", () => {
    const events = [
      ...forksOf("alice", MAX_FORKS),
      ...forksOf("bob", MAX_FORKS),
      ...forksOf("alice", MAX_FORKS, 1),
      eventOf({ session: "07".repeat(32) }),
    ];
    const ledger = ledgerOf(events);
    expect(held(ledger)).toHaveLength(3 * MAX_FORKS);
    expect(ledger.quarantined()).toEqual([]);
  });

  test("one that somebody else has followed counts too, with all that it followed", () => {
    const [first, second, ...low] = forksOf("alice", MAX_FORKS + 2).toReversed();
    if (first === undefined || second === undefined) throw new Error("no forks");
    const own = eventOf({ nonce: 1, step: "Reveal", parents: [first.hash] });
    const follower = eventOf({ author: "bob", parents: [own.hash] });
    const orders = [
      [first, own, follower, ...low, second],
      [...low, second, first, own, follower],
      [follower, ...low, own, first, second],
    ];
    const kept = hashesOf([first, own, follower, ...low]);
    for (const order of orders) expect(held(ledgerOf(order))).toEqual(kept);
  });

  test("one that only its author has followed does not", () => {
    const [first, ...low] = forksOf("alice", MAX_FORKS + 1).toReversed();
    const own = eventOf({ nonce: 1, step: "Reveal", parents: [first?.hash ?? ""] });
    expect(held(ledgerOf([...(first === undefined ? [] : [first]), own, ...low]))).toEqual(
      hashesOf([own, ...low]),
    );
  });

  test("one comes back where a lower one proves to have had no say", () => {
    const late = Array.from({ length: 40 }, (_, at) =>
      stepEvent("carol", { epoch: 9, payload: { at } }),
    ).sort(byHash);
    const early = stepEvent("carol", { epoch: 2, payload: { at: 99 } });
    const low = late.filter(({ hash }) => hash < early.hash).slice(0, MAX_FORKS);
    expect(low).toHaveLength(MAX_FORKS);
    const ledger = ledgerOf([early, ...low, ...adoptions()], GROUP);
    expect(held(ledger)).not.toContain(early.hash);
    ledger.append(removeDevice("carol", 5).bytes);
    expect(held(ledger)).toEqual([early.hash]);
  });
});

describe("in the account's own session", () => {
  const ticket = (at: number) => {
    const digest = keyPair(`ticket ${at}`).publicKey;
    const payload = { serial: at, sessionEpoch: 0, digest, expires: 50 };
    return accountEvent("CachePresenceTicket", payload, { epoch: 9 });
  };

  test("no crowd pushes out what decides whose word counts", () => {
    // If it did, alice's removal, which rests on her own adoption, would depend on who came first.
    const [own] = adoptions();
    const all = Array.from({ length: 90 }, (_, at) => ticket(at));
    const tickets = all.filter(({ hash }) => hash < (own?.hash ?? "")).slice(0, MAX_FORKS);
    expect(tickets).toHaveLength(MAX_FORKS);
    const events = [...tickets, ...adoptions(), removeDevice("alice", 5)];
    for (const order of [events, events.toReversed()]) {
      const ledger = ledgerOf(order, GROUP);
      expect(ledger.state.member("alice")).toMatchObject({ until: 5 });
      expect(ledger.state.groupKey?.groupKey).toEqual(groupKeyOf(1).groupKey);
      expect(ledger.events({ session: GROUP.account, type: "CachePresenceTicket" })).toEqual([]);
    }
  });

  test("what decides whose word counts is not brought back by what rests on it", () => {
    // Else alice would have adopted two keys just when she has not: the removal follows the second.
    const adopt = (generation: number, epoch: number) =>
      accountEvent("AdoptGroupKey", groupKeyOf(generation), { epoch });
    const firsts = Array.from({ length: MAX_FORKS }, (_, at) => adopt(1, at + 2)).sort(byHash);
    const others = Array.from({ length: 60 }, (_, at) => adopt(2, at));
    const second = others.find(({ hash }) => hash > (firsts.at(-1)?.hash ?? ""));
    const removal = removeDevice("carol", 5, { parents: [second?.hash ?? ""] });
    const events = [...firsts, ...adoptions().slice(1), ...(second ? [second] : []), removal];
    for (const order of [events, events.toReversed()]) {
      expect(ledgerOf(order, GROUP).state.member("carol")).toMatchObject({ until: 5 });
    }
  });

  test("what the threshold signed is not counted", () => {
    const bumps = Array.from({ length: 3 * MAX_FORKS }, (_, at) =>
      accountEvent("BumpSessionEpoch", { to: at + 1 }, { generation: 1 }),
    );
    const ledger = ledgerOf([...adoptions(), ...bumps], GROUP);
    expect(ledger.state.sessionEpoch).toBe(3 * MAX_FORKS);
  });
});

/** What authors with few numbers write on top of each other, and what is taken back from carol. */
const histories = fc.array(
  fc.record({
    author: fc.constantFrom("alice", "bob", "carol"),
    nonce: fc.nat(1),
    epoch: fc.nat(12),
    payload: fc.nat(500),
    parents: fc.array(fc.nat(30), { maxLength: 3 }),
  }),
  { minLength: 10, maxLength: 60 },
);

type Draw = typeof histories extends fc.Arbitrary<infer D> ? D : never;

function historyOf(draws: Draw): readonly SignedEvent[] {
  const events: SignedEvent[] = [];
  for (const { author, payload, parents, ...place } of draws) {
    const named = parents.flatMap((back) => events.at(-1 - back)?.hash ?? []);
    events.push(
      stepEvent(author, { ...place, payload: { payload }, parents: [...new Set(named)].sort() }),
    );
  }
  return [...events, ...adoptions(), removeDevice("carol", 6)];
}

/** Straight from the words of the rule: the lowest, and what others that count have followed. */
function expected(events: readonly SignedEvent[]): readonly string[] {
  const all = [...new Map(events.map((event) => [event.hash, event])).values()].filter(
    ({ author, epoch, session }) => session === SESSION && (author !== "carol" || epoch < 6),
  );
  const isLow = (event: SignedEvent): boolean =>
    all.filter(
      ({ author, nonce, hash }) =>
        author === event.author && nonce === event.nonce && hash < event.hash,
    ).length < MAX_FORKS;
  const counts = (event: SignedEvent): boolean => isLow(event) || isFollowed(event, event.author);
  const isFollowed = ({ hash }: SignedEvent, by: string): boolean =>
    all.some(
      (other) =>
        other.parents.includes(hash) &&
        counts(other) &&
        (other.author !== by || isFollowed(other, by)),
    );
  return hashesOf(all.filter(counts));
}

describe("whatever the order", () => {
  test("the same events count, and each is heard of as often as it came and went", () => {
    const seen = { crowded: 0, followed: 0, retracted: 0 };
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat()), (draws, keys) => {
        const history = historyOf(draws);
        const kept = expected(history);
        const order = history
          .map((event) => ({ event, key: keys.next().value }))
          .sort((a, b) => Number(a.key) - Number(b.key))
          .map(({ event }) => event);
        const ledger = new MemoryLedger(GROUP);
        const heard = new Set<string>();
        ledger.subscribe(({ hash }) => void heard.add(hash), { session: SESSION });
        ledger.onRetract(
          ({ hash }) => {
            if (ledger.get(hash) === undefined) heard.delete(hash);
            seen.retracted += 1;
          },
          { session: SESSION },
        );
        for (const { bytes } of [...order, ...order.slice(0, 10)]) ledger.append(bytes);
        expect(held(ledger)).toEqual(kept);
        expect([...heard].sort()).toEqual(kept);
        const steps = history.filter(({ session, author, epoch }) => {
          return session === SESSION && (author !== "carol" || epoch < 6);
        });
        if (kept.length < new Set(hashesOf(steps)).size) seen.crowded += 1;
        if (ledger.forks(SESSION).some(({ hashes }) => hashes.length > MAX_FORKS))
          seen.followed += 1;
        // A replica that is given what another holds is where the other is.
        const again = ledgerOf(
          [...adoptions(), removeDevice("carol", 6), ...ledger.events({ session: SESSION })],
          GROUP,
        );
        expect(held(again)).toEqual(kept);
      }),
      { seed, numRuns: 60 },
    );
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(5);
  });
});
