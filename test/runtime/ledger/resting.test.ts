import { describe, expect, test } from "vitest";

import { toHex, sha256 } from "../../../runtime/crypto/hash.ts";
import { loadAutomerge } from "../../../runtime/ledger/automerge-node.ts";
import { AutomergeLedger } from "../../../runtime/ledger/automerge.ts";
import type { DocumentName } from "../../../runtime/ledger/document.ts";
import { EventDocument } from "../../../runtime/ledger/document.ts";
import { SyncState } from "../../../runtime/ledger/sync-state.ts";
import { readChange } from "../../../runtime/ledger/document-layout.ts";
import { MAX_READY } from "../../../runtime/ledger/vehicles.ts";
import { documentOf, nameOf } from "./documents.ts";
import { ROSTER, automergeLedger, eventOf } from "./fixtures.ts";
import { heldBy } from "./store/fixtures.ts";

loadAutomerge();

const SESSIONS = Array.from({ length: MAX_READY + 8 }, (_, at) => toHex(sha256(Uint8Array.of(at))));

type Peer = readonly [name: string, ledger: AutomergeLedger];

/** Tells one replica of the changes of another; returns what became of them. */
function tell([from, ledger]: Peer, [to, other]: Peer): readonly string[] {
  const outcomes: string[] = [];
  ledger.connect({
    peer: to,
    change: (name, change) => outcomes.push(other.receiveChange(name, change, [from])),
    event: ({ bytes }) => other.receiveEvent(bytes),
    advanced: () => undefined,
  });
  return outcomes;
}

/** An event of each session, in turn, so that every document rests before it is used again. */
function rounds(ledger: AutomergeLedger, author: string, count: number): void {
  for (let nonce = 0; nonce < count; nonce += 1) {
    for (const session of SESSIONS) ledger.append(eventOf({ author, session, nonce }).bytes);
  }
}

describe("documents of sessions that are not in use", () => {
  test("rest, and go on where they were: their writers too", () => {
    const [alice, bob] = [automergeLedger("alice"), automergeLedger("bob")];
    const [told, heard] = [
      tell(["alice", alice], ["bob", bob]),
      tell(["bob", bob], ["alice", alice]),
    ];
    rounds(alice, "alice", 3);
    rounds(bob, "bob", 2);
    rounds(alice, "carol", 1);
    expect(new Set([...told, ...heard])).toEqual(new Set(["applied"]));
    expect(told).toHaveLength(4 * SESSIONS.length);
    expect(heldBy(bob)).toEqual(heldBy(alice));
    expect([...alice.quarantined(), ...bob.quarantined()]).toEqual([]);
    for (const session of SESSIONS) expect(alice.generations(session)).toEqual([0]);
  });

  test("are saved as they are, and synchronise", () => {
    const [alice, erin] = [automergeLedger("alice"), automergeLedger("erin")];
    rounds(alice, "alice", 2);
    const again = new AutomergeLedger({
      roster: ROSTER,
      device: "alice",
      incarnation: 1,
      documents: alice.saveDocuments(),
    });
    for (const session of SESSIONS) {
      expect(again.documents(session)).toEqual([nameOf(session)]);
      synchronise(again, erin, nameOf(session));
    }
    expect(heldBy(erin)).toEqual(heldBy(alice));
  });

  test("weigh little while they rest, and are the same afterwards", () => {
    const document = documentOf("alice");
    const events = Array.from({ length: 20 }, (_, nonce) => eventOf({ nonce }));
    for (const event of events) document.put([event]);
    const [heads, size] = [document.heads(), document.size()];
    document.rest();
    document.rest();
    const { bytes } = document.save();
    expect(document.heads()).toEqual(heads);
    expect(document.size()).toEqual(size);
    expect(document.save().bytes).toEqual(bytes);
    const restored = new EventDocument(
      { account: ROSTER.account, name: nameOf(), layout: "flat", writer: "bob" },
      { name: nameOf(), bytes, carried: [] },
    );
    expect(restored.heads()).toEqual(heads);
    document.rest();
    const change = document.put([eventOf({ nonce: 20 })]);
    expect(readChange(change, "flat")).toMatchObject({ actor: document.actor, deps: heads });
  });
});

function synchronise(a: AutomergeLedger, b: AutomergeLedger, name: DocumentName): void {
  let [stateA, stateB] = [SyncState.fresh(), SyncState.fresh()];
  for (let turn = 0; turn < 10; turn += 1) {
    const [nextA, toB] = a.nextSyncMessage(name, stateA) ?? [stateA, null];
    stateA = nextA;
    if (toB !== null) stateB = b.receiveSyncMessage(name, stateB, toB, "alice") ?? stateB;
    const [nextB, toA] = b.nextSyncMessage(name, stateB) ?? [stateB, null];
    stateB = nextB;
    if (toA !== null) stateA = a.receiveSyncMessage(name, stateA, toA, "erin") ?? stateA;
    if (toA === null && toB === null) return;
  }
  throw new Error("the synchronisation does not end");
}
