/** Each implementation keeps every law of ledgers. */
import { describe, test } from "vitest";

import { ledgerConformance } from "../../../runtime/conformance.ts";
import { AutomergeLedger } from "../../../runtime/ledger/automerge.ts";
import { loadAutomerge } from "../../../runtime/ledger/automerge-node.ts";
import { MemoryLedger } from "../../../runtime/ledger/memory.ts";
import { openLedger } from "../../../runtime/ledger/store/open.ts";
import { MemoryFiles } from "../ledger/store/memory-files.ts";
import type { AccountRoster } from "../../../runtime/ledger/roster.ts";

const SEED = process.env["SEED"] ?? "2026";

loadAutomerge();

const implementations = {
  MemoryLedger: (roster: AccountRoster) => new MemoryLedger(roster),
  AutomergeLedger: (roster: AccountRoster) => new AutomergeLedger({ roster, device: "alice" }),
  "A ledger in a folder": (roster: AccountRoster) =>
    openLedger("/account", { roster, device: "alice", files: new MemoryFiles() }).ledger,
};

describe.each(Object.entries(implementations))(`%s is a ledger (SEED=${SEED})`, (_name, open) => {
  const cases = ledgerConformance({ open, seed: SEED }).map(
    ({ name, run }) => [name, run] as const,
  );
  test.each(cases)("%s", async (_law, run) => run());
});
