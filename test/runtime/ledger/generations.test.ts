/** Replicas agree on the generation of a document, whatever a hostile peer does to it. */

import * as Automerge from "@automerge/automerge/slim";
import { describe, expect, test } from "vitest";

import { toHex } from "../../../runtime/crypto/hash.ts";
import { loadAutomerge } from "../../../runtime/ledger/automerge-node.ts";
import type { AutomergeLedger } from "../../../runtime/ledger/automerge.ts";
import { encode } from "../../../runtime/ledger/cbor.ts";
import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import { readFrame } from "../../../runtime/ledger/frames.ts";
import { replicate } from "../../../runtime/ledger/replicator.ts";
import { FULL_CHANGES, MAX_GENERATIONS } from "../../../runtime/ledger/vehicle.ts";
import { inProcessChannel } from "../../../runtime/transport/channel.ts";
import { actorOf, bucket, documentOf, genesis, nameOf } from "./documents.ts";
import { ROSTER, SESSION, automergeLedger, eventOf, reasonsOf } from "./fixtures.ts";
import { mailbox, mesh } from "./mesh.ts";

loadAutomerge();

const SESSIONS = [
  ["a session", SESSION],
  ["the account", ROSTER.account],
] as const;

function expectAgreement(
  ledgers: readonly AutomergeLedger[],
  session: string,
  events: readonly SignedEvent[],
): void {
  const hashes = events.map(({ hash }) => hash).sort();
  for (const ledger of ledgers) {
    const held = new Set(ledger.events({ session }).map(({ hash }) => hash));
    expect(hashes.filter((hash) => !held.has(hash))).toEqual([]);
    expect(held.size).toBe(hashes.length);
    expect(ledger.generations(session)).toEqual(ledgers[0]?.generations(session));
  }
  expect(new Set(ledgers.map((ledger) => toHex(ledger.digest(session)))).size).toBe(1);
}

/** Alice, Bob and Carol connected with each other, and Mallory connected with each of them. */
function besieged(session: string) {
  const { ledgers, settle: settleMesh, reconcile } = mesh(3);
  const { deliver, settle: settleMallory } = mailbox();
  const settle = (): void => {
    settleMesh();
    settleMallory();
    settleMesh();
  };
  const heard: Uint8Array[] = [];
  const lines = ledgers.map((ledger) => {
    const [theirs, own] = inProcessChannel({ deliver });
    replicate(ledger, own, "erin");
    theirs.onMessage((bytes) => {
      const reading = readFrame(bytes);
      if (reading.ok && reading.frame.kind === "change") heard.push(reading.frame.change);
    });
    return theirs;
  });
  const say = (to: number, frame: unknown): void => lines[to]?.send(encode(frame));
  /** Tells one replica a change under another's name, with the number of that one's next change. */
  const forge = (to: number, victim: string, generation: number, next: number): void => {
    const name = nameOf(session, 0, generation);
    const { actor } = documentOf(`${victim} 0`, name);
    const own = heard.filter((change) => actorOf(change) === actor);
    const [doc] = Automerge.applyChanges(Automerge.init<Record<string, unknown>>({ actor }), [
      ...genesis(name),
      ...own,
    ]);
    const junk = "ab".repeat(32);
    let forged = doc;
    for (let count = 0; count < next; count += 1) {
      forged = Automerge.change(forged, { time: 0 }, (root) => {
        const map = session === ROSTER.account ? bucket(root, junk) : root;
        map[junk] = Uint8Array.of(count);
      });
      const change = Automerge.getLastLocalChange(forged);
      say(to, { kind: "change", name, change, sentTo: ["alice", "bob", "carol"] });
    }
  };
  return { ledgers, settle, reconcile, forge, say };
}

describe.each(SESSIONS)("documents of %s", (_, session) => {
  test("are replaced once when two replicas notice a split at the same time", () => {
    const { ledgers, settle, forge } = besieged(session);
    const [alice, bob, carol] = ledgers;
    const events = [0, 1].map((nonce) => eventOf({ nonce, session }));
    alice?.append(events[0]?.bytes ?? new Uint8Array());
    settle();
    // Bob and Carol hear the forgery before Alice's own change of the same number.
    forge(1, "alice", 0, 1);
    forge(2, "alice", 0, 1);
    alice?.append(events[1]?.bytes ?? new Uint8Array());
    settle();
    const late = eventOf({ author: "carol", session });
    carol?.append(late.bytes);
    settle();
    expectAgreement(ledgers, session, [...events, late]);
    for (const ledger of [bob, carol]) {
      expect(reasonsOf(ledger ?? automergeLedger("bob"))).toContain("DocumentSetAside");
    }
    expect(alice?.generations(session)).toEqual([1]);
  });

  test("that a hostile peer splits again and again are given up, and events still arrive", () => {
    const { ledgers, settle, forge, reconcile } = besieged(session);
    const [alice, bob, carol] = ledgers;
    const events: SignedEvent[] = [];
    for (let round = 0; round < MAX_GENERATIONS + 4; round += 1) {
      const generation = bob?.generations(session)[0] ?? 0;
      for (const victim of ["alice", "bob", "carol"]) forge(1, victim, generation, 3);
      for (const [at, author] of ["alice", "bob", "carol"].entries()) {
        const event = eventOf({ author, nonce: round, session });
        events.push(event);
        ledgers[at]?.append(event.bytes);
      }
      settle();
    }
    reconcile();
    settle();
    expectAgreement(ledgers, session, events);
    expect(bob?.generations(session)).toEqual([MAX_GENERATIONS]);
    expect(carol?.gaveUp(session)).toBe(true);
    // A late device gets everything without documents.
    const { deliver, settle: settleLate } = mailbox();
    const late = automergeLedger("dave");
    const [a, b] = inProcessChannel({ deliver });
    replicate(alice ?? late, a, "dave");
    replicate(late, b, "alice");
    settleLate();
    expectAgreement([...ledgers, late], session, events);
  });

  test("a claim of a higher generation is followed by all, and costs no event", () => {
    const { ledgers, settle, say } = besieged(session);
    const events = [0, 1, 2].map((nonce) => eventOf({ nonce, session }));
    for (const { bytes } of events) ledgers[0]?.append(bytes);
    settle();
    const claim = { session, events: new Uint8Array(32), generations: [3] };
    say(1, { kind: "digest", sessions: [claim] });
    settle();
    const next = eventOf({ author: "bob", session });
    ledgers[1]?.append(next.bytes);
    settle();
    expectAgreement(ledgers, session, [...events, next]);
    expect(ledgers[0]?.generations(session)).toEqual([3]);
    for (const ledger of ledgers) expect(reasonsOf(ledger)).toContain("DocumentAdopted");
  });

  test("a device that was offline while the generation rose catches up, and brings its events", () => {
    const { ledgers, settle, say } = besieged(session);
    const { deliver, settle: settleLate } = mailbox();
    const dave = automergeLedger("dave");
    const own = eventOf({ author: "dave", session });
    dave.append(own.bytes);
    const event = eventOf({ session });
    ledgers[0]?.append(event.bytes);
    const claim = { session, events: new Uint8Array(32), generations: [2] };
    for (const to of [0, 1, 2]) say(to, { kind: "digest", sessions: [claim] });
    settle();
    const [a, b] = inProcessChannel({ deliver });
    replicate(ledgers[0] ?? dave, a, "dave");
    replicate(dave, b, "alice");
    settleLate();
    settle();
    expectAgreement([...ledgers, dave], session, [event, own]);
  });
});

describe("documents of the account", () => {
  const session = ROSTER.account;

  test("that are full are followed by another, and a late device gets both", () => {
    const { ledgers, settle } = mesh(2);
    const [alice] = ledgers;
    const count = FULL_CHANGES + 20;
    const events = Array.from({ length: count }, (_unused, nonce) => eventOf({ nonce, session }));
    for (const { bytes } of events) alice?.append(bytes);
    settle();
    expectAgreement(ledgers, session, events);
    expect(alice?.generations(session)).toEqual([0, 0]);
    const { deliver, settle: settleLate } = mailbox();
    const late = automergeLedger("dave");
    const [a, b] = inProcessChannel({ deliver });
    replicate(alice ?? late, a, "dave");
    replicate(late, b, "alice");
    settleLate();
    expectAgreement([...ledgers, late], session, events);
    for (const ledger of [...ledgers, late]) expect(ledger.quarantined()).toEqual([]);
  });
});
