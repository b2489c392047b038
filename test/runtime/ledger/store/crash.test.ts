/** Power goes, or a call fails, at every single operation on the files: what was acknowledged stays. */

import { describe, expect, test } from "vitest";

import { ProtocolError } from "../../../../dsl/errors.ts";
import { loadAutomerge } from "../../../../runtime/ledger/automerge-node.ts";
import type { OpenLedger } from "../../../../runtime/ledger/store/open.ts";
import { seedFor } from "../../../seed.ts";
import { drawing, heldBy, openAlice, someEvents } from "./fixtures.ts";
import { MemoryFiles, type Plan, PowerLoss } from "./memory-files.ts";

loadAutomerge();

const seed = seedFor("test/runtime/ledger/store/crash.test.ts");
const EVENTS = someEvents(6);

/** What a program knows when the power goes. */
interface Progress {
  readonly acknowledged: Set<string>;
  readonly incarnations: number[];
}

/** Opens, writes, flushes and closes twice. A failed call is tried once more. */
function life(files: MemoryFiles, { acknowledged, incarnations }: Progress): void {
  for (const part of [0, 3]) {
    const open = twice(() => openAlice(files));
    incarnations.push(open.report.incarnation);
    for (const { hash, bytes } of EVENTS.slice(part, part + 3)) {
      const admission = twice(() => open.ledger.append(bytes));
      if (admission.status !== "quarantined") acknowledged.add(hash);
      if (hash === EVENTS[part]?.hash) twice(() => open.flush());
    }
    twice(() => closed(open));
  }
}

/** A close that fails has let go of the folder, so it is not repeated. */
function closed(open: OpenLedger): void {
  open.close();
}

function twice<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof PowerLoss || causeOf(error) instanceof PowerLoss) throw error;
    return run();
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof ProtocolError ? error.cause : undefined;
}

/** Runs a life with a plan, comes back, and checks what is there. */
function survive(plan: Plan, draw: () => number): number {
  const files = new MemoryFiles(draw);
  files.plan = plan;
  const progress: Progress = { acknowledged: new Set(), incarnations: [] };
  try {
    life(files, progress);
  } catch (error) {
    const power = error instanceof PowerLoss || causeOf(error) instanceof PowerLoss;
    if (!power) throw error;
  }
  const calls = files.calls;
  files.reboot();
  // Coming back can be interrupted as well.
  if (draw() < 0.7) {
    files.plan = { at: files.calls + Math.floor(draw() * 12), kind: "power" };
    try {
      progress.incarnations.push(openAlice(files).report.incarnation);
    } catch (error) {
      if (!(error instanceof PowerLoss)) throw error;
    }
    files.reboot();
  }
  const back = openAlice(files);
  const held = heldBy(back.ledger);
  expect([...progress.acknowledged].filter((hash) => !held.includes(hash))).toEqual([]);
  expect(back.report.incarnation).toBeGreaterThan(Math.max(0, ...progress.incarnations));
  expect(back.report.lost).toBe(0);
  for (const { bytes } of EVENTS) back.ledger.append(bytes);
  back.close();
  files.reboot();
  const again = openAlice(files);
  expect(heldBy(again.ledger)).toHaveLength(EVENTS.length);
  expect(again.report.problems).toEqual([]);
  return calls;
}

describe("a store", () => {
  const calls = survive({ at: Number.POSITIVE_INFINITY, kind: "power" }, () => 0.9);

  test("has operations to interrupt", () => {
    expect(calls).toBeGreaterThan(40);
    console.info(`${calls} operations, each interrupted twice in 2 ways`);
  });

  test.each(["power", "error"] as const)("survives a loss at every operation: %s", (kind) => {
    for (let at = 0; at < calls; at += 1) {
      for (const run of [0, 1]) {
        const number = seed + at * 8 + run;
        try {
          survive({ at, kind }, drawing(number));
        } catch (error) {
          throw new Error(`operation ${at}, run ${run}`, { cause: error });
        }
      }
    }
  });
});
