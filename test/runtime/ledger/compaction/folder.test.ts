/** What a folder holds of sessions that were closed, over restarts. */
import { expect, test } from "vitest";

import { toHex } from "../../../../runtime/crypto/hash.ts";
import { loadAutomerge } from "../../../../runtime/ledger/automerge-node.ts";
import { snapshotOf } from "../../../../runtime/ledger/compaction/snapshot.ts";
import { eventHash } from "../../../../runtime/ledger/envelope.ts";
import { MemoryLedger } from "../../../../runtime/ledger/memory.ts";
import { readFolder } from "../../../../runtime/ledger/store/contents.ts";
import { inspectLedger } from "../../../../runtime/ledger/store/inspect.ts";
import { openLedger } from "../../../../runtime/ledger/store/open.ts";
import { ROSTER, accountEvent, adoptions, stepEvent } from "../../account/fixtures.ts";
import { MemoryFiles } from "../store/memory-files.ts";
import { sessionOf, story } from "./fixtures.ts";

loadAutomerge();

test("a closed session stays closed, its events leave the disk, and the state is the same", () => {
  const files = new MemoryFiles();
  const open = () => openLedger("/account", { roster: ROSTER, device: "alice", files });
  const bytesOnDisk = () =>
    files
      .list("/account")
      .filter((file) => file.startsWith("events-"))
      .reduce((sum, file) => sum + files.read(`/account/${file}`).length, 0);
  const { id } = sessionOf(1);
  const first = open();
  for (const { bytes } of [...adoptions(), ...story(1), ...story(2)]) first.ledger.append(bytes);
  const { ledger } = first;
  ledger.append(accountEvent("CommitSnapshot", snapshotOf(ledger, 100), { generation: 1 }).bytes);
  const hash = toHex(ledger.state.hash());
  expect(first.compact()).toEqual([id, sessionOf(2).id].sort());
  const left = ledger.events({ session: id }).map((event) => event.hash);
  expect(left).toHaveLength(4);
  first.close();
  const before = bytesOnDisk();

  for (const again of [open(), undefined]) {
    const opened = again ?? open();
    expect(opened.report.problems).toEqual([]);
    expect(toHex(opened.ledger.state.hash())).toBe(hash);
    expect(opened.ledger.events({ session: id }).map((event) => event.hash)).toEqual(left);
    expect(opened.ledger.closed(id)?.hashes).toHaveLength(story(1).length);
    const step = story(1).find((event) => event.step === "Step1" && event.author === "bob");
    expect(opened.ledger.append(step?.bytes ?? new Uint8Array()).status).toBe("known");
    opened.close();
    expect(bytesOnDisk()).toBeLessThan(before);
  }
  expect(inspectLedger("/account", files).unclosed).toEqual([]);
});

test("an event that was dated back stays away over restarts, and does not stay on the disk", () => {
  const files = new MemoryFiles();
  const open = () => openLedger("/account", { roster: ROSTER, device: "alice", files });
  const { id } = sessionOf(1);
  const whole = new MemoryLedger(ROSTER);
  for (const { bytes } of [...adoptions(), ...story(1)]) whole.append(bytes);
  const signed = accountEvent("CommitSnapshot", snapshotOf(whole, 100), { generation: 1 });
  const late = stepEvent("bob", { session: id, step: "Late", nonce: 9 });
  const first = open();
  for (const { bytes } of [...adoptions(), ...story(1), late, signed]) first.ledger.append(bytes);
  const status = first.ledger.state.session(id);
  expect(first.compact()).toEqual([id]);
  first.close();
  for (let times = 0; times < 2; times += 1) {
    const again = open();
    const { ledger } = again;
    expect(ledger.get(late.hash)).toBeUndefined();
    expect(ledger.append(late.bytes)).toEqual({ status: "quarantined", reason: "Closed" });
    expect(ledger.state.session(id)).toEqual(status);
    again.close();
  }
  const { events } = readFolder(files, "/account");
  expect(events.flatMap((file) => file.events).map(eventHash)).not.toContain(late.hash);
});
