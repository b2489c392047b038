/** The command line, `aura`. Exit code 0: all well; 1: refused or outdated; 2: bad input. */
import { Command, CommanderError } from "commander";
import { ProtocolError } from "../dsl/index.ts";
import { generate } from "./generate.ts";

/** Where the command line runs and prints; injected, so that tests can watch it. */
export interface CliHost {
  readonly cwd: string;
  out(line: string): void;
  error(line: string): void;
}

/**
 * Runs `aura` with `args` (without the program's own name).
 *
 * @returns the exit code
 */
export function runCli(args: readonly string[], host: CliHost): number {
  let exitCode = 0;
  const program = cli(host, (code) => {
    exitCode = code;
  });
  try {
    program.parse(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof ProtocolError)) throw error;
    host.error(error.message);
    return 2;
  }
}

function cli(host: CliHost, exit: (code: number) => void): Command {
  const program = new Command("aura")
    .description("Projects choreographies into one local script per role.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.out(text.trimEnd()),
      writeErr: (text) => host.error(text.trimEnd()),
    });
  program
    .command("generate")
    .description("write the local scripts of choreographies")
    .argument("[files...]", "files with choreographies (default: every choreography.ts below here)")
    .option("--check", "write nothing; exit with 1 if a generated file is not current")
    .action((files: readonly string[], { check = false }: { check?: boolean }) =>
      exit(runGenerate(files, check, host)),
    );
  return program;
}

function runGenerate(files: readonly string[], check: boolean, host: CliHost): number {
  const { outcomes, refused } = generate({ files, check, cwd: host.cwd });
  for (const { path, status } of outcomes) {
    if (status === "outdated" || status === "stray") {
      host.error(`${path} is ${status}: run "aura generate".`);
    } else if (!check) {
      host.out(`${status} ${path}`);
    }
  }
  for (const error of refused) host.error(error.message);
  const outdated = outcomes.some(({ status }) => status === "outdated" || status === "stray");
  return refused.length > 0 || outdated ? 1 : 0;
}
