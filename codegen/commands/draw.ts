/** The command `aura draw`. */
import type { Command } from "commander";
import { draw } from "../draw.ts";

/** Where the command runs and prints. */
interface Host {
  readonly cwd: string;
  out(line: string): void;
  error(line: string): void;
}

interface DrawFlags {
  readonly role?: string;
  readonly output?: string;
}

/** Adds `aura draw` to `program`; `exit` gets 1 where the file is refused. */
export function addDraw(program: Command, host: Host, exit: (code: number) => void): void {
  program
    .command("draw")
    .description("draw choreographies as Mermaid diagrams: who tells whom, and each role's states")
    .argument("<file>", "a file with choreographies")
    .option("--role <name>", "draw this role's states only")
    .option("-o, --output <folder>", "folder for the diagrams (default: diagrams beside the file)")
    .action((file: string, flags: DrawFlags) => {
      const { written, refused } = draw({ ...flags, file, cwd: host.cwd });
      for (const path of written) host.out(`written ${path}`);
      for (const error of refused) host.error(error.message);
      if (refused.length > 0) exit(1);
    });
}
