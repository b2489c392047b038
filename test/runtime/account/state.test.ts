/** The account's state, part by part. */
import { describe, expect, test } from "vitest";

import { isHeld } from "../../../runtime/account/locks.ts";
import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import { MemoryLedger } from "../../../runtime/ledger/memory.ts";
import {
  RELATIONSHIP,
  ROSTER,
  accountEvent,
  addFrank,
  adoptions,
  groupKeyOf,
  keyPair,
  memberKeys,
  removeDevice,
  stepEvent,
} from "./fixtures.ts";

function ledgerOf(...events: readonly SignedEvent[]): MemoryLedger {
  const ledger = new MemoryLedger(ROSTER);
  for (const { bytes } of [...adoptions(), ...events]) ledger.append(bytes);
  return ledger;
}

const ids = (ledger: MemoryLedger, epoch?: number) =>
  ledger.state.devices(epoch).map(({ id }) => id);

describe("the group's key", () => {
  test("is the one that every device of the genesis adopted", () => {
    const ledger = new MemoryLedger(ROSTER);
    const [first, second, third] = adoptions();
    for (const event of [first, second]) ledger.append(event?.bytes ?? new Uint8Array());
    expect(ledger.state.groupKey).toBeUndefined();
    ledger.append(third?.bytes ?? new Uint8Array());
    expect(ledger.state.groupKey).toMatchObject({ generation: 1, threshold: 2, from: 0 });
  });

  test("is none while the devices of the genesis adopt different ones, or one adopts two", () => {
    const other = accountEvent("AdoptGroupKey", groupKeyOf(9), { author: "carol" });
    const twice = ledgerOf(other);
    expect(twice.state.groupKey).toBeUndefined();
    expect(twice.equivocation(other)).toHaveLength(2);
    const ledger = new MemoryLedger(ROSTER);
    for (const { bytes } of [...adoptions().slice(0, 2), other]) ledger.append(bytes);
    expect(ledger.state.groupKey).toBeUndefined();
  });

  test("hands over to the next, and has no say in what is written from then on", () => {
    const next = { ...groupKeyOf(2), generation: 2, from: 10 };
    const ledger = ledgerOf(accountEvent("ChangeGroupKey", next, { generation: 1 }));
    expect(ledger.state.groupKey).toMatchObject({ generation: 2, from: 10 });
    const late = addFrank(12, { epoch: 10 });
    expect(ledger.append(late.bytes)).toEqual({ status: "quarantined", reason: "StaleKey" });
    const early = addFrank(12, { epoch: 9 });
    expect(ledger.append(early.bytes).status).toBe("admitted");
  });

  test("what it signed too late is taken back when the change of key arrives after it", () => {
    const ledger = ledgerOf(addFrank(0, { epoch: 20 }));
    expect(ids(ledger)).toContain("frank");
    const gone: string[] = [];
    ledger.onRetract(({ type }) => gone.push(type));
    const next = { ...groupKeyOf(2), generation: 2, from: 10 };
    ledger.append(accountEvent("ChangeGroupKey", next, { generation: 1 }).bytes);
    expect(ids(ledger)).not.toContain("frank");
    expect(gone).toEqual(["AddDevice"]);
  });

  test("two keys of one generation are none, and the number can be skipped", () => {
    const one = { ...groupKeyOf(2), generation: 2, from: 10 };
    const two = { ...groupKeyOf(7), generation: 2, from: 10 };
    const ledger = ledgerOf(
      accountEvent("ChangeGroupKey", one, { generation: 1 }),
      accountEvent("ChangeGroupKey", two, { generation: 1 }),
    );
    expect(ledger.state.groupKey).toMatchObject({ generation: 1 });
    const three = { ...groupKeyOf(3), generation: 3, from: 11 };
    ledger.append(accountEvent("ChangeGroupKey", three, { generation: 1 }).bytes);
    expect(ledger.state.groupKey).toMatchObject({ generation: 3 });
  });
});

describe("members", () => {
  test("a device is added by the group, from an epoch on", () => {
    const ledger = ledgerOf(addFrank(5));
    expect(ids(ledger, 4)).not.toContain("frank");
    expect(ids(ledger, 5)).toContain("frank");
    const early = ledger.append(stepEvent("frank", { epoch: 4 }).bytes);
    expect(early).toEqual({ status: "quarantined", reason: "NotAMember" });
    expect(ledger.append(stepEvent("frank", { epoch: 5 }).bytes).status).toBe("admitted");
  });

  test("what it wrote before it was known to be added waits, and is admitted then", () => {
    const ledger = ledgerOf();
    const step = stepEvent("frank");
    expect(ledger.append(step.bytes)).toEqual({ status: "quarantined", reason: "UnknownAuthor" });
    const heard: string[] = [];
    ledger.subscribe(({ type }) => heard.push(type));
    ledger.append(addFrank().bytes);
    expect(heard).toEqual(["AddDevice", "RecordCommitment"]);
    expect(ledger.get(step.hash)).toEqual(step);
  });

  test("a removed device has no say from that epoch on, whatever arrives first", () => {
    const before = stepEvent("carol", { epoch: 6 });
    const after = stepEvent("carol", { epoch: 7, nonce: 1, step: "Reveal" });
    const ledger = ledgerOf(before, after);
    const gone: string[] = [];
    ledger.onRetract(({ hash }) => gone.push(hash));
    ledger.append(removeDevice("carol", 7).bytes);
    expect(gone).toEqual([after.hash]);
    expect(ledger.events({ session: before.session })).toEqual([before]);
    expect(ledger.append(after.bytes)).toEqual({ status: "quarantined", reason: "NotAMember" });
    expect(ids(ledger, 7)).not.toContain("carol");
  });

  test("a removed device is never added again", () => {
    const ledger = ledgerOf(
      addFrank(),
      removeDevice("frank", 4),
      addFrank(9, { epoch: 2 }),
      accountEvent(
        "AddDevice",
        { device: "carol", ...memberKeys("carol again"), from: 9 },
        { generation: 1 },
      ),
      removeDevice("carol", 5),
    );
    expect(ids(ledger, 20)).toEqual(["alice", "bob"]);
  });

  test("nobody is added under the key of another", () => {
    const ledger = ledgerOf(
      accountEvent(
        "AddDevice",
        { device: "frank", ...memberKeys("alice"), from: 0 },
        { generation: 1 },
      ),
    );
    expect(ids(ledger)).toEqual(["alice", "bob", "carol"]);
  });

  test("a guardian signs as a guardian, and only while it is one", () => {
    const keys = memberKeys("gran");
    const add = accountEvent(
      "AddGuardian",
      { guardian: "gran", ...keys, from: 2 },
      { generation: 1 },
    );
    const ledger = ledgerOf(add);
    const asGuardian = { authorization: { kind: "guardian" } as const, epoch: 3 };
    expect(ledger.append(stepEvent("gran", asGuardian).bytes).status).toBe("admitted");
    const asDevice = ledger.append(stepEvent("gran", { epoch: 3 }).bytes);
    expect(asDevice).toEqual({ status: "quarantined", reason: "NotAuthorized" });
    const end = { guardian: "gran", from: 8, reason: "moved away" };
    ledger.append(accountEvent("RemoveGuardian", end, { generation: 1 }).bytes);
    const late = ledger.append(stepEvent("gran", { ...asGuardian, epoch: 8 }).bytes);
    expect(late).toEqual({ status: "quarantined", reason: "NotAMember" });
  });
});

describe("who may author what", () => {
  test.each([
    [
      "a device adds a device",
      () => addFrank(0, { authorization: { kind: "device" }, author: "alice", signer: "alice" }),
      "NotAuthorized",
    ],
    ["a device claims to be the account", () => addFrank(0, { signer: "alice" }), "BadSignature"],
    ["a key that nobody has", () => addFrank(0, { generation: 5 }), "UnknownKey"],
    [
      "a threshold event by a device's name",
      () => addFrank(0, { author: "alice" }),
      "NotAuthorized",
    ],
    ["a threshold event with a nonce", () => addFrank(0, { nonce: 1 }), "NotAuthorized"],
    ["a slot that is not the event's", () => addFrank(0, { step: "AddDevice.bob" }), "Misplaced"],
    ["an account event in a session", () => addFrank(0, { session: "5e".repeat(32) }), "Misplaced"],
    [
      "a step in the account's session",
      () => stepEvent("alice", { session: ROSTER.account }),
      "Misplaced",
    ],
    [
      "the group in a session",
      () =>
        stepEvent("alice", {
          author: "account",
          authorization: { kind: "threshold", generation: 1 },
        }),
      "NotAuthorized",
    ],
    ["too many events", () => stepEvent("alice", { nonce: 1 << 16 }), "TooManyEvents"],
    [
      "a payload of another type",
      () =>
        stepEvent("alice", {
          session: ROSTER.account,
          type: "BumpSessionEpoch",
          step: "BumpSessionEpoch",
          payload: { to: 0 },
          author: "account",
          authorization: { kind: "threshold", generation: 1 },
        }),
      "BadPayload",
    ],
  ])("%s: refused", (_, event, reason) => {
    expect(ledgerOf().append(event().bytes)).toEqual({ status: "quarantined", reason });
  });
});

describe("session epochs and presence", () => {
  const ticket = (author: string, sessionEpoch: number, expires: number, serial = 0) =>
    accountEvent(
      "CachePresenceTicket",
      { serial, sessionEpoch, digest: keyPair(author).publicKey, expires },
      { author, nonce: serial + 1 },
    );

  test("a bump invalidates the tickets of the epochs before", () => {
    const ledger = ledgerOf(ticket("alice", 0, 100));
    expect(ledger.state.ticket("alice")).toMatchObject({ sessionEpoch: 0 });
    ledger.append(accountEvent("BumpSessionEpoch", { to: 1 }, { generation: 1 }).bytes);
    expect(ledger.state.sessionEpoch).toBe(1);
    expect(ledger.state.ticket("alice")).toBeUndefined();
    ledger.append(ticket("alice", 1, 100, 1).bytes);
    expect(ledger.state.ticket("alice")).toMatchObject({ sessionEpoch: 1 });
  });

  test("a ticket ends with its time, and with its device's membership", () => {
    const ledger = ledgerOf(ticket("alice", 0, 3), ticket("carol", 0, 100));
    const inEpoch3 = (author: string) => stepEvent(author, { epoch: 3 });
    ledger.append(inEpoch3("alice").bytes);
    expect(ledger.state.ticket("alice")).toBeDefined();
    ledger.append(inEpoch3("bob").bytes);
    expect(ledger.state.epoch).toBe(3);
    expect(ledger.state.ticket("alice")).toBeUndefined();
    ledger.append(removeDevice("carol", 2).bytes);
    expect(ledger.state.ticket("carol")).toBeUndefined();
  });

  test("one device with a fast clock does not move the account's epoch", () => {
    const ledger = ledgerOf(stepEvent("carol", { epoch: 1_000_000 }));
    expect([ledger.epoch, ledger.state.epoch]).toEqual([1_000_000, 1]);
  });
});

describe("the operation lock", () => {
  const grant = (token: number, holder: string, from: number, lease = 10) =>
    accountEvent(
      "GrantOperationLock",
      { operation: "resharing", holder, session: "07".repeat(32), token, from, lease },
      { generation: 1 },
    );
  const release = (token: number, author: string) =>
    accountEvent("ReleaseOperationLock", { operation: "resharing", token }, { author, nonce: 9 });
  const lock = (...events: readonly SignedEvent[]) => ledgerOf(...events).state.lock("resharing");

  test("is held from its grant to its release", () => {
    const held = lock(grant(1, "alice", 5));
    expect(held).toMatchObject({ holder: "alice", token: 1, from: 5, until: 15 });
    expect([4, 5, 14, 15].map((epoch) => isHeld(held, epoch))).toEqual([false, true, true, false]);
    const released = lock(grant(1, "alice", 5), release(1, "alice"));
    expect(isHeld(released, 6)).toBe(false);
  });

  test("is released by its holder only", () => {
    expect(isHeld(lock(grant(1, "alice", 5), release(1, "bob")), 6)).toBe(true);
  });

  test("is granted again after the release, or when the lease has run out", () => {
    expect(lock(grant(1, "alice", 5), grant(2, "bob", 14))).toMatchObject({ holder: "alice" });
    expect(lock(grant(1, "alice", 5), grant(2, "bob", 15))).toMatchObject({ holder: "bob" });
    const all = [grant(1, "alice", 5), release(1, "alice"), grant(2, "bob", 6)];
    expect(lock(...all)).toMatchObject({ holder: "bob", token: 2 });
    expect(lock(...all.toReversed())).toMatchObject({ holder: "bob", token: 2 });
  });

  test("two grants of one token void each other, and a third does not revive them", () => {
    const all = [
      grant(1, "alice", 5),
      release(1, "alice"),
      grant(2, "bob", 6),
      grant(2, "carol", 6),
    ];
    expect(lock(...all)).toMatchObject({ holder: "alice", isReleased: true });
    expect(lock(...all, grant(2, "alice", 7))).toMatchObject({ holder: "alice", token: 1 });
    expect(lock(...all, grant(3, "bob", 7))).toMatchObject({ holder: "bob", token: 3 });
    expect(ledgerOf(...all).state.nextToken("resharing")).toBe(3);
  });
});

describe("counters", () => {
  const increment = (previous: number, device: string) =>
    accountEvent(
      "IncrementCounter",
      { relationship: RELATIONSHIP, previous, device },
      { generation: 1 },
    );
  const reserve = (start: number, size: number, device = "bob") =>
    accountEvent(
      "ReserveCounterRange",
      { relationship: RELATIONSHIP, start, size, device, expires: 50 },
      { generation: 1 },
    );
  const counter = (...events: readonly SignedEvent[]) =>
    ledgerOf(...events).state.counter(RELATIONSHIP);

  test("of two devices that count on at once, the lower hash has the value, in any order", () => {
    const both = [increment(0, "alice"), increment(0, "bob")];
    const [low] = both.map(({ hash }) => hash).sort();
    for (const events of [both, both.toReversed()]) {
      expect(counter(...events)).toMatchObject({ value: 1, latest: [{ event: low, first: 1 }] });
      expect(ledgerOf(...events).equivocation(increment(0, "alice"))).toEqual([]);
    }
  });

  test("a range that overlaps an increment is refused, a replayed value too", () => {
    expect(counter(increment(0, "alice"), reserve(2, 4))).toMatchObject({ value: 5 });
    expect(counter(increment(0, "alice"), reserve(2, 4), increment(3, "alice")).value).toBe(5);
    expect(counter(increment(0, "alice"), increment(0, "alice")).value).toBe(1);
  });

  test("a value above the next waits for those between", () => {
    const later = reserve(2, 4);
    expect(counter(later).value).toBe(0);
    expect(counter(later, increment(0, "alice")).value).toBe(5);
  });
});
