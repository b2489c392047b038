/** The compilers that the types must hold on, and what they say of a folder of programs. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** tsd's, ts-morph's, and the one that builds. */
export const versions = { "5.9": "typescript-5.9", "6.0": "typescript-6.0", "7.0": "typescript" };

export type Version = keyof typeof versions;

export interface Complaint {
  /** File name without folder and ending. */
  readonly program: string;
  readonly line: number;
  /** What the compiler prints, its continuation lines included, without the file's path. */
  readonly text: string;
}

const run = promisify(execFile);

/** Everything that compiler `version` prints about `project`, in the order of the programs. */
export async function complaints(version: Version, project: string): Promise<readonly Complaint[]> {
  const compiler = `node_modules/${versions[version]}/bin/tsc`;
  const { stdout } = await run(process.execPath, [compiler, "-p", project, "--pretty", "false"], {
    maxBuffer: 64 * 1024 * 1024,
  }).catch((failure: { readonly stdout?: string; readonly stderr?: string }) => {
    if (typeof failure.stdout === "string") return { stdout: failure.stdout };
    throw failure;
  });
  return parse(stdout);
}

function parse(output: string): readonly Complaint[] {
  const found: Complaint[] = [];
  for (const line of output.split("\n")) {
    const start = /^(.*?)([^/\\]+)\.ts\((\d+),(\d+)\): (.*)$/.exec(line);
    const last = found.at(-1);
    if (start !== null) {
      const [, , program = "", row = "", column = "", text = ""] = start;
      found.push({ program, line: Number(row), text: `${row}:${column} ${text}` });
    } else if (line.startsWith("error ")) {
      // No file is at fault, so nothing was checked.
      throw new Error(line);
    } else if (line.trim() !== "" && last !== undefined) {
      found[found.length - 1] = { ...last, text: `${last.text}\n${line}` };
    }
  }
  return found.sort((a, b) =>
    a.program === b.program ? a.line - b.line : a.program < b.program ? -1 : 1,
  );
}
