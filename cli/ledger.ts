/** The commands `aura ledger`: look at the ledger that a device keeps in a folder. */
import { resolve } from "node:path";
import type { AddCommands } from "../codegen/cli.ts";
import { inspectLedger } from "../runtime/node.ts";
import { ledgerAsJson, ledgerAsText } from "./ledger-report.ts";

/** `inspect` exits with 1 where there is damage or evidence against a device, with 2 where no ledger. */
export const addLedger: AddCommands = (program, host, exit) => {
  program
    .command("ledger")
    .description("look at the ledger of a device; changes nothing")
    .command("inspect")
    .description("list sessions, events, refused input, evidence against devices, and damage")
    .argument("<folder>", "the folder that the ledger is kept in")
    .option("--json", "print one JSON object")
    .action((folder: string, { json = false }: { json?: boolean }) => {
      const inspection = inspectLedger(resolve(host.cwd, folder));
      const lines = json ? [ledgerAsJson(inspection)] : ledgerAsText(inspection);
      for (const line of lines) host.out(line);
      const evidence = inspection.sessions.some(
        ({ equivocations, forks }) => equivocations.length > 0 || forks.length > 0,
      );
      if (evidence || inspection.problems.length > 0 || inspection.lost > 0) exit(1);
    });
};
