/** A ledger in a folder: what comes back, and what is reported. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";

import { loadAutomerge } from "../../../../runtime/ledger/automerge-node.ts";
import { replicate } from "../../../../runtime/ledger/replicator.ts";
import { openLedger } from "../../../../runtime/ledger/store/open.ts";
import { inProcessChannel } from "../../../../runtime/transport/channel.ts";
import {
  ROSTER,
  SESSION,
  automergeLedger,
  eventOf,
  failure,
  reasonsOf,
  rosterOf,
} from "../fixtures.ts";
import { mailbox } from "../mesh.ts";
import { FOLDER, hashesOf, heldBy, openAlice, someEvents } from "./fixtures.ts";
import { MemoryFiles } from "./memory-files.ts";

loadAutomerge();

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "aura-ledger-"));
  folders.push(folder);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder in memory that was closed in order, with these events. */
function closedFolder(count = 6) {
  const files = new MemoryFiles();
  const events = someEvents(count);
  const open = openAlice(files);
  for (const { bytes } of events) open.ledger.append(bytes);
  open.ledger.refuse("BadFrame", "bob: noise", Uint8Array.of(1, 2));
  open.close();
  return { files, events, hashes: hashesOf(events) };
}

function fileThat(files: MemoryFiles, starts: string): string {
  const name = files.list(FOLDER).find((file) => file.startsWith(starts));
  if (name === undefined) throw new Error(`no file ${starts}`);
  return `${FOLDER}/${name}`;
}

function edit(files: MemoryFiles, path: string, change: (bytes: Uint8Array) => Uint8Array): void {
  const all = files.snapshot();
  all.set(path, change(all.get(path) ?? new Uint8Array()));
  files.restore(all);
}

describe("a folder on the disk", () => {
  test("gives back events, quarantine and documents, under a higher incarnation", () => {
    const folder = join(newFolder(), "deep", "ledger");
    const options = { roster: ROSTER, device: "alice" };
    const first = openLedger(folder, options);
    const events = someEvents(8);
    for (const { bytes } of events) first.ledger.append(bytes);
    first.ledger.append(Uint8Array.of(0xf6));
    first.close();
    const second = openLedger(folder, options);
    expect(heldBy(second.ledger)).toEqual(hashesOf(events));
    expect(reasonsOf(second.ledger)).toEqual(["Malformed"]);
    expect(second.report).toEqual({
      incarnation: 2,
      events: 8,
      recovered: 0,
      refused: 0,
      lost: 0,
      problems: [],
    });
    second.close();
    second.close();
    expect(readdirSync(folder).filter((name) => name.startsWith("document"))).toHaveLength(2);
  });

  test("is open in one process at a time; the lock of a dead one does not count", () => {
    const folder = newFolder();
    const options = { roster: ROSTER, device: "alice" };
    const open = openLedger(folder, options);
    expect(failure(() => openLedger(folder, options)).message).toContain(`process ${process.pid}`);
    open.close();
    writeFileSync(join(folder, "lock"), "999999999");
    openLedger(folder, options).close();
    writeFileSync(join(folder, "lock"), "noise");
    openLedger(folder, options).close();
  });

  test("takes nothing after it was closed", () => {
    const { ledger } = openAlice(new MemoryFiles());
    const open = openAlice(new MemoryFiles());
    open.close();
    expect(failure(() => open.ledger.append(eventOf().bytes)).code).toBe("Storage");
    expect(ledger.append(eventOf().bytes).status).toBe("admitted");
  });

  test("tells nobody of an event that is not stored, until it is", () => {
    const files = new MemoryFiles(() => 0.9);
    const { ledger } = openAlice(files);
    const told: string[] = [];
    ledger.subscribe(({ hash }) => told.push(`subscriber ${hash}`));
    ledger.connect({
      peer: "bob",
      change: () => told.push("change"),
      event: () => told.push("event"),
      advanced: () => told.push("advanced"),
    });
    const [own, theirs] = [eventOf(), eventOf({ author: "bob" })];
    files.plan = { at: files.calls, kind: "error" };
    expect(failure(() => ledger.append(own.bytes)).code).toBe("Storage");
    files.plan = { at: files.calls, kind: "error" };
    ledger.receiveEvent(theirs.bytes);
    ledger.fill(SESSION);
    expect(told).toEqual([]);
    expect(reasonsOf(ledger)).toEqual(["NotStored", "NotStored"]);
    expect(ledger.append(own.bytes).status).toBe("known");
    expect(told).toEqual(["change", `subscriber ${own.hash}`, `subscriber ${theirs.hash}`]);
    files.reboot();
    expect(heldBy(openAlice(files).ledger)).toEqual(hashesOf([own, theirs]));
  });

  test("of another account or device is refused", () => {
    const { files } = closedFolder();
    const other = { roster: rosterOf(3), device: "alice", files };
    expect(failure(() => openLedger(FOLDER, other)).code).toBe("Storage");
    const bob = { roster: ROSTER, device: "bob", files };
    expect(failure(() => openLedger(FOLDER, bob)).code).toBe("Storage");
    const stranger = { roster: ROSTER, device: "No id", files: new MemoryFiles() };
    expect(failure(() => openLedger(FOLDER, stranger)).code).toBe("InvalidInput");
    expect(openAlice(files).report.problems).toEqual([]);
  });

  test("keeps few files, however often it is opened", () => {
    const files = new MemoryFiles();
    const events = someEvents(60);
    for (const { bytes } of events) {
      const open = openAlice(files);
      open.ledger.append(bytes);
      open.close();
    }
    const last = openAlice(files);
    expect(heldBy(last.ledger)).toEqual(hashesOf(events));
    expect(files.list(FOLDER).length).toBeLessThan(24);
  });
});

describe("damage", () => {
  test("of a file of events is reported, the file set aside, and nothing lost", () => {
    const { files, hashes } = closedFolder();
    const path = fileThat(files, "events");
    edit(files, path, (bytes) => bytes.with(700, (bytes[700] ?? 0) ^ 4));
    const open = openAlice(files);
    expect(open.report.problems.map(({ fault }) => fault)).toEqual(["Damaged"]);
    expect([open.report.recovered, open.report.lost]).toEqual([1, 0]);
    expect(heldBy(open.ledger)).toEqual(hashes);
    expect(files.list(FOLDER)).toContain("events-1-0.corrupt-1");
    open.close();
    expect(openAlice(files).report).toMatchObject({ events: 6, recovered: 0, problems: [] });
  });

  test("of both copies of an event is a loss that is counted", () => {
    const { files, hashes } = closedFolder();
    files.remove(fileThat(files, "document-5e"));
    edit(files, fileThat(files, "events"), (bytes) => {
      const end = bytes.length - (bytes.length % 7);
      return bytes.with(end - 700, (bytes[end - 700] ?? 0) ^ 4);
    });
    const { ledger, report } = openAlice(files);
    expect(report.problems.map(({ fault }) => fault).sort()).toEqual(["Damaged", "Missing"]);
    expect(report.lost).toBe(1);
    expect(heldBy(ledger)).toHaveLength(hashes.length - 1);
  });

  test("of a document is reported, the file set aside, and nothing lost", () => {
    const { files, hashes } = closedFolder();
    edit(files, fileThat(files, "document"), (bytes) => bytes.with(90, (bytes[90] ?? 0) ^ 4));
    const open = openAlice(files);
    expect(open.report.problems).toHaveLength(1);
    expect(heldBy(open.ledger)).toEqual(hashes);
    expect(files.list(FOLDER).filter((name) => name.endsWith(".corrupt-1"))).toHaveLength(1);
  });

  test("of the state costs the quarantine list only", () => {
    const { files, hashes } = closedFolder();
    edit(files, `${FOLDER}/state`, (bytes) => bytes.with(40, (bytes[40] ?? 0) ^ 4));
    const { ledger, report } = openAlice(files);
    expect(report.problems).toMatchObject([{ file: "state", fault: "Damaged" }]);
    expect(report.incarnation).toBe(2);
    expect([heldBy(ledger), reasonsOf(ledger)]).toEqual([hashes, []]);
  });

  test("a file that is gone is reported, and documents bring its events back", () => {
    const { files, hashes } = closedFolder();
    files.remove(fileThat(files, "events"));
    const open = openAlice(files);
    expect(open.report.problems).toMatchObject([{ file: "events-1-0", fault: "Missing" }]);
    expect(open.report).toMatchObject({ events: 6, recovered: 6, incarnation: 2 });
    expect(heldBy(open.ledger)).toEqual(hashes);
    // They are stored as events again, at once.
    files.reboot();
    expect(openAlice(files).report).toMatchObject({ events: 6, recovered: 0 });
  });

  test("documents that are gone are made again from the events", () => {
    const { files, hashes } = closedFolder();
    for (const name of files.list(FOLDER)) {
      if (name.startsWith("document")) files.remove(`${FOLDER}/${name}`);
    }
    const { ledger, report } = openAlice(files);
    expect(report.problems.map(({ fault }) => fault)).toEqual(["Missing", "Missing"]);
    expect(heldBy(ledger)).toEqual(hashes);
    const { deliver, settle } = mailbox();
    const bob = automergeLedger("bob");
    const [a, b] = inProcessChannel({ deliver });
    replicate(ledger, a, "bob");
    replicate(bob, b, "alice");
    settle();
    expect(heldBy(bob)).toEqual(hashes);
  });

  test("a torn end is reported and cut off", () => {
    const { files, hashes } = closedFolder();
    const path = fileThat(files, "events");
    edit(files, path, (bytes) => bytes.slice(0, -10));
    const open = openAlice(files);
    expect(open.report.problems).toMatchObject([{ file: "events-1-0", fault: "Torn" }]);
    expect(heldBy(open.ledger)).toEqual(hashes);
    expect(files.list(FOLDER)).not.toContain("events-1-0");
  });

  test("files under each other's names are reported", () => {
    const { files, hashes } = closedFolder();
    const all = files.snapshot();
    const [one = "", two = ""] = [...all.keys()].filter((name) => name.includes("document"));
    const [first = new Uint8Array(), second = new Uint8Array()] = [all.get(one), all.get(two)];
    files.restore(all.set(one, second).set(two, first));
    const open = openAlice(files);
    const faults = open.report.problems.map(({ fault }) => fault);
    expect(faults).toEqual(["Misplaced", "Misplaced"]);
    expect(heldBy(open.ledger)).toEqual(hashes);
  });

  test("a file of another account is set aside, and files of no ledger stay", () => {
    const { files, hashes } = closedFolder();
    const other = new MemoryFiles();
    openLedger(FOLDER, { roster: rosterOf(3), device: "alice", files: other }).close();
    const foreign = other.read(`${FOLDER}/events-1-0`);
    files.create(`${FOLDER}/events-7-0`, foreign);
    files.create(`${FOLDER}/notes.txt`, Uint8Array.of(1));
    const open = openAlice(files);
    const faults = open.report.problems.map(({ fault }) => fault).sort();
    expect(faults).toEqual(["Misplaced", "Stray"]);
    expect(heldBy(open.ledger)).toEqual(hashes);
    expect(files.list(FOLDER)).toContain("notes.txt");
  });
});

describe("a device that comes back", () => {
  test("without its documents, or its folder, writes on, and all agree", () => {
    for (const lost of ["nothing", "documents", "folder"]) {
      const { deliver, settle } = mailbox();
      const files = new MemoryFiles();
      const bob = automergeLedger("bob");
      const link = (ledger: ReturnType<typeof automergeLedger>) => {
        const [a, b] = inProcessChannel({ deliver });
        return [replicate(ledger, a, "bob"), replicate(bob, b, "alice")];
      };
      const first = openAlice(files);
      const links = link(first.ledger);
      first.ledger.append(eventOf({ nonce: 0 }).bytes);
      settle();
      first.close();
      for (const end of links) end.close();
      for (const path of files.snapshot().keys()) {
        if (lost === "folder" || (lost === "documents" && path.includes("document"))) {
          files.remove(path);
        }
      }
      const second = openAlice(files);
      link(second.ledger);
      second.ledger.append(eventOf({ nonce: 1 }).bytes);
      settle();
      bob.append(eventOf({ author: "bob" }).bytes);
      settle();
      expect(heldBy(second.ledger)).toHaveLength(3);
      expect(heldBy(bob)).toEqual(heldBy(second.ledger));
      expect(bob.generations(SESSION)).toEqual(second.ledger.generations(SESSION));
    }
  });
});
