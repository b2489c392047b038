/** What a peer can do to a document: no event is lost, and each attempt is reported. */

import * as Automerge from "@automerge/automerge/slim";
import { describe, expect, test } from "vitest";

import { loadAutomerge } from "../../../runtime/ledger/automerge-node.ts";
import type { AutomergeLedger } from "../../../runtime/ledger/automerge.ts";
import type { DocumentName } from "../../../runtime/ledger/document.ts";
import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import { SyncState } from "../../../runtime/ledger/sync-state.ts";
import { MAX_CHANGES } from "../../../runtime/ledger/vehicle.ts";
import {
  MALLORY,
  actorOf,
  bucket,
  changesOf,
  documentOf,
  genesis,
  mallorys,
  mallorysDocument,
  nameOf,
} from "./documents.ts";
import { ROSTER, SESSION, automergeLedger, eventOf, reasonsOf } from "./fixtures.ts";

loadAutomerge();

const LAYOUTS = [
  ["a session's document", SESSION],
  ["the account's document", ROSTER.account],
] as const;

function hashesOf(ledger: AutomergeLedger, session: string): readonly string[] {
  return ledger.events({ session }).map(({ hash }) => hash);
}

/** Alice with two events and the changes that brought them, and Bob who has both. */
function pair(session: string) {
  const [alice, bob] = [automergeLedger("alice"), automergeLedger("bob")];
  const changes = changesOf(alice);
  const events = [0, 1].map((nonce) => eventOf({ nonce, session }));
  for (const { bytes } of events) alice.append(bytes);
  const name = nameOf(session);
  for (const change of changes) bob.receiveChange(name, change, []);
  const hashes = hashesOf(alice, session);
  expect(hashesOf(bob, session)).toEqual(hashes);
  return { alice, bob, changes, hashes, name, events };
}

/** A change of so many equal operations, which takes hardly more bytes than one. */
function bombOf(operations: number): Uint8Array {
  const operation = { action: "set", obj: "_root", key: "x", value: true } as const;
  return Automerge.encodeChange({
    actor: MALLORY,
    author: null,
    seq: 1,
    startOp: 1,
    time: 0,
    message: null,
    deps: [],
    ops: Array.from({ length: operations }, () => ({ ...operation, pred: [] })),
  });
}

/** The map that an event's key is in. */
function home(root: Record<string, unknown>, session: string, key: string) {
  return session === ROSTER.account ? bucket(root, key) : root;
}

/** Bob, and whoever joins with an empty ledger afterwards, hold the same events in a document. */
function expectWhole(bob: AutomergeLedger, session: string, hashes: readonly string[]): void {
  expect(hashesOf(bob, session)).toEqual(hashes);
  const late = automergeLedger("carol");
  for (const name of bob.documents(session)) pump(bob, late, name);
  expect(hashesOf(late, session)).toEqual(hashes);
}

function pump(left: AutomergeLedger, right: AutomergeLedger, name: DocumentName): void {
  let [ours, theirs] = [SyncState.fresh(), SyncState.fresh()];
  for (let quiet = 0; quiet < 2;) {
    const [ourNext, toRight] = left.nextSyncMessage(name, ours) ?? [ours, null];
    ours = ourNext;
    if (toRight !== null)
      theirs = right.receiveSyncMessage(name, theirs, toRight, "alice") ?? theirs;
    const [theirNext, toLeft] = right.nextSyncMessage(name, theirs) ?? [theirs, null];
    theirs = theirNext;
    if (toLeft !== null) ours = left.receiveSyncMessage(name, ours, toLeft, "bob") ?? ours;
    quiet = toRight === null && toLeft === null ? quiet + 1 : 0;
  }
}

/** The message that Mallory's document answers Bob's question with. */
function syncOf(
  doc: ReturnType<typeof mallorysDocument>,
  bob: AutomergeLedger,
  name: DocumentName,
): Uint8Array {
  const [, question] = bob.nextSyncMessage(name, SyncState.fresh()) ?? [];
  if (question === undefined || question === null) throw new Error("Bob asks nothing");
  const [after, state] = Automerge.receiveSyncMessage(doc, Automerge.initSyncState(), question);
  const [, answer] = Automerge.generateSyncMessage(after, state);
  if (answer === null) throw new Error("Mallory answers nothing");
  return answer;
}

describe.each(LAYOUTS)("in %s", (_, session) => {
  test("a deletion is listed, and the event stays", () => {
    const { bob, changes, hashes, name } = pair(session);
    const [key = ""] = hashes;
    const attack = mallorys(changes, (root) => delete home(root, session, key)[key], { name });
    expect(bob.receiveChange(name, attack, [])).toBe("applied");
    expect(reasonsOf(bob)).toEqual(["Deleted"]);
    expectWhole(bob, session, hashes);
  });

  test("an overwritten entry is listed, and the event stays", () => {
    const { bob, changes, hashes, name } = pair(session);
    const [key = ""] = hashes;
    const other = eventOf({ nonce: 7, session }).bytes;
    const attack = mallorys(changes, (root) => (home(root, session, key)[key] = other), { name });
    expect(bob.receiveChange(name, attack, [])).toBe("applied");
    expect(reasonsOf(bob)).toEqual(["KeyMismatch", "Overwritten"]);
    expectWhole(bob, session, hashes);
  });

  test("a change under Bob's own name is listed, and Bob writes on", () => {
    const { bob, changes, hashes, name } = pair(session);
    const { actor } = documentOf("bob 0", name);
    const junk = "ab".repeat(32);
    const forged = mallorys(
      changes,
      (root) => (home(root, session, junk)[junk] = Uint8Array.of(1)),
      { actor, name },
    );
    expect(bob.receiveChange(name, forged, [])).toBe("applied");
    expect(reasonsOf(bob)).toEqual(["ForgedActor", "Malformed"]);
    const own = eventOf({ author: "bob", session });
    bob.append(own.bytes);
    expectWhole(bob, session, [...hashes, own.hash].sort(byOrderOf(bob, session)));
    expect(bob.generations(session)).toEqual([0]);
  });

  test("a sequence number used twice sets the document aside, and its events go on", () => {
    const { bob, changes, hashes, name, alice } = pair(session);
    const [first = new Uint8Array()] = changes;
    const actor = actorOf(first);
    const squat = "cd".repeat(32);
    const forged = mallorys(
      changes,
      (root) => (home(root, session, squat)[squat] = Uint8Array.of(1)),
      { actor, name },
    );
    expect(bob.receiveChange(name, forged, [])).toBe("applied");
    const third = eventOf({ nonce: 2, session });
    alice.append(third.bytes);
    expect(bob.receiveChange(name, changes[2] ?? new Uint8Array(), [])).toBe("refused");
    expect(reasonsOf(bob)).toEqual(["Malformed", "BadChange", "DocumentSetAside"]);
    expect(bob.generations(session)).toEqual([1]);
    expectWhole(bob, session, [...hashes, third.hash].sort(byOrderOf(bob, session)));
    expect(bob.receiveChange(name, changes[2] ?? new Uint8Array(), [])).toBe("older");
  });

  test("the same in a synchronisation sets the document aside, and its events go on", () => {
    const { bob, changes, hashes, name, alice } = pair(session);
    const actor = actorOf(changes[0] ?? new Uint8Array());
    const edit = (root: Record<string, unknown>): void => {
      home(root, session, "ef".repeat(32))["ef".repeat(32)] = Uint8Array.of(1);
    };
    const doc = mallorysDocument(changes, [edit], { actor, name });
    const third = eventOf({ nonce: 2, session });
    alice.append(third.bytes);
    bob.receiveChange(name, changes[2] ?? new Uint8Array(), []);
    const answer = syncOf(doc, bob, name);
    expect(bob.receiveSyncMessage(name, SyncState.fresh(), answer, "erin")).toBeUndefined();
    expect(reasonsOf(bob)).toEqual(["BadSync", "DocumentSetAside"]);
    expectWhole(bob, session, [...hashes, third.hash].sort(byOrderOf(bob, session)));
  });

  test("a change that makes the library panic sets the document aside", () => {
    const { bob, hashes, name } = pair(session);
    const panic = Automerge.encodeChange({
      actor: MALLORY,
      author: null,
      seq: 1,
      startOp: 300,
      time: 0,
      message: null,
      deps: genesis(name).map((change) => Automerge.decodeChange(change).hash),
      ops: [{ action: "set", obj: `7@${"cc".repeat(16)}`, key: "k", value: 1, pred: [] }],
    });
    expect(bob.receiveChange(name, panic, [])).toBe("refused");
    expect(reasonsOf(bob)).toEqual(["NotAnEntry", "BadChange", "DocumentSetAside"]);
    expectWhole(bob, session, hashes);
  });

  test("a map made late holds no events for anybody, and is listed", () => {
    const { bob, changes, hashes, name } = pair(session);
    const hidden = eventOf({ nonce: 9, session });
    const attack = mallorys(changes, (root) => (root["nested"] = { [hidden.hash]: hidden.bytes }), {
      name,
    });
    expect(bob.receiveChange(name, attack, [])).toBe("applied");
    expect(reasonsOf(bob)).toEqual(["NotAnEntry", "NotAnEntry"]);
    expectWhole(bob, session, hashes);
  });

  test("garbage is listed and changes nothing", () => {
    const { bob, changes, hashes, name } = pair(session);
    const [change = new Uint8Array()] = changes;
    const whole = Automerge.save(mallorysDocument(changes, [], { name }));
    const garbage = [new Uint8Array(), change.subarray(0, 50), whole, Uint8Array.of(0xf6)];
    for (const bytes of garbage) expect(bob.receiveChange(name, bytes, [])).toBe("refused");
    expect(reasonsOf(bob)).toEqual(garbage.map(() => "BadChange"));
    expect(bob.generations(session)).toEqual([0]);
    expectWhole(bob, session, hashes);
  });

  test("a change of too many operations is listed and not applied", () => {
    const { bob, changes, hashes, name } = pair(session);
    const attack = mallorys(
      changes,
      (root) => {
        for (let i = 0; i < 1_025; i += 1) root[`${i}`] = i;
      },
      { name },
    );
    expect(bob.receiveChange(name, attack, [])).toBe("refused");
    expect(reasonsOf(bob)).toEqual(["BadChange"]);
    expectWhole(bob, session, hashes);
  });

  test("few bytes that say a million operations are not expanded", () => {
    const { bob, hashes, name } = pair(session);
    const bomb = bombOf(1_000_000);
    expect(bomb.length).toBeLessThan(100);
    const before = process.memoryUsage().rss;
    expect(bob.receiveChange(name, bomb, [])).toBe("refused");
    const message = Automerge.encodeSyncMessage({
      heads: [],
      need: [],
      have: [],
      changes: [bomb],
    });
    expect(bob.receiveSyncMessage(name, SyncState.fresh(), message, "erin")).toBeUndefined();
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
    expect(reasonsOf(bob)).toEqual(["BadChange", "BadSync"]);
    expect(bob.generations(session)).toEqual([0]);
    expectWhole(bob, session, hashes);
  });

  test("more changes than honest replicas make set the document aside", () => {
    const { bob, changes, hashes, name } = pair(session);
    const edits = Array.from({ length: MAX_CHANGES + 1 }, (_unused, at) => {
      return (root: Record<string, unknown>): void => void (root["x"] = at);
    });
    const answer = syncOf(mallorysDocument(changes, edits, { name }), bob, name);
    bob.receiveSyncMessage(name, SyncState.fresh(), answer, "erin");
    expect(reasonsOf(bob).slice(-2)).toEqual(["DocumentTooLarge", "DocumentSetAside"]);
    expect(bob.generations(session)).toEqual([1]);
    expectWhole(bob, session, hashes);
  });

  test("documents of epochs and generations out of bounds are not opened", () => {
    const { bob, hashes } = pair(session);
    const closed = [nameOf(session, 64), nameOf(session, 0, 9), nameOf(session, 0, 8)];
    for (const name of closed) expect(bob.standing(name)).toEqual({ status: "closed" });
    expect(bob.gaveUp(session)).toBe(true);
    expect(reasonsOf(bob)).toEqual(["DocumentAdopted"]);
    expect(hashesOf(bob, session)).toEqual(hashes);
  });
});

describe("in the account's document", () => {
  const session = ROSTER.account;

  function afterEditOfBuckets(edit: (root: Record<string, unknown>, event: SignedEvent) => void) {
    const { bob, changes, hashes, name } = pair(session);
    const event = eventOf({ author: "bob", session });
    const attack = mallorys(changes, (root) => edit(root, event), { name });
    expect(bob.receiveChange(name, attack, [])).toBe("applied");
    const [reason] = reasonsOf(bob);
    bob.append(event.bytes);
    expect(reasonsOf(bob)).toEqual([reason, "DocumentSetAside"]);
    expect(bob.generations(session)).toEqual([1]);
    expectWhole(bob, session, [...hashes, event.hash].sort(byOrderOf(bob, session)));
    return reason;
  }

  test("a bucket that is removed sets the document aside", () => {
    expect(afterEditOfBuckets((root, { hash }) => delete root[hash.slice(0, 2)])).toBe("Deleted");
  });

  test("a map in the place of a bucket sets the document aside", () => {
    const edit = (root: Record<string, unknown>, { hash }: SignedEvent): void => {
      root[hash.slice(0, 2)] = {};
    };
    expect(afterEditOfBuckets(edit)).toBe("NotAnEntry");
  });

  test("an event in another's bucket is listed, and is not admitted", () => {
    const { bob, changes, hashes, name } = pair(session);
    const { hash, bytes } = eventOf({ nonce: 9, session });
    const wrong = hash.startsWith("00") ? "11" : "00";
    const attack = mallorys(changes, (root) => (bucket(root, wrong)[hash] = bytes), { name });
    expect(bob.receiveChange(name, attack, [])).toBe("applied");
    expect(reasonsOf(bob)).toEqual(["NotAnEntry"]);
    expectWhole(bob, session, hashes);
  });
});

function byOrderOf(ledger: AutomergeLedger, session: string) {
  const order = hashesOf(ledger, session);
  return (a: string, b: string): number => order.indexOf(a) - order.indexOf(b);
}
