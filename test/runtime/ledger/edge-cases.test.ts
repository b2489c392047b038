/** The ledger's corner cases, each by its name. Group signatures are FROST's own here (RFC 9591). */
import { ed25519_FROST } from "@noble/curves/ed25519.js";
import { describe, expect, test } from "vitest";

import { sha256, toHex } from "../../../runtime/crypto/hash.ts";
import {
  type EventBody,
  sealEvent,
  type SignedEvent,
  signedMessage,
} from "../../../runtime/ledger/envelope.ts";
import { MemoryLedger } from "../../../runtime/ledger/memory.ts";
import {
  RELATIONSHIP,
  ROSTER,
  SESSION,
  accountEvent,
  addFrank,
  adoptions,
  groupKeyOf,
  memberKeys,
  stepEvent,
} from "../account/fixtures.ts";

function ledgerOf(...events: readonly SignedEvent[]): MemoryLedger {
  const ledger = new MemoryLedger(ROSTER);
  for (const { bytes } of events) ledger.append(bytes);
  return ledger;
}

const hashOf = (ledger: MemoryLedger) => toHex(ledger.state.hash());
const refused = (reason: string) => ({ status: "quarantined", reason });

describe("events of devices", () => {
  test("replayed nonce: the author ran from two states, and that is evidence", () => {
    const twice = [stepEvent("bob", { step: "One" }), stepEvent("bob", { step: "Two" })];
    const hashes = twice.map(({ hash }) => hash).sort();
    expect(ledgerOf(...twice).forks(SESSION)).toEqual([{ author: "bob", nonce: 0, hashes }]);
  });

  test("out-of-order delivery: a child before its parent is admitted, and ordered behind it", () => {
    const parent = stepEvent("alice");
    const child = stepEvent("bob", { parents: [parent.hash] });
    const ledger = ledgerOf(child, parent);
    expect(ledger.events({ session: SESSION })).toEqual([parent, child]);
    expect(ledger.heads(SESSION)).toEqual([child.hash]);
  });

  test("concurrent siblings with one parent: one order on every replica", () => {
    const parent = stepEvent("alice");
    const siblings = ["bob", "carol"].map((author) =>
      stepEvent(author, { parents: [parent.hash] }),
    );
    const [one, two] = [ledgerOf(parent, ...siblings), ledgerOf(...siblings.toReversed(), parent)];
    expect(one.events({ session: SESSION })).toEqual(two.events({ session: SESSION }));
    expect(hashOf(one)).toBe(hashOf(two));
  });

  test("unknown parent: the event is admitted, and whoever judges it waits for its past", () => {
    const orphan = stepEvent("bob", { parents: ["ab".repeat(32)] });
    const ledger = ledgerOf(orphan);
    expect(ledger.get(orphan.hash)).toEqual(orphan);
    expect(ledger.get("ab".repeat(32))).toBeUndefined();
  });

  test("fork by one author: two contents in one slot are evidence, and neither counts", () => {
    const two = [1, 2].map((nonce) => stepEvent("bob", { nonce, payload: nonce }));
    const [first] = two;
    if (first === undefined) throw new Error("no event");
    expect(ledgerOf(...two).equivocation(first)).toEqual(two.map(({ hash }) => hash).sort());
  });

  test("event for another account: refused", () => {
    const other = stepEvent("bob", { account: "cd".repeat(32) });
    expect(ledgerOf().append(other.bytes)).toEqual(refused("WrongAccount"));
  });

  test("stale epoch at write: an epoch of before the author's time is refused, an old one is not", () => {
    const ledger = ledgerOf(...adoptions(), addFrank(5), stepEvent("alice", { epoch: 90 }));
    expect(ledger.append(stepEvent("frank", { epoch: 4 }).bytes)).toEqual(refused("NotAMember"));
    expect(ledger.append(stepEvent("frank", { epoch: 5 }).bytes).status).toBe("admitted");
  });

  test("apply failure: what is refused leaves the state untouched", () => {
    const ledger = ledgerOf(...adoptions(), addFrank());
    const before = hashOf(ledger);
    const heard: string[] = [];
    ledger.subscribe(({ hash }) => heard.push(hash));
    const bad = [
      addFrank(0, { signer: "bob" }),
      addFrank(0, { step: "AddDevice.gina" }),
      stepEvent("mallory"),
      stepEvent("alice", { session: ROSTER.account }),
    ];
    for (const { bytes } of bad) ledger.append(bytes);
    ledger.append(Uint8Array.of(1, 2, 3));
    expect([hashOf(ledger), heard, ledger.quarantined()]).toEqual([
      before,
      [],
      expect.objectContaining({ length: 5 }),
    ]);
  });

  test("restart from the log: the identical state hash", () => {
    const events = [...adoptions(), addFrank(), stepEvent("frank"), stepEvent("alice")];
    const ledger = ledgerOf(...events);
    const log = [ROSTER.account, SESSION].flatMap((session) => ledger.events({ session }));
    expect(hashOf(ledgerOf(...log))).toBe(hashOf(ledger));
  });
});

describe("threshold signatures", () => {
  const frost = ed25519_FROST;
  const dealt = frost.trustedDealer({ min: 2, max: 3 });
  const ids = [1, 2, 3].map((number) => frost.Identifier.fromNumber(number));
  const group = {
    groupKey: dealt.public.commitments[0] ?? new Uint8Array(),
    packageHash: sha256(Uint8Array.of(1)),
    threshold: 2,
  };
  const adopted = ROSTER.devices.map(({ id }) =>
    accountEvent("AdoptGroupKey", group, { author: id }),
  );

  const bodyOf = (): EventBody => {
    const { bytes: _b, hash: _h, ...body } = addFrank();
    return body;
  };

  /** What these signers make of the message, each with what it sends for others too. */
  function signedBy(who: readonly (string | undefined)[], message: Uint8Array): Uint8Array {
    const present = who.flatMap((id) => (id === undefined ? [] : [id]));
    const rounds = present.map((id) => {
      const secret = dealt.secretShares[id];
      if (secret === undefined) throw new Error("no such signer");
      return { id, secret, ...frost.commit(secret) };
    });
    const list = rounds.map(({ commitments }) => commitments);
    const shares: Record<string, Uint8Array<ArrayBuffer>> = {};
    for (const { id, secret, nonces } of rounds) {
      shares[id] = Uint8Array.from(frost.signShare(secret, dealt.public, nonces, list, message));
    }
    return frost.aggregate(dealt.public, list, message, shares);
  }

  test("of as many signers as the threshold: admitted", () => {
    const body = bodyOf();
    for (const who of [ids.slice(0, 2), ids.slice(1), ids]) {
      const event = sealEvent(body, signedBy(who, signedMessage(body)));
      expect(ledgerOf(...adopted).append(event.bytes).status).toBe("admitted");
    }
  });

  test("of fewer signers than the threshold: there is none", () => {
    const body = bodyOf();
    expect(() => signedBy(ids.slice(0, 1), signedMessage(body))).toThrow(/number of commitments/);
    // A share alone, in the place of a signature, is none either.
    const [id] = ids;
    const share = dealt.secretShares[id ?? ""]?.signingShare ?? new Uint8Array(32);
    const lone = ed25519_FROST.sign(signedMessage(body), share);
    const event = sealEvent(body, lone);
    expect(ledgerOf(...adopted).append(event.bytes)).toEqual(refused("BadSignature"));
  });

  test("of one signer repeated: there is none", () => {
    const body = bodyOf();
    expect(() => signedBy([ids[0], ids[0]], signedMessage(body))).toThrow(/invalid parameters/);
  });

  test("over another event: refused", () => {
    const body = bodyOf();
    const event = sealEvent({ ...body, epoch: 2 }, signedBy(ids, signedMessage(body)));
    expect(ledgerOf(...adopted).append(event.bytes)).toEqual(refused("BadSignature"));
  });

  test("of an old key, or of signers that are out: refused from the change of key on", () => {
    const next = { ...groupKeyOf(2), generation: 2, from: 10 };
    const changed = accountEvent("ChangeGroupKey", next, { generation: 1 });
    const { bytes: _b, hash: _h, ...change } = changed;
    const ledger = ledgerOf(...adopted, sealEvent(change, signedBy(ids, signedMessage(change))));
    const late = { ...bodyOf(), epoch: 10 };
    const event = sealEvent(late, signedBy(ids, signedMessage(late)));
    expect(ledger.append(event.bytes)).toEqual(refused("StaleKey"));
  });
});

describe("counters", () => {
  const reserve = (start: number, size: number, expires: number) =>
    accountEvent(
      "ReserveCounterRange",
      { relationship: RELATIONSHIP, start, size, device: "bob", expires },
      { generation: 1 },
    );

  test("expired reservation: its values are not given out again", () => {
    const ledger = ledgerOf(...adoptions(), reserve(1, 5, 3), stepEvent("alice", { epoch: 9 }));
    expect(ledger.state.counter(RELATIONSHIP).value).toBe(5);
    ledger.append(reserve(1, 5, 30).bytes);
    expect(ledger.state.counter(RELATIONSHIP)).toMatchObject({
      value: 5,
      latest: [{ expires: 3 }],
    });
  });

  test("overflow: a range beyond the last value is no range", () => {
    const start = 2 ** 48 - 4;
    expect(() => reserve(start, 5, 30)).toThrow(/beyond the last value/);
    expect(reserve(start, 4, 30).payload).toMatchObject({ start });
  });

  test("replayed counter: a value is given out once", () => {
    const step = (previous: number, device: string) =>
      accountEvent(
        "IncrementCounter",
        { relationship: RELATIONSHIP, previous, device },
        { generation: 1 },
      );
    const ledger = ledgerOf(...adoptions(), step(0, "alice"), step(1, "bob"));
    ledger.append(step(1, "alice").bytes);
    expect(ledger.state.counter(RELATIONSHIP).value).toBe(2);
  });
});

test("a device that was added is told apart from one of its name in another account", () => {
  const ledger = ledgerOf(...adoptions(), addFrank());
  expect(ledger.state.member("frank")).toMatchObject(memberKeys("frank"));
});
