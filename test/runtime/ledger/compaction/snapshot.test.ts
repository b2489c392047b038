/** Closed sessions are forgotten with the group's consent, and what was in them can still be proved. */
import { describe, expect, test } from "vitest";

import { toHex } from "../../../../runtime/crypto/hash.ts";
import {
  closedProof,
  snapshotOf,
  verifiesClosed,
} from "../../../../runtime/ledger/compaction/snapshot.ts";
import type { SignedEvent } from "../../../../runtime/ledger/envelope.ts";
import { MemoryLedger } from "../../../../runtime/ledger/memory.ts";
import { sessionOf, story } from "./fixtures.ts";
import { ROSTER, accountEvent, adoptions, groupPair, stepEvent } from "../../account/fixtures.ts";

function filled(...events: readonly SignedEvent[]): MemoryLedger {
  const ledger = new MemoryLedger(ROSTER);
  for (const { bytes } of [...adoptions(), ...events]) ledger.append(bytes);
  return ledger;
}

const commit = (ledger: MemoryLedger, before = 100) =>
  accountEvent("CommitSnapshot", snapshotOf(ledger, before), { generation: 1 });

const hashOf = (ledger: MemoryLedger) => toHex(ledger.state.hash());

describe("a snapshot", () => {
  test("closes the sessions that are over and were last written to before its epoch", () => {
    const open = stepEvent("bob", { session: sessionOf(3).id });
    const ledger = filled(...story(1), ...story(2), open);
    const closed = (before: number) =>
      snapshotOf(ledger, before).closed.map(({ session }) => session);
    expect(closed(100)).toEqual([sessionOf(1).id, sessionOf(2).id].sort());
    expect(closed(7)).toEqual([]);
  });

  test("says the same on every replica, and its events go while the state stays", () => {
    const [one, two] = [filled(...story(1)), filled(...story(1).toReversed())];
    expect(snapshotOf(one, 100)).toEqual(snapshotOf(two, 100));
    const snapshot = commit(one);
    for (const ledger of [one, two]) ledger.append(snapshot.bytes);
    const before = hashOf(one);
    expect(one.compact()).toEqual([sessionOf(1).id]);
    expect(one.compact()).toEqual([]);
    expect([hashOf(one), hashOf(two)]).toEqual([before, before]);
    const left = one
      .events({ session: sessionOf(1).id })
      .map(({ step, author }) => `${author} ${step}`);
    // How it ended, and the last word of each.
    expect(left.sort()).toEqual([
      "alice completed.leader",
      "alice opened",
      "bob Step4",
      "carol Step4",
    ]);
    expect(one.state.session(sessionOf(1).id)).toMatchObject({ status: "Completed" });
  });

  test("from what is left, a replica starts again with the same state", () => {
    const ledger = filled(...story(1), ...story(2));
    ledger.append(commit(ledger).bytes);
    ledger.compact();
    const sessions = [ROSTER.account, sessionOf(1).id, sessionOf(2).id];
    const again = new MemoryLedger(ROSTER);
    for (const session of sessions) {
      for (const { bytes } of ledger.events({ session })) again.append(bytes);
    }
    expect(hashOf(again)).toBe(hashOf(ledger));
    expect(again.state.epoch).toBe(ledger.state.epoch);
  });

  test("keeps what was dropped from coming back, and anything else out", () => {
    const ledger = filled(...story(1));
    ledger.append(commit(ledger).bytes);
    ledger.compact();
    const dropped = story(1).find(({ step, author }) => step === "Step1" && author === "bob");
    expect(ledger.append(dropped?.bytes ?? new Uint8Array()).status).toBe("known");
    const late = stepEvent("bob", { session: sessionOf(1).id, step: "Late", nonce: 9 });
    expect(ledger.append(late.bytes)).toEqual({ status: "quarantined", reason: "Closed" });
  });

  test("drops nothing where the replica holds other events than it says", () => {
    const ledger = filled(...story(1));
    const snapshot = commit(ledger);
    const late = stepEvent("bob", { session: sessionOf(1).id, step: "Late", nonce: 9 });
    ledger.append(late.bytes);
    ledger.append(snapshot.bytes);
    expect(ledger.compact()).toEqual([]);
    const lacking = filled(...story(1).slice(1), snapshot);
    expect(lacking.compact()).toEqual([]);
    for (const { bytes } of story(1)) lacking.append(bytes);
    expect(lacking.compact()).toEqual([sessionOf(1).id]);
  });

  test("drops nothing without the group's signature", () => {
    const ledger = filled(...story(1));
    const forged = accountEvent("CommitSnapshot", snapshotOf(ledger, 100), {
      generation: 1,
      signer: "alice",
    });
    expect(ledger.append(forged.bytes)).toEqual({ status: "quarantined", reason: "BadSignature" });
    expect(ledger.compact()).toEqual([]);
  });

  test("lets whoever kept an event prove to a third party that it was there", () => {
    const ledger = filled(...story(1));
    const event = story(1).find(({ step }) => step === "Step2");
    const snapshot = commit(ledger);
    ledger.append(snapshot.bytes);
    ledger.compact();
    const closed = ledger.closed(sessionOf(1).id);
    if (closed === undefined || event === undefined) throw new Error("nothing is closed");
    const proof = closedProof(closed, event);
    if (proof === undefined) throw new Error("no proof");
    const { publicKey } = groupPair(1);
    expect(verifiesClosed(proof, snapshot, publicKey)).toBe(true);
    expect(verifiesClosed(proof, snapshot, groupPair(2).publicKey)).toBe(false);
    const other = stepEvent("bob", { session: sessionOf(1).id, step: "Late" });
    expect(verifiesClosed({ ...proof, event: other.bytes }, snapshot, publicKey)).toBe(false);
    expect(closedProof(closed, other)).toBeUndefined();
  });
});
