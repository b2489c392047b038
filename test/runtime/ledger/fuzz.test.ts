/** 10,000 accidents to stored files, to documents on their way, and to events. */

import { describe, expect, test } from "vitest";

import { loadAutomerge } from "../../../runtime/ledger/automerge-node.ts";
import type { AutomergeLedger } from "../../../runtime/ledger/automerge.ts";
import { readFrame } from "../../../runtime/ledger/frames.ts";
import { replicate } from "../../../runtime/ledger/replicator.ts";
import { SyncState } from "../../../runtime/ledger/sync-state.ts";
import { type Channel, inProcessChannel } from "../../../runtime/transport/channel.ts";
import { seedFor } from "../../seed.ts";
import { changesOf, nameOf } from "./documents.ts";
import { ROSTER, SESSION, automergeLedger, reasonsOf } from "./fixtures.ts";
import { mailbox } from "./mesh.ts";
import { type Draw, corruptFiles, corrupted, draws } from "./store/corruption.ts";
import { hashesOf, heldBy, openAlice, someEvents } from "./store/fixtures.ts";
import { MemoryFiles } from "./store/memory-files.ts";

loadAutomerge();

const seed = seedFor("test/runtime/ledger/fuzz.test.ts");
const COUNTS = { files: 500, changes: 2_000, messages: 1_000, frames: 1_000, events: 5_500 };
const EVENTS = someEvents(6);
const HASHES = hashesOf(EVENTS);
const SESSIONS = [SESSION, ROSTER.account];
/** A ledger lists so many refusals; a victim is replaced before it forgets the first. */
const CASES_A_VICTIM = 50;

/** Runs a case for each number; a failure says which number, and what was done. */
function fuzz(kind: keyof typeof COUNTS, run: (draw: Draw, at: number, say: Say) => void): void {
  for (let at = 0; at < COUNTS[kind]; at += 1) {
    let story = "";
    try {
      run(draws(seed + at * 5 + Object.keys(COUNTS).indexOf(kind)), at, (what) => (story = what));
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new Error(`${kind}, case ${at} (${story}): ${what}`, { cause: error });
    }
  }
}

type Say = (story: string) => void;

/** Alice with all events, the changes that brought them, and a replica that got these. */
function alice() {
  const ledger = automergeLedger("alice");
  const all = changesOf(ledger);
  for (const { bytes } of EVENTS) ledger.append(bytes);
  const changes = EVENTS.map(({ session }, at) => ({
    name: nameOf(session),
    change: all[at] ?? new Uint8Array(),
  }));
  return { ledger, changes };
}

const { ledger: ALICE, changes: CHANGES } = alice();

function bobWithEverything(): AutomergeLedger {
  const bob = automergeLedger("bob");
  for (const { name, change } of CHANGES) bob.receiveChange(name, change, ["alice"]);
  return bob;
}

function pick<T>(items: readonly T[], draw: Draw): T {
  const item = items[draw.below(items.length)];
  if (item === undefined) throw new Error("nothing to pick");
  return item;
}

/** Replicates over a perfect channel, until both fall silent. */
function heal(left: AutomergeLedger, right: AutomergeLedger): void {
  const { deliver, settle } = mailbox();
  const [a, b] = inProcessChannel({ deliver });
  const ends = [replicate(left, a, "bob"), replicate(right, b, "alice")];
  settle();
  for (const end of ends) end.reconcile();
  settle();
  for (const end of ends) end.close();
}

describe("accidents", () => {
  test("are 10,000", () => {
    expect(Object.values(COUNTS).reduce((sum, count) => sum + count, 0)).toBe(10_000);
  });

  test("to stored files lose no event, and are reported once", () => {
    const files = new MemoryFiles();
    const open = openAlice(files);
    for (const { bytes } of EVENTS) open.ledger.append(bytes);
    open.close();
    const whole = files.snapshot();
    fuzz("files", (draw, at, say) => {
      const damaged = new Map(whole);
      say(corruptFiles(damaged, draw));
      files.restore(damaged);
      const back = openAlice(files);
      expect(heldBy(back.ledger)).toEqual(HASHES);
      expect(back.report.problems.length).toBeGreaterThan(0);
      expect(back.report.lost).toBe(0);
      if (at % 4 !== 0) return;
      back.close();
      const again = openAlice(files);
      expect(again.report.problems.filter(({ fault }) => fault !== "Stray")).toEqual([]);
      expect([again.report.events, again.report.recovered]).toEqual([EVENTS.length, 0]);
    });
  });

  test("to changes are refused and listed, and the document goes on", () => {
    let bob = bobWithEverything();
    fuzz("changes", (draw, at, say) => {
      if (at % CASES_A_VICTIM === 0) {
        expect(heldBy(bob)).toEqual(HASHES);
        expect(SESSIONS.flatMap((session) => bob.generations(session))).toEqual([0, 0]);
        bob = bobWithEverything();
      }
      const { name, change } = pick(CHANGES, draw);
      const before = reasonsOf(bob).length;
      const bytes = corrupted(change, draw);
      say(Buffer.from(bytes).toString("hex"));
      expect(bob.receiveChange(name, bytes, [])).toBe("refused");
      expect(reasonsOf(bob).slice(before)).toEqual(["BadChange"]);
    });
  });

  test("to messages of a synchronisation lose no event, and heal", () => {
    let bob = automergeLedger("bob");
    fuzz("messages", (draw, at, say) => {
      if (at % CASES_A_VICTIM === 0) {
        heal(ALICE, bob);
        expect(heldBy(bob)).toEqual(HASHES);
        bob = automergeLedger("bob");
      }
      const name = nameOf(pick(SESSIONS, draw), 0, 0);
      const held = heldBy(bob);
      const [, question] = bob.nextSyncMessage(name, SyncState.fresh()) ?? [];
      const [, own] = ALICE.nextSyncMessage(name, SyncState.fresh()) ?? [];
      const state = question
        ? ALICE.receiveSyncMessage(name, SyncState.fresh(), question, "bob")
        : undefined;
      const [, answer] = state === undefined ? [] : (ALICE.nextSyncMessage(name, state) ?? []);
      const message = pick(
        [own, answer].flatMap((each) => each ?? []),
        draw,
      );
      const bytes = corrupted(message, draw);
      say(Buffer.from(bytes).toString("hex"));
      const before = reasonsOf(bob).length;
      const next = bob.receiveSyncMessage(name, SyncState.fresh(), bytes, "alice");
      if (next === undefined) expect(reasonsOf(bob).length).toBeGreaterThan(before);
      expect(held.filter((hash) => !heldBy(bob).includes(hash))).toEqual([]);
    });
  });

  test("to frames lose no event, and heal", () => {
    let [bob, frames] = [automergeLedger("bob"), 0];
    const { deliver, settle } = mailbox();
    /** Passes on frames, one in three of them damaged. */
    const noisy = (channel: Channel, draw: Draw): Channel => ({
      ...channel,
      send: (bytes) => {
        frames += 1;
        const bad = draw.below(3) === 0;
        const sent = bad ? corrupted(bytes, draw) : bytes;
        const before = reasonsOf(bob).length;
        channel.send(sent);
        settle();
        const unreadable = !readFrame(sent).ok;
        if (unreadable) expect(reasonsOf(bob).length).toBeGreaterThan(before);
      },
    });
    fuzz("frames", (draw, at) => {
      if (at % CASES_A_VICTIM === 0) {
        heal(ALICE, bob);
        expect(heldBy(bob)).toEqual(HASHES);
        bob = automergeLedger("bob");
      }
      const held = heldBy(bob);
      const [a, b] = inProcessChannel({ deliver });
      // Bob first, so that he hears what Alice begins with.
      const ends = [replicate(bob, b, "alice"), replicate(ALICE, noisy(a, draw), "bob")];
      settle();
      for (const end of ends) end.close();
      expect(held.filter((hash) => !heldBy(bob).includes(hash))).toEqual([]);
    });
    expect(frames).toBeGreaterThan(COUNTS.frames);
    expect(heldBy(ALICE)).toEqual(HASHES);
  });

  test("to events are refused and listed", () => {
    let bob = bobWithEverything();
    fuzz("events", (draw, at, say) => {
      if (at % CASES_A_VICTIM === 0) bob = bobWithEverything();
      const before = reasonsOf(bob).length;
      const bytes = corrupted(pick(EVENTS, draw).bytes, draw);
      say(Buffer.from(bytes).toString("hex"));
      expect(bob.append(bytes).status).toBe("quarantined");
      expect(reasonsOf(bob).length).toBe(before + 1);
      expect(bob.size).toBe(EVENTS.length);
    });
  });
});
