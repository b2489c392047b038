/** One set of events, whatever the order, the duplicates, the replicas and the merges: one state. */
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";

import { toHex } from "../../../runtime/crypto/hash.ts";
import type { AccountEventName } from "../../../runtime/account/events.ts";
import { MemoryLedger } from "../../../runtime/ledger/memory.ts";
import { completedStep } from "../../../runtime/record.ts";
import { openSession } from "../../../runtime/session.ts";
import {
  RELATIONSHIP,
  ROSTER,
  accountEvent,
  adoptions,
  groupKeyOf,
  keyPair,
  memberKeys,
  stepEvent,
} from "./fixtures.ts";

/** Signing, reading and verifying are functions of what they are given, and are given the same often. */
vi.mock(import("../../../runtime/ledger/envelope.ts"), async (original) => {
  const envelope = await original();
  const signed = new Map<string, ReturnType<typeof envelope.signEvent>>();
  const readings = new Map<string, ReturnType<typeof envelope.readEvent>>();
  const asText = (_: string, value: unknown) =>
    value instanceof Uint8Array ? { bytes: toHex(value) } : value;
  return {
    ...envelope,
    signEvent: (body, secretKey) => {
      const key = JSON.stringify([body, secretKey], asText);
      const event = signed.get(key) ?? envelope.signEvent(body, secretKey);
      signed.set(key, event);
      return event;
    },
    readEvent: (bytes, limits) => {
      const key = Buffer.from(bytes).toString("latin1");
      const reading = readings.get(key) ?? envelope.readEvent(bytes, limits);
      readings.set(key, reading);
      return reading;
    },
  };
});

const SEED = Number(process.env["SEED"] ?? 20_261_124);
const RUNS = 30;

const NAMES = ["alice", "bob", "carol", "frank", "gran", "heidi"] as const;
const session = openSession({
  roster: ROSTER,
  script: { protocol: "test", digest: "00" },
  params: {},
  cast: { leader: "alice", crowd: ["bob", "carol"] },
  nonce: Uint8Array.of(1),
  expires: 15,
});

/** Picks numbers off a list; 0 when it is used up. */
type Pick = (below: number) => number;

type Made = (pick: Pick) => Uint8Array;

const nameOf = (pick: Pick) => NAMES[pick(NAMES.length)] ?? "alice";
const signed = (pick: Pick) => ({ generation: 1 + pick(3), epoch: pick(20) });

function byGroup(type: AccountEventName, payload: (pick: Pick) => never): Made {
  return (pick) => accountEvent(type, payload(pick), signed(pick)).bytes;
}

const member = (kind: "device" | "guardian") => (pick: Pick) => {
  const id = nameOf(pick);
  const keys = memberKeys(pick(8) === 0 ? nameOf(pick) : id);
  return { [kind]: id, ...keys, from: pick(12) } as never;
};

const removal = (kind: "device" | "guardian") => (pick: Pick) =>
  ({ [kind]: nameOf(pick), from: pick(18), reason: "lost" }) as never;

/** Events that are right, wrong, in conflict, for others to sign, and no events at all. */
const makers: readonly Made[] = [
  (pick) => adoptions()[pick(3)]?.bytes ?? new Uint8Array(),
  (pick) => adoptions()[pick(3)]?.bytes ?? new Uint8Array(),
  (pick) =>
    accountEvent("AdoptGroupKey", groupKeyOf(1 + Math.floor(pick(1000) / 999)), {
      author: nameOf(pick),
    }).bytes,
  byGroup("ChangeGroupKey", (pick) => {
    const generation = 2 + pick(2);
    return {
      ...groupKeyOf(generation + 10 * Math.floor(pick(6) / 5)),
      generation,
      from: pick(20),
    } as never;
  }),
  byGroup("AddDevice", member("device")),
  byGroup("AddDevice", member("device")),
  byGroup("RemoveDevice", removal("device")),
  byGroup("AddGuardian", member("guardian")),
  byGroup("RemoveGuardian", removal("guardian")),
  byGroup("BumpSessionEpoch", (pick) => ({ to: 1 + pick(3) }) as never),
  byGroup("IncrementCounter", (pick) => {
    return { relationship: RELATIONSHIP, previous: pick(5), device: nameOf(pick) } as never;
  }),
  byGroup("ReserveCounterRange", (pick) => {
    const range = { start: 1 + pick(5), size: 1 + pick(3), expires: pick(20) };
    return { relationship: RELATIONSHIP, device: nameOf(pick), ...range } as never;
  }),
  byGroup("GrantOperationLock", (pick) => {
    const grant = { token: 1 + pick(3), from: pick(9), lease: 1 + pick(5) };
    return { operation: "resharing", holder: nameOf(pick), session: "07", ...grant } as never;
  }),
  (pick) => {
    const author = nameOf(pick);
    const payload = { operation: "resharing", token: 1 + pick(3) };
    return accountEvent("ReleaseOperationLock", payload, {
      author,
      epoch: pick(20),
      nonce: pick(9),
    }).bytes;
  },
  (pick) => {
    const author = nameOf(pick);
    const ticket = { serial: pick(3), sessionEpoch: pick(3), expires: pick(30) };
    const payload = { ...ticket, digest: keyPair("ticket").publicKey };
    return accountEvent("CachePresenceTicket", payload, { author, epoch: pick(20), nonce: pick(9) })
      .bytes;
  },
  (pick) => {
    const kind = pick(3) === 0 ? ("guardian" as const) : ("device" as const);
    const fields = {
      authorization: { kind },
      epoch: pick(20),
      nonce: pick(30),
      step: `Step${pick(4)}`,
    };
    return stepEvent(nameOf(pick), { ...fields, payload: pick(2), iteration: pick(2) }).bytes;
  },
  (pick) => {
    const fields = { session: session.id, epoch: pick(20), nonce: pick(9) };
    const opened = { step: "opened", type: "SessionOpened", payload: session.origin };
    return stepEvent(nameOf(pick), { ...fields, ...opened }).bytes;
  },
  (pick) => {
    const role = pick(2) === 0 ? "leader" : "crowd";
    const end =
      pick(2) === 0
        ? { step: completedStep(role), type: "SessionCompleted", payload: { role, blamed: [] } }
        : { step: `aborted.${role}`, type: "GaveUp", payload: { reason: "tired", blamed: [] } };
    return stepEvent(nameOf(pick), { session: session.id, epoch: pick(20), nonce: pick(9), ...end })
      .bytes;
  },
  // Crowds: tickets and steps under one number, and an adoption among them now and then.
  (pick) => {
    const author = pick(2) === 0 ? "alice" : nameOf(pick);
    const ticket = { serial: pick(3), sessionEpoch: 0, expires: pick(30) };
    const payload = { ...ticket, digest: keyPair(`ticket ${pick(9)}`).publicKey };
    return accountEvent("CachePresenceTicket", payload, { author, epoch: pick(20) }).bytes;
  },
  (pick) => {
    const epoch = 1 + pick(12);
    return accountEvent("AdoptGroupKey", groupKeyOf(1), { author: nameOf(pick), epoch }).bytes;
  },
  (pick) => stepEvent(pick(3) === 0 ? nameOf(pick) : "bob", { payload: pick(1000) }).bytes,
  (pick) => Uint8Array.from({ length: 1 + pick(60) }, () => pick(256)),
  (pick) => {
    const { bytes } = stepEvent(nameOf(pick));
    const [at, bit] = [pick(bytes.length), pick(8)];
    return bytes.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte));
  },
];

/** All tests see the same histories, which cost more to sign than to read: each is made once. */
const historyOf = memoised((numbers: readonly number[], length: number): readonly Uint8Array[] => {
  let at = 0;
  const pick: Pick = (below) => (numbers[at++ % numbers.length] ?? 0) % below;
  // Without a group key most of what follows waits, so most histories begin with one.
  const begun = length % 4 === 0 ? [] : adoptions().map(({ bytes }) => bytes);
  const rest = Array.from({ length: Math.max(1, length - begun.length) }, (_, index) =>
    makers[(pick(1 << 16) + index) % makers.length]?.(pick),
  );
  return [...begun, ...rest.filter((bytes) => bytes !== undefined)];
});

/** What the history makes of a ledger, in its own order. */
const viewOfHistory = memoised((numbers: readonly number[], length: number) =>
  viewOf(filled(historyOf(numbers, length))),
);

function memoised<T>(make: (numbers: readonly number[], length: number) => T) {
  const made = new Map<string, T>();
  return (numbers: readonly number[], length: number): T => {
    const key = `${length} ${numbers.join(" ")}`;
    const value = made.get(key) ?? make(numbers, length);
    made.set(key, value);
    return value;
  };
}

function filled(bytes: readonly Uint8Array[]): MemoryLedger {
  const ledger = new MemoryLedger(ROSTER);
  for (const each of bytes) ledger.append(each);
  return ledger;
}

/** All that depends on the events: the state, its hash, and which events are in. */
function viewOf(ledger: MemoryLedger) {
  const { members, groupKey, sessionEpoch, epoch } = ledger.state;
  return {
    hash: toHex(ledger.state.hash()),
    ...{ members, groupKey, sessionEpoch, epoch, sessions: ledger.state.sessions() },
    counter: ledger.state.counter(RELATIONSHIP),
    lock: ledger.state.lock("resharing"),
    tickets: NAMES.map((name) => ledger.state.ticket(name)),
    latest: ledger.epoch,
    events: [ROSTER.account, session.id, "5e".repeat(32)].map((id) =>
      ledger.events({ session: id }).map(({ hash }) => hash),
    ),
  };
}

/** Another order of the same, with some twice. */
function shuffled<T>(items: readonly T[], keys: readonly number[]): readonly T[] {
  return [...items, ...items.slice(0, items.length / 4)]
    .map((item, at) => ({ item, key: ((keys[at % keys.length] ?? 0) * (at + 7)) % 9973 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

const histories = fc.record({
  numbers: fc.array(fc.nat({ max: 1 << 20 }), { minLength: 40, maxLength: 400 }),
  keys: fc.array(fc.nat({ max: 1 << 20 }), { minLength: 10, maxLength: 200 }),
  length: fc.integer({ min: 1, max: 500 }),
});

describe(`any order, replay with SEED=${SEED} npx vitest run test/runtime/account/order.test.ts`, () => {
  test("permuted and duplicated, up to 500 valid and invalid events give one state", () => {
    fc.assert(
      fc.property(histories, ({ numbers, keys, length }) => {
        const history = historyOf(numbers, length);
        const view = viewOf(filled(shuffled(history, keys)));
        expect(view).toEqual(viewOfHistory(numbers, length));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test("split over replicas that then exchange all they were offered, they give one state", () => {
    fc.assert(
      fc.property(histories, ({ numbers, keys, length }) => {
        const history = historyOf(numbers, length);
        const parts = [0, 1, 2].map((part) =>
          history.filter((_, at) => (keys[at % keys.length] ?? 0) % 3 === part),
        );
        const replicas = parts.map((part) => filled(part));
        for (const [at, replica] of replicas.entries()) {
          for (const bytes of shuffled(parts.filter((_, other) => other !== at).flat(), keys))
            replica.append(bytes);
        }
        const views = replicas.map((replica) => viewOf(replica));
        for (const view of views) expect(view).toEqual(viewOfHistory(numbers, length));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test("a replica that starts again from the events that it holds is where it was", () => {
    fc.assert(
      fc.property(histories, ({ numbers, keys, length }) => {
        const ledger = filled(historyOf(numbers, length));
        const sessions = [ROSTER.account, session.id, "5e".repeat(32)];
        const held = sessions.flatMap((id) => ledger.events({ session: id }));
        const restarted = filled(
          shuffled(
            held.map(({ bytes }) => bytes),
            keys,
          ),
        );
        expect(viewOf(restarted)).toEqual(viewOfHistory(numbers, length));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test("the histories get somewhere: keys change, devices come and go, events are taken back", () => {
    const seen = {
      keys: 0,
      members: 0,
      removed: 0,
      retracted: 0,
      counted: 0,
      locked: 0,
      sessions: 0,
      crowded: 0,
    };
    fc.assert(
      fc.property(histories, ({ numbers, keys, length }) => {
        const ledger = new MemoryLedger(ROSTER);
        ledger.onRetract(() => (seen.retracted += 1));
        for (const bytes of shuffled(historyOf(numbers, length), keys)) ledger.append(bytes);
        const { state } = ledger;
        if ((state.groupKey?.generation ?? 0) > 1) seen.keys += 1;
        if (state.members.length > 3) seen.members += 1;
        if (state.members.some(({ until }) => until !== undefined)) seen.removed += 1;
        if (state.counter(RELATIONSHIP).value > 0) seen.counted += 1;
        if (state.lock("resharing") !== undefined) seen.locked += 1;
        if (state.sessions().length > 0) seen.sessions += 1;
        const reasons = ledger.quarantined().map(({ reason }) => reason);
        if (reasons.includes("TooManyEvents")) seen.crowded += 1;
      }),
      { seed: SEED, numRuns: RUNS },
    );
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(2);
  });
});
