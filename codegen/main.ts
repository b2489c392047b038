#!/usr/bin/env node
import { runCli } from "./cli.ts";

process.exitCode = runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  out: (line) => console.log(line),
  error: (line) => console.error(line),
});
