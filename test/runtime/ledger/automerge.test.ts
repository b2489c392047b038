import * as Automerge from "@automerge/automerge/slim";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { loadAutomerge } from "../../../runtime/ledger/automerge-node.ts";
import type { AutomergeLedger } from "../../../runtime/ledger/automerge.ts";
import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import type { GossipListener } from "../../../runtime/ledger/gossip.ts";
import { MemoryLedger } from "../../../runtime/ledger/memory.ts";
import { type DocumentName, EventDocument } from "../../../runtime/ledger/document.ts";
import { SyncState } from "../../../runtime/ledger/sync-state.ts";
import {
  OTHER_SESSION,
  ROSTER,
  SESSION,
  automergeLedger,
  eventOf,
  failure,
  historyOf,
  reasonsOf,
} from "./fixtures.ts";

loadAutomerge();

/** The changes that a replica hands out from now on. */
function changesOf(ledger: AutomergeLedger, peer = "erin"): readonly Uint8Array[] {
  const changes: Uint8Array[] = [];
  const listener: GossipListener = {
    peer,
    change: (_name, change) => changes.push(change),
    event: () => undefined,
    advanced: () => undefined,
  };
  ledger.connect(listener);
  return changes;
}

/** A document of Mallory's, who follows no rules, on top of these changes. */
function mallorys(
  changes: readonly Uint8Array[],
  edit: (root: Record<string, unknown>) => void,
  actor = "ba".repeat(16),
): Uint8Array {
  const empty = Automerge.init<Record<string, unknown>>({ actor });
  const [doc] = Automerge.applyChanges(empty, [...genesis(), ...changes]);
  const last = Automerge.getLastLocalChange(Automerge.change(doc, { time: 0 }, edit));
  if (last === undefined) throw new Error("no change");
  return last;
}

function nameOf(session = SESSION): DocumentName {
  return { session, epoch: 0, generation: 0 };
}

function documentOf(writer: string, session = SESSION): EventDocument {
  const name = nameOf(session);
  return new EventDocument({ account: ROSTER.account, name, layout: "flat", writer });
}

function genesis(session = SESSION): readonly Uint8Array[] {
  return documentOf("anybody", session).changesSince([]);
}

/** Runs the synchronisation of two replicas to its end. Returns the number of messages. */
function synchronise(left: AutomergeLedger, right: AutomergeLedger, session = SESSION): number {
  let messages = 0;
  let [ours, theirs] = [SyncState.fresh(), SyncState.fresh()];
  for (let quiet = false; !quiet;) {
    quiet = true;
    const [ourNext, ourMessage] = left.nextSyncMessage(nameOf(session), ours) ?? [ours, null];
    ours = ourNext;
    if (ourMessage !== null) {
      theirs = right.receiveSyncMessage(nameOf(session), theirs, ourMessage, "alice") ?? theirs;
      [messages, quiet] = [messages + 1, false];
    }
    const [theirNext, theirMessage] = right.nextSyncMessage(nameOf(session), theirs) ?? [
      theirs,
      null,
    ];
    theirs = theirNext;
    if (theirMessage !== null) {
      ours = left.receiveSyncMessage(nameOf(session), ours, theirMessage, "bob") ?? ours;
      [messages, quiet] = [messages + 1, false];
    }
  }
  return messages;
}

function hashesOf(ledger: MemoryLedger, session = SESSION): readonly string[] {
  return ledger.events({ session }).map(({ hash }) => hash);
}

describe("session documents", () => {
  test("made apart start with the same bytes, one genesis a session", () => {
    expect(genesis()).toEqual(genesis());
    expect(genesis()).not.toEqual(genesis(OTHER_SESSION));
    const heads = ["a", "b"].map((writer) => documentOf(writer).heads());
    expect(heads[0]).toEqual(heads[1]);
  });

  test("the same appends give the same changes, byte for byte", () => {
    const runs = [1, 2].map(() => {
      const ledger = automergeLedger("alice");
      const changes = changesOf(ledger);
      for (const { bytes } of historyOf([3, 5, 8, 13])) ledger.append(bytes);
      return changes;
    });
    expect(runs[0]).toHaveLength(4);
    expect(runs[0]).toEqual(runs[1]);
    const times = runs.flat().map((change) => Automerge.decodeChange(change).time);
    expect(new Set(times)).toEqual(new Set([0]));
  });

  test("split and merged replicas agree, with each other and with a ledger in memory", () => {
    const numbers = fc.array(fc.nat({ max: 1 << 16 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(numbers, fc.infiniteStream(fc.boolean()), (choices, sides) => {
        const [alice, bob] = [automergeLedger("alice"), automergeLedger("bob")];
        const memory = new MemoryLedger(ROSTER);
        for (const { bytes } of historyOf(choices)) {
          (sides.next().value === true ? alice : bob).append(bytes);
          memory.append(bytes);
        }
        for (const session of [SESSION, OTHER_SESSION]) {
          synchronise(alice, bob, session);
          expect(hashesOf(alice, session)).toEqual(hashesOf(memory, session));
          expect(hashesOf(bob, session)).toEqual(hashesOf(memory, session));
          expect(alice.heads(session)).toEqual(memory.heads(session));
          expect(alice.digest(session)).toEqual(bob.digest(session));
        }
        expect([...alice.quarantined(), ...bob.quarantined()]).toEqual([]);
      }),
      { seed: 11, numRuns: 15 },
    );
  });

  test("concurrent writes of one event on two replicas are one event", () => {
    const [alice, bob] = [automergeLedger("alice"), automergeLedger("bob")];
    const { bytes, hash } = eventOf();
    for (const ledger of [alice, bob]) ledger.append(bytes);
    synchronise(alice, bob);
    expect([hashesOf(alice), hashesOf(bob)]).toEqual([[hash], [hash]]);
    expect([...alice.quarantined(), ...bob.quarantined()]).toEqual([]);
  });

  test("a device that the account was not made with opens a ledger, under a proper id only", () => {
    expect(automergeLedger("added-later").append(eventOf().bytes).status).toBe("admitted");
    expect(failure(() => automergeLedger("Not an id")).code).toBe("InvalidInput");
  });
});

describe("changes of peers", () => {
  test("bring each event to subscribers once", () => {
    const [alice, bob] = [automergeLedger("alice"), automergeLedger("bob")];
    const changes = changesOf(alice);
    const heard: string[] = [];
    bob.subscribe(({ hash }) => heard.push(hash));
    const events = [0, 1].map((nonce) => eventOf({ nonce }));
    for (const { bytes } of events) alice.append(bytes);
    const outcomes = [...changes, ...changes].map((change) =>
      bob.receiveChange(nameOf(), change, []),
    );
    expect(outcomes).toEqual(["applied", "applied", "known", "known"]);
    synchronise(alice, bob);
    expect(heard).toEqual(events.map(({ hash }) => hash));
  });

  test("that come early are a gap, but their events count at once", () => {
    const [alice, bob] = [automergeLedger("alice"), automergeLedger("bob")];
    const changes = changesOf(alice);
    const [first, second] = [0, 1].map((nonce) => eventOf({ nonce }));
    for (const event of [first, second]) alice.append(event?.bytes ?? new Uint8Array());
    expect(bob.receiveChange(nameOf(), changes[1] ?? new Uint8Array(), [])).toBe("gap");
    expect(hashesOf(bob)).toEqual([second?.hash]);
    synchronise(alice, bob);
    expect(hashesOf(bob)).toEqual(hashesOf(alice));
  });

  test("cannot delete or overwrite an admitted event, not even for a replica that joins later", () => {
    const alice = automergeLedger("alice");
    const changes = changesOf(alice);
    const events = [0, 1].map((nonce) => eventOf({ nonce }));
    for (const { bytes } of events) alice.append(bytes);
    const hashes = hashesOf(alice);
    const [deleted = "", overwritten = ""] = hashes;
    const attack = mallorys(changes, (root) => {
      delete root[deleted];
      root[overwritten] = eventOf({ nonce: 7 }).bytes;
    });
    expect(alice.receiveChange(nameOf(), attack, [])).toBe("applied");
    expect(reasonsOf(alice)).toEqual(["Deleted", "KeyMismatch", "Overwritten"]);
    expect(hashesOf(alice)).toEqual(hashes);
    const late = automergeLedger("carol");
    synchronise(alice, late);
    expect(hashesOf(late)).toEqual(hashes);
    expect(reasonsOf(late)).toEqual(["Deleted", "KeyMismatch", "Overwritten"]);
  });

  test("whose entries are no events are listed, and the rest of the change counts", () => {
    const bob = automergeLedger("bob");
    const good = eventOf();
    const astray = eventOf({ session: OTHER_SESSION });
    const forged = eventOf({}, "mallory");
    const nested = eventOf({ nonce: 3 });
    const attack = mallorys([], (root) => {
      root["00".repeat(32)] = good.bytes;
      root[good.hash] = good.bytes;
      root[astray.hash] = astray.bytes;
      root[forged.hash] = forged.bytes;
      root["text"] = "text";
      root["number"] = 1;
      root["nested"] = { [nested.hash]: nested.bytes };
    });
    expect(bob.receiveChange(nameOf(), attack, [])).toBe("applied");
    expect(hashesOf(bob)).toEqual([good.hash]);
    const reasons = new Set(reasonsOf(bob));
    for (const reason of ["KeyMismatch", "WrongSession", "BadSignature", "NotAnEntry"]) {
      expect(reasons).toContain(reason);
    }
    expect(hashesOf(bob, OTHER_SESSION)).toEqual([]);
  });

  test("that are garbage are refused and harm nothing", () => {
    const [alice, bob] = [automergeLedger("alice"), automergeLedger("bob")];
    const changes = changesOf(alice);
    alice.append(eventOf().bytes);
    const [change = new Uint8Array()] = changes;
    const garbage = [
      new Uint8Array(),
      Uint8Array.of(0xf6),
      change.subarray(0, 40),
      change.map((byte, at) => (at === change.length - 1 ? byte ^ 1 : byte)),
    ];
    for (const bytes of garbage) expect(bob.receiveChange(nameOf(), bytes, [])).toBe("refused");
    expect(reasonsOf(bob)).toEqual(garbage.map(() => "BadChange"));
    for (const bytes of garbage) {
      expect(bob.receiveSyncMessage(nameOf(), SyncState.fresh(), bytes, "erin")).toBeUndefined();
    }
    expect(reasonsOf(bob).slice(garbage.length)).toEqual(garbage.map(() => "BadSync"));
    synchronise(alice, bob);
    expect(hashesOf(bob)).toEqual(hashesOf(alice));
  });

  test("forged under a device's name split the document, not the set of events", () => {
    const [alice, bob] = [automergeLedger("alice"), automergeLedger("bob")];
    const changes = changesOf(alice);
    const event = eventOf();
    alice.append(event.bytes);
    const [genuine = new Uint8Array()] = changes;
    const { actor } = Automerge.decodeChange(genuine);
    const forged = mallorys([], (root) => (root["ab"] = Uint8Array.of(1)), actor);
    expect(bob.receiveChange(nameOf(), forged, [])).toBe("applied");
    const relayed = changesOf(bob);
    expect(bob.receiveChange(nameOf(), genuine, ["alice"])).toBe("refused");
    expect(hashesOf(bob)).toEqual([event.hash]);
    // Bob puts the event under his own name, so that it still travels in documents.
    const carol = automergeLedger("carol");
    for (const change of [forged, ...relayed]) carol.receiveChange(nameOf(), change, []);
    expect(hashesOf(carol)).toEqual([event.hash]);
  });

  test("that occupy an event's key do not keep the event out of the document", () => {
    const [bob, carol] = [automergeLedger("bob"), automergeLedger("carol")];
    const { bytes, hash } = eventOf();
    const squat = mallorys([], (root) => (root[hash] = Uint8Array.of(1)));
    bob.receiveChange(nameOf(), squat, []);
    const changes = changesOf(bob);
    bob.append(bytes);
    for (const change of [squat, ...changes]) carol.receiveChange(nameOf(), change, []);
    expect(hashesOf(carol)).toEqual([hash]);
  });

  test("of unknown sessions open at most so many documents, and those with events stay", () => {
    const bob = automergeLedger("bob");
    const event = eventOf();
    bob.append(event.bytes);
    const state = SyncState.fresh();
    for (let i = 0; i < 4_200; i += 1) bob.nextSyncMessage(nameOf(i.toString(16)), state);
    expect(bob.sessions()).toHaveLength(4_096);
    expect(bob.sessions()).toEqual(expect.arrayContaining([SESSION, (4_199).toString(16)]));
    const change = mallorys([], (root) => (root["ab"] = Uint8Array.of(1)));
    expect(bob.receiveChange(nameOf(), change, [])).toBe("applied");
  });
});

describe("gossip", () => {
  test("names everybody that a change is sent to, and skips those who have it", () => {
    const bob = automergeLedger("bob");
    const sent: string[] = [];
    for (const peer of ["alice", "carol", "dave"]) {
      bob.connect({
        peer,
        event: () => undefined,
        change: (_name, _change, sentTo) => sent.push(`${peer}: ${[...sentTo].sort().join()}`),
        advanced: () => undefined,
      });
    }
    const everybody = "alice,bob,carol,dave";
    bob.append(eventOf({ author: "bob" }).bytes);
    expect(sent.splice(0)).toEqual(["alice", "carol", "dave"].map((to) => `${to}: ${everybody}`));
    const alice = automergeLedger("alice");
    const [change = new Uint8Array()] = fill(alice, eventOf());
    bob.receiveChange(nameOf(), change, ["alice", "carol"]);
    expect(sent).toEqual([`dave: ${everybody}`]);
  });
});

function fill(ledger: AutomergeLedger, event: SignedEvent): readonly Uint8Array[] {
  const changes = changesOf(ledger);
  ledger.append(event.bytes);
  return changes;
}
