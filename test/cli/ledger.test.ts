/** `aura ledger inspect` on folders that a ledger wrote. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { addLedger } from "../../cli/ledger.ts";
import { runCli } from "../../codegen/cli.ts";
import { loadAutomerge } from "../../runtime/ledger/automerge-node.ts";
import type { SignedEvent } from "../../runtime/ledger/envelope.ts";
import { openLedger } from "../../runtime/ledger/store/open.ts";
import { snapshotOf } from "../../runtime/ledger/compaction/snapshot.ts";
import { MemoryLedger } from "../../runtime/ledger/memory.ts";
import { ROSTER as GROUP, accountEvent, adoptions } from "../runtime/account/fixtures.ts";
import { sessionOf, story } from "../runtime/ledger/compaction/fixtures.ts";
import { ROSTER, SESSION, eventOf } from "../runtime/ledger/fixtures.ts";

loadAutomerge();

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aura-inspect-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function aura(...args: readonly string[]) {
  const [out, errors]: [string[], string[]] = [[], []];
  const host = {
    cwd: folder,
    out: (line: string) => void out.push(line),
    error: (line: string) => void errors.push(line),
  };
  return { code: runCli(args, host, [addLedger]), out, errors };
}

/** A closed ledger of Alice's in the folder. */
function written(events: readonly SignedEvent[], refused: readonly Uint8Array[] = []): void {
  const open = openLedger(join(folder, "own"), { roster: ROSTER, device: "alice" });
  for (const bytes of [...events.map((event) => event.bytes), ...refused])
    open.ledger.append(bytes);
  open.close();
}

function contents(): ReadonlyMap<string, string> {
  const own = join(folder, "own");
  return new Map(
    readdirSync(own).map((name) => [name, readFileSync(join(own, name)).toString("hex")]),
  );
}

describe("aura ledger inspect", () => {
  const honest = [eventOf(), eventOf({ author: "bob", session: ROSTER.account, epoch: 4 })];

  test("lists sessions and events, and changes nothing", () => {
    written(honest);
    const before = contents();
    const [first = eventOf(), second = eventOf()] = honest;
    const { code, out, errors } = aura("ledger", "inspect", "own");
    expect([code, errors]).toEqual([0, []]);
    const accountFirst = ROSTER.account < SESSION;
    const own = [
      "",
      `account's own session ${ROSTER.account}: 1 event`,
      `  ${second.hash.slice(0, 12)} bob CachePresenceTicket CachePresenceTicket, nonce 0, epoch 4`,
    ];
    const other = [
      "",
      `session ${SESSION}: 1 event`,
      `  ${first.hash.slice(0, 12)} alice Commit RecordCommitment, nonce 0, epoch 1`,
    ];
    expect(out.slice(0, 2)).toEqual([
      `account ${ROSTER.account}`,
      "device alice of alice, bob, carol, dave, erin, opened 1 times",
    ]);
    expect(out[2]).toMatch(/^2 events up to epoch 4, state [0-9a-f]{64}$/);
    expect(out.slice(3)).toEqual(accountFirst ? [...own, ...other] : [...other, ...own]);
    expect(contents()).toEqual(before);
  });

  test("gives one state to two devices that hold the same events", () => {
    const states = [honest, honest.toReversed()].map((events) => {
      rmSync(join(folder, "own"), { recursive: true, force: true });
      written(events);
      return aura("ledger", "inspect", "own").out[2];
    });
    expect(states[0]).toBe(states[1]);
    written([eventOf({ nonce: 1 })]);
    expect(aura("ledger", "inspect", "own").out[2]).not.toBe(states[0]);
  });

  test("shows evidence and refused input, and exits with 1", () => {
    const two = [eventOf({ author: "bob", payload: 1 }), eventOf({ author: "bob", payload: 2 })];
    written(two, [Uint8Array.of(0xf6)]);
    const { code, out } = aura("ledger", "inspect", "own");
    expect(code).toBe(1);
    const [low = "", high = ""] = two.map(({ hash }) => hash.slice(0, 12)).sort();
    expect(out).toContain(`  evidence: bob wrote Commit in two ways: ${low}, ${high}`);
    expect(out).toContain(`  evidence: bob used nonce 0 twice: ${low}, ${high}`);
    expect(out).toContain("refused: 1");
    expect(out.find((line) => line.startsWith("  Malformed: "))).toBeDefined();
  });

  test("lists sessions that the group has closed, and of which other events are here", () => {
    const ledger = new MemoryLedger(GROUP);
    for (const { bytes } of [...adoptions(), ...story(1)]) ledger.append(bytes);
    const signed = accountEvent("CommitSnapshot", snapshotOf(ledger, 100), { generation: 1 });
    const events = [...adoptions(), ...story(1).slice(2), signed];
    const open = openLedger(join(folder, "own"), { roster: GROUP, device: "alice" });
    for (const { bytes } of events) open.ledger.append(bytes);
    open.close();
    const { code, out } = aura("ledger", "inspect", "own");
    expect(code).toBe(0);
    const at = out.indexOf("closed by the group, with other events than here: 1");
    expect(out[at + 1]).toContain(`  session ${sessionOf(1).id}: ${story(1).length - 2} events`);
  });

  test("shows damage, what documents still hold and what is lost, and exits with 1", () => {
    written(honest);
    const path = join(folder, "own", "events-1-0");
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length - 9));
    const { code, out } = aura("ledger", "inspect", "own");
    expect(code).toBe(1);
    expect(out.slice(-3)).toEqual([
      "damage: 1 file",
      "  events-1-0: Torn, the file ends in the middle of a record",
      "  1 event of these from documents only",
    ]);
    for (const name of readdirSync(join(folder, "own"))) {
      if (name.startsWith("document")) rmSync(join(folder, "own", name));
    }
    expect(aura("ledger", "inspect", "own").out.at(-1)).toBe("  1 event lost: peers may have them");
  });

  test("prints the same as JSON", () => {
    written(honest, [Uint8Array.of(0xf6)]);
    const { code, out } = aura("ledger", "inspect", "own", "--json");
    expect(code).toBe(0);
    const printed: unknown = JSON.parse(out.join("\n"));
    expect(printed).toMatchObject({
      account: ROSTER.account,
      device: "alice",
      events: 2,
      lost: 0,
      problems: [],
      quarantine: [{ reason: "Malformed", bytes: "f6" }],
    });
  });

  test.each([
    ["a folder that is not there", "nowhere", /nowhere cannot be read \(.*ENOENT.*\)\./],
    ["a folder without a ledger", ".", /holds no ledger, or no file of it says/],
  ])("exits with 2 for %s", (_, where, says) => {
    const { code, out, errors } = aura("ledger", "inspect", where);
    expect([code, out]).toEqual([2, []]);
    expect(errors.join("\n")).toMatch(says);
  });

  test("lets no control character of a peer's reach the terminal", () => {
    const open = openLedger(join(folder, "own"), { roster: ROSTER, device: "alice" });
    open.ledger.refuse("BadFrame", "bob: \u001b[2Jnothing to see");
    open.close();
    const line = aura("ledger", "inspect", "own").out.at(-1);
    expect(line).toBe("  BadFrame: bob: \u{fffd}[2Jnothing to see");
  });
});
