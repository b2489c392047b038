#!/usr/bin/env node
import { runCli } from "../codegen/cli.ts";
import { addLedger } from "./ledger.ts";

const host = {
  cwd: process.cwd(),
  out: (line: string) => console.log(line),
  error: (line: string) => console.error(line),
};

process.exitCode = runCli(process.argv.slice(2), host, [addLedger]);
