import { describe, expect, test } from "vitest";

import { loadAutomerge } from "../../../runtime/ledger/automerge-node.ts";
import { sha256, toHex } from "../../../runtime/crypto/hash.ts";
import type { AutomergeLedger } from "../../../runtime/ledger/automerge.ts";
import { encode } from "../../../runtime/ledger/cbor.ts";
import { MAX_FRAME_BYTES, readFrame } from "../../../runtime/ledger/frames.ts";
import { replicate } from "../../../runtime/ledger/replicator.ts";
import { virtualClock } from "../../../runtime/time/virtual-clock.ts";
import { inProcessChannel } from "../../../runtime/transport/channel.ts";
import { SESSION, automergeLedger, eventOf, failure, historyOf, reasonsOf } from "./fixtures.ts";
import { NAMES, mailbox, mesh, tapped } from "./mesh.ts";

loadAutomerge();

/** Each author writes on its own replica. */
function write(ledgers: readonly AutomergeLedger[], choices: readonly number[]): void {
  for (const event of historyOf(choices)) {
    ledgers[NAMES.indexOf(event.author) % ledgers.length]?.append(event.bytes);
  }
}

function views(ledgers: readonly AutomergeLedger[]): readonly string[] {
  return ledgers.map((ledger) => {
    const sessions = ledger.sessions().filter((session) => ledger.heads(session).length > 0);
    return sessions.map((session) => toHex(ledger.digest(session))).join();
  });
}

function expectEqualAndFull(ledgers: readonly AutomergeLedger[], events: number): void {
  expect(new Set(views(ledgers)).size).toBe(1);
  for (const ledger of ledgers) {
    const sessions = ledger.sessions().map((session) => ledger.events({ session }).length);
    expect(sessions.reduce((sum, size) => sum + size, 0)).toBe(events);
    expect(ledger.quarantined()).toEqual([]);
  }
}

/** Deterministic loss, so that a failure can be repeated. */
function losing(share: number): () => boolean {
  let draws = 0;
  return () => {
    draws += 1;
    return (sha256(Uint8Array.of(draws & 255, draws >> 8))[0] ?? 0) >= share * 256;
  };
}

const CHOICES = Array.from({ length: 12 }, (_, at) => at * 997 + 5);

describe("replication", () => {
  test.each([2, 3, 5])("%i replicas converge", (count) => {
    const { ledgers, settle } = mesh(count);
    write(ledgers, CHOICES);
    settle();
    expectEqualAndFull(ledgers, CHOICES.length);
  });

  test("replicas that differ when they connect converge, without anybody writing", () => {
    const { deliver, settle } = mailbox();
    const ledgers = ["alice", "bob"].map((name) => automergeLedger(name));
    write(ledgers, CHOICES);
    const [alice, bob] = ledgers;
    if (!alice || !bob) throw new Error("no ledgers");
    const [a, b] = inProcessChannel({ deliver });
    replicate(alice, a, "bob");
    replicate(bob, b, "alice");
    settle();
    expectEqualAndFull(ledgers, CHOICES.length);
  });

  test("a full mesh sends each change to each peer once and synchronises nothing", () => {
    const { ledgers, kinds, settle } = mesh(5);
    write(ledgers, CHOICES.slice(0, 1));
    settle();
    kinds.splice(0);
    const events = [1, 2, 3].map((nonce) => eventOf({ nonce }));
    for (const { bytes } of events) ledgers[0]?.append(bytes);
    settle();
    expect(kinds).toEqual(Array.from({ length: events.length * 4 }, () => "change"));
    expectEqualAndFull(ledgers, 4);
  });

  test("a line passes changes on", () => {
    const { ledgers, kinds, settle } = mesh(5, { linked: (left, right) => right - left === 1 });
    write(ledgers, CHOICES);
    settle();
    expectEqualAndFull(ledgers, CHOICES.length);
    expect(kinds.filter((kind) => kind === "change").length).toBeLessThanOrEqual(
      4 * CHOICES.length,
    );
  });

  test("a ring in which everything is passed on falls silent", () => {
    const linked = (left: number, right: number): boolean =>
      right - left === 1 || right - left === 4;
    const { ledgers, kinds, settle, reconcile } = mesh(5, { linked });
    write(ledgers, CHOICES);
    settle();
    expectEqualAndFull(ledgers, CHOICES.length);
    kinds.splice(0);
    reconcile();
    expect(new Set(kinds)).toEqual(new Set(["digest"]));
  });

  test("replicas that get no gossip at all converge when they reconcile", () => {
    const { ledgers, settle, reconcile } = mesh(3, { passes: (kind) => kind !== "change" });
    write(ledgers, CHOICES);
    settle();
    expect(new Set(views(ledgers)).size).toBe(3);
    reconcile();
    expectEqualAndFull(ledgers, CHOICES.length);
  });

  test("a lost change is repaired by the next one", () => {
    let lost = 0;
    const passes = (kind: string): boolean => kind !== "change" || (lost += 1) > 1;
    const { ledgers, settle } = mesh(2, { passes });
    for (const nonce of [0, 1]) ledgers[0]?.append(eventOf({ nonce }).bytes);
    settle();
    expectEqualAndFull(ledgers, 2);
  });

  test("a channel that loses a third of everything converges within a few reconciliations", () => {
    const { ledgers, settle, reconcile } = mesh(3, { passes: losing(0.33) });
    write(ledgers, CHOICES);
    settle();
    let rounds = 0;
    for (; new Set(views(ledgers)).size > 1 && rounds < 20; rounds += 1) reconcile();
    expectEqualAndFull(ledgers, CHOICES.length);
    expect(rounds).toBeLessThan(20);
  });

  test.each([1, 2, 3, 4, 5, 6])("recovers when message %i of a synchronisation is lost", (lost) => {
    let count = 0;
    const passes = (kind: string): boolean => {
      if (kind === "sync") count += 1;
      return kind !== "change" && (kind !== "sync" || count !== lost);
    };
    const { ledgers, replicators, settle, reconcile } = mesh(2, { passes });
    for (const nonce of [0, 1, 2]) ledgers[0]?.append(eventOf({ nonce }).bytes);
    reconcile();
    // One side is enough: the other begins anew with it, and forgets what it thinks it has sent.
    replicators[0]?.reconcile();
    settle();
    expectEqualAndFull(ledgers, 3);
  });

  test("what a synchronisation brings reaches those behind without another reconciliation", () => {
    const { deliver, settle } = mailbox();
    const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) => automergeLedger(name));
    if (!alice || !bob || !carol) throw new Error("no ledgers");
    const link = (
      left: AutomergeLedger,
      to: string,
      right: AutomergeLedger,
      from: string,
    ): void => {
      const [a, b] = inProcessChannel({ deliver });
      replicate(left, a, to);
      replicate(right, b, from);
      settle();
    };
    alice.append(eventOf().bytes);
    link(bob, "carol", carol, "bob");
    link(alice, "bob", bob, "alice");
    expectEqualAndFull([alice, bob, carol], 1);
  });

  test("reconciles by itself every so many epochs, until closed", () => {
    const { deliver, settle } = mailbox();
    const time = virtualClock();
    const [alice, bob] = [automergeLedger("alice"), automergeLedger("bob")];
    const [a, b] = inProcessChannel({ deliver });
    const quiet = tapped(a, [], (kind) => kind !== "change");
    const replicator = replicate(alice, quiet, "bob", { every: { time, epochs: 10 } });
    replicate(bob, b, "alice");
    alice.append(eventOf().bytes);
    const counts = [9, 1].map((epochs) => {
      time.advance(epochs);
      settle();
      return bob.events({ session: SESSION }).length;
    });
    expect(counts).toEqual([0, 1]);
    replicator.close();
    expect(time.next()).toBeUndefined();
    alice.append(eventOf({ nonce: 1 }).bytes);
    settle();
    expect(bob.events({ session: SESSION })).toHaveLength(1);
  });

  test("delivers over the default scheduler too", async () => {
    const [alice, bob] = [automergeLedger("alice"), automergeLedger("bob")];
    const [a, b] = inProcessChannel();
    replicate(alice, a, "bob");
    replicate(bob, b, "alice");
    const arrived = new Promise((resolve) => bob.subscribe(resolve));
    const event = eventOf();
    alice.append(event.bytes);
    expect(bob.get(event.hash)).toBeUndefined();
    await expect(arrived).resolves.toEqual(event);
  });

  test("a name that is no device id and an empty interval are refused", () => {
    const alice = automergeLedger("alice");
    const [channel] = inProcessChannel();
    const every = { time: virtualClock(), epochs: 0 };
    expect(failure(() => replicate(alice, channel, "Bob!")).code).toBe("InvalidInput");
    expect(failure(() => replicate(alice, channel, "bob", { every })).code).toBe("InvalidInput");
  });
});

describe("hostile peers", () => {
  /** Bob, and an end of a channel to him that Mallory holds. */
  function victim() {
    const { deliver, settle } = mailbox();
    const bob = automergeLedger("bob");
    const [theirs, own] = inProcessChannel({ deliver });
    const received: string[] = [];
    theirs.onMessage((bytes) => {
      const reading = readFrame(bytes);
      received.push(reading.ok ? reading.frame.kind : "unreadable");
    });
    replicate(bob, own, "alice");
    const say = (frame: unknown): void => {
      theirs.send(frame instanceof Uint8Array ? frame : encode(frame));
      settle();
    };
    return { bob, say, received };
  }

  const named = (session: string) => ({ session, epoch: 0, generation: 0 });
  const digest = { session: "00", events: new Uint8Array(32), generations: [] };
  test.each([
    ["a null", null],
    ["nothing", new Uint8Array()],
    ["noise", Uint8Array.of(0x9f, 1, 2, 3)],
    ["a number", 7],
    ["an unknown kind", { kind: "exploit" }],
    ["a kind that is __proto__", { kind: "__proto__" }],
    ["a frame without its fields", { kind: "sync" }],
    ["a session that is no id", { kind: "pull", session: "../etc" }],
    ["round 0", { kind: "sync", name: named("00"), round: 0, message: new Uint8Array() }],
    ["a field too many", { kind: "pull", session: "00", extra: 1 }],
    ["too many digests", { kind: "digest", sessions: Array.from({ length: 257 }, () => digest) }],
    ["too many names", change(Array.from({ length: 129 }, () => "a"))],
    ["a name that is none", change(["A B"])],
    ["a frame too long", new Uint8Array(MAX_FRAME_BYTES + 1)],
  ])("%s is listed and dropped", (_, frame) => {
    const { bob, say, received } = victim();
    say(frame);
    expect(reasonsOf(bob)).toEqual(["BadFrame"]);
    expect([bob.sessions(), received]).toEqual([[], []]);
  });

  function change(sentTo: readonly string[]): unknown {
    return { kind: "change", name: named("00"), change: Uint8Array.of(1), sentTo };
  }

  test("garbage inside well-formed frames is listed, and the replica goes on", () => {
    const { bob, say } = victim();
    say({ kind: "sync", name: named(SESSION), round: 1, message: Uint8Array.of(0x42, 1, 2) });
    say({ kind: "change", name: named(SESSION), change: Uint8Array.of(1, 2, 3), sentTo: [] });
    say({ kind: "event", bytes: Uint8Array.of(0xf6) });
    expect(reasonsOf(bob)).toEqual(["BadSync", "BadChange", "Malformed"]);
    const event = eventOf();
    say({ kind: "event", bytes: event.bytes });
    expect(bob.get(event.hash)).toEqual(event);
  });

  test("a failed synchronisation falls back to events, which need no document", () => {
    const { bob, say, received } = victim();
    bob.append(eventOf({ author: "bob" }).bytes);
    say({ kind: "sync", name: named(SESSION), round: 9, message: Uint8Array.of(0x42, 1, 2) });
    say({ kind: "pull", session: SESSION });
    // The digest is of the start, when the replicator was made.
    expect(received).toEqual(["change", "pull", "event"]);
  });

  test("messages of an older round are ignored", () => {
    const { bob, say, received } = victim();
    const message = Uint8Array.of(0x42, 0, 0, 0, 0);
    say({ kind: "sync", name: named(SESSION), round: 5, message });
    const answers = received.length;
    say({ kind: "sync", name: named(SESSION), round: 4, message });
    expect(received).toHaveLength(answers);
    expect(answers).toBeGreaterThan(0);
    expect(reasonsOf(bob)).toEqual([]);
  });
});
