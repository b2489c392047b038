/** The command line, `aura`. Exit code 0: all well; 1: refused, outdated or damaged; 2: bad input. */
import { Command, CommanderError, Option } from "commander";
import { ProtocolError } from "../dsl/index.ts";
import { checkFiles } from "./check-files.ts";
import { addDraw } from "./commands/draw.ts";
import { explain } from "./explain.ts";
import { generate } from "./generate.ts";
import { importScribble } from "./import-scribble.ts";
import { inText, renderReport, reportFormats } from "./report.ts";
import type { ReportFormat } from "./report.ts";

/** Where the command line runs and prints; injected, so that tests can watch it. */
export interface CliHost {
  readonly cwd: string;
  out(line: string): void;
  error(line: string): void;
}

/** Adds commands of other folders, which this one must not import; `exit` sets the exit code. */
export type AddCommands = (program: Command, host: CliHost, exit: (code: number) => void) => void;

/**
 * Runs `aura` with `args` (without the program's own name).
 *
 * @returns the exit code
 */
export function runCli(
  args: readonly string[],
  host: CliHost,
  more: readonly AddCommands[] = [],
): number {
  let exitCode = 0;
  const exit = (code: number): void => {
    exitCode = code;
  };
  const program = cli(host, exit);
  for (const add of more) add(program, host, exit);
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
    .description("Checks choreographies, and projects them into one local script per role.")
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
  addCheck(program, host, exit);
  program
    .command("explain")
    .description("say what a rule means, and what to do where it is broken")
    .argument("<code>", "the rule's code, as aura check prints it: AURA1001")
    .action((code: string) => explain(code).forEach((line) => host.out(line)));
  addImport(program, host, exit);
  addDraw(program, host, exit);
  return program;
}

function addCheck(program: Command, host: CliHost, exit: (code: number) => void): void {
  program
    .command("check")
    .description("check choreographies and Scribble protocols against every rule; write nothing")
    .argument("[files...]", "files, or folders with choreography.ts below (default: here)")
    .addOption(
      new Option("--format <format>", "how to print").choices(reportFormats).default("text"),
    )
    .option("--json", "print one JSON array: short for --format json")
    .action((files: readonly string[], options: { format: ReportFormat; json?: boolean }) => {
      const reports = checkFiles({ files, cwd: host.cwd });
      const format = options.json === true ? "json" : options.format;
      for (const line of renderReport(reports, format)) host.out(line);
      const refused = reports.some(({ accepted }) => !accepted) ? 1 : 0;
      exit(reports.every(({ readable }) => readable) ? refused : 2);
    });
}

interface ImportFlags {
  readonly output?: string;
  readonly protocol?: string;
  readonly check: boolean;
}

function addImport(program: Command, host: CliHost, exit: (code: number) => void): void {
  program
    .command("import")
    .description("write a Scribble protocol as a choreography to fill in")
    .argument("<file>", "the Scribble file")
    .option("-o, --output <file>", "the file to write (default: print it)")
    .option("--protocol <name>", "the global protocol, where the file has several")
    .option("--no-check", "write it whatever rule it breaks")
    .action((file: string, flags: ImportFlags) => {
      const imported = importScribble({ ...flags, file, cwd: host.cwd });
      if ("refused" in imported) {
        for (const line of imported.refused.flatMap(inText)) host.error(line);
        exit(1);
      } else
        host.out(flags.output === undefined ? imported.text.trimEnd() : `written ${flags.output}`);
    });
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
