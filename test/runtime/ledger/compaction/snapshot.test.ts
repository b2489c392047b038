/** Closed sessions are forgotten with the group's consent, and what was in them can still be proved. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { toHex } from "../../../../runtime/crypto/hash.ts";
import {
  closedProof,
  snapshotOf,
  verifiesClosed,
} from "../../../../runtime/ledger/compaction/snapshot.ts";
import type { SignedEvent } from "../../../../runtime/ledger/envelope.ts";
import { MemoryLedger } from "../../../../runtime/ledger/memory.ts";
import { seedFor } from "../../../seed.ts";
import { sessionOf, story } from "./fixtures.ts";
import {
  ROSTER,
  accountEvent,
  addFrank,
  adoptions,
  groupPair,
  stepEvent,
} from "../../account/fixtures.ts";

const seed = seedFor("test/runtime/ledger/compaction/snapshot.test.ts");

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

  test("drops nothing where the replica lacks an event, and says so", () => {
    const ledger = filled(...story(1));
    const snapshot = commit(ledger);
    const lacking = filled(...story(1).slice(1), snapshot);
    expect(lacking.compact()).toEqual([]);
    const { id } = sessionOf(1);
    expect(lacking.unclosed()).toMatchObject([{ session: id, events: story(1).length - 1 }]);
    for (const { bytes } of story(1)) lacking.append(bytes);
    expect(lacking.compact()).toEqual([sessionOf(1).id]);
    expect(lacking.unclosed()).toEqual([]);
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

describe("an event that was dated back, and is not in the snapshot", () => {
  const { id } = sessionOf(1);
  const signed = commit(filled(...story(1)));
  const late = (author: string, nonce: number, fields: object = {}) =>
    stepEvent(author, { session: id, step: "Late", nonce, ...fields });
  /** All that depends on the events of the session. */
  const viewOf = (ledger: MemoryLedger) => [
    hashOf(ledger),
    ledger.epoch,
    ledger.state.epoch,
    ledger.state.session(id),
    ledger.closed(id),
    ledger.events({ session: id }).map(({ hash }) => hash),
    ledger.forks(id),
    ledger.heads(id),
  ];
  const expected = () => {
    const ledger = filled(...story(1), signed);
    ledger.compact();
    return viewOf(ledger);
  };

  test("is taken back for good, and refused as Closed", () => {
    const event = late("bob", 9);
    const ledger = filled(event, ...story(1), signed);
    const gone: string[] = [];
    ledger.onRetract(({ hash }) => gone.push(hash));
    expect(ledger.unclosed()).toEqual([]);
    expect(ledger.compact()).toEqual([id]);
    expect(gone).toEqual([event.hash]);
    expect(ledger.get(event.hash)).toBeUndefined();
    expect(ledger.quarantined()).toMatchObject([{ reason: "Closed", detail: event.hash }]);
    expect(ledger.append(event.bytes)).toEqual({ status: "quarantined", reason: "Closed" });
    expect(viewOf(ledger)).toEqual(expected());
  });

  test("takes nothing away that its author wrote before, and no other epoch with it", () => {
    const ledger = filled(...story(1), late("bob", 2), signed);
    const pushed = filled(...story(1), late("bob", 9, { epoch: 90 }), signed);
    for (const each of [ledger, pushed]) {
      each.compact();
      expect(viewOf(each)).toEqual(expected());
    }
  });

  test("is found with the word of another replica where it cannot be told from the rest", () => {
    const first = late("bob", 9);
    const followed = late("carol", 9, { parents: [first.hash] });
    const ledger = filled(first, followed, late("carol", 0), ...story(1), signed);
    expect(ledger.compact()).toEqual([]);
    const [stuck] = ledger.unclosed();
    expect(stuck).toMatchObject({ session: id, events: story(1).length + 3 });
    expect(stuck?.loose).not.toContain(first.hash);
    const other = filled(...story(1), signed);
    other.compact();
    const told = other.closed(id) ?? { session: id, hashes: [] };
    expect(ledger.learnClosed({ ...told, hashes: told.hashes.slice(1) })).toBe(false);
    expect(ledger.learnClosed({ ...told, hashes: ["no hash"] })).toBe(false);
    expect(ledger.learnClosed(told)).toBe(true);
    expect(ledger.compact()).toEqual([id]);
    expect(viewOf(ledger)).toEqual(expected());
  });

  test("does not let a session be closed a second time, with another root", () => {
    const ledger = filled(...story(1), late("bob", 9), late("carol", 2), signed);
    expect(snapshotOf(ledger, 100).closed).toEqual([]);
  });

  test("leaves replicas alike, whatever the order of events, snapshot and compaction", () => {
    const lates = [
      [late("bob", 9)],
      [late("carol", 3)],
      [late("bob", 5), late("bob", 6, { parents: [late("bob", 5).hash] })],
      [late("alice", 0, { step: "completed.leader", payload: { role: "leader", blamed: [] } })],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...lates), fc.infiniteStream(fc.nat()), (extra, draws) => {
        const events = [...adoptions(), ...story(1), ...extra, signed]
          .map((event) => ({ event, key: Number(draws.next().value) }))
          .sort((a, b) => a.key - b.key);
        const ledger = new MemoryLedger(ROSTER);
        for (const { event, key } of events) {
          ledger.append(event.bytes);
          if (key % 3 === 0) ledger.compact();
        }
        ledger.compact();
        expect(viewOf(ledger)).toEqual(expected());
        expect(ledger.quarantined().map(({ reason }) => reason)).toContain("Closed");
      }),
      { seed, numRuns: 60 },
    );
  });

  test("that waited for a word of the account does not come in afterwards", () => {
    const frank = stepEvent("frank", { session: id, step: "Late" });
    const ledger = filled(...story(1), frank, signed);
    ledger.compact();
    ledger.append(addFrank().bytes);
    expect(ledger.get(frank.hash)).toBeUndefined();
    expect(viewOf(ledger).slice(3)).toEqual(expected().slice(3));
  });
});
