/** Brings the generated folder beside a choreography up to date, or says what is not. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, posix, relative } from "node:path";
import { ProtocolError } from "../dsl/index.ts";
import { generatedFolder, generatedMark } from "./files.ts";
import type { GeneratedFile } from "./files.ts";
import type { Plan } from "./plan.ts";

/** What became of one generated file. */
export interface GenerateOutcome {
  /** Path relative to the folder. */
  readonly path: string;
  readonly status: "current" | "written" | "removed" | "outdated" | "stray";
}

/** Writes what `plan` says and removes what it no longer says; with `check`, only compares. */
export function settle(plan: Plan, cwd: string, check: boolean): readonly GenerateOutcome[] {
  if (plan.scripts.length === 0) return [];
  return [
    ...plan.scripts.map((script) => settleScript(script, cwd, check)),
    ...strayFiles(plan).map((path) => settleStray(path, cwd, check)),
  ];
}

function settleScript(script: GeneratedFile, cwd: string, check: boolean): GenerateOutcome {
  const path = relative(cwd, script.path);
  return onDisk(path, () => {
    const current = existsSync(script.path) && readFileSync(script.path, "utf8") === script.text;
    if (current) return { path, status: "current" };
    if (check) return { path, status: "outdated" };
    mkdirSync(dirname(script.path), { recursive: true });
    writeFileSync(script.path, script.text);
    return { path, status: "written" };
  });
}

/** Scripts of roles or choreographies of the plan's source that are no more. */
function strayFiles({ source, scripts }: Plan): readonly string[] {
  const folder = posix.join(posix.dirname(source), generatedFolder);
  if (!existsSync(folder)) return [];
  const expected = new Set(scripts.map((script) => script.path));
  const mark = `${generatedMark} from ../${basename(source)}:`;
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(folder, entry.name))
    .filter((path) => !expected.has(path) && readFileSync(path, "utf8").startsWith(mark));
}

function settleStray(stray: string, cwd: string, check: boolean): GenerateOutcome {
  const path = relative(cwd, stray);
  if (check) return { path, status: "stray" };
  onDisk(path, () => rmSync(stray));
  return { path, status: "removed" };
}

/** Does what `act` does to the file `path`; a failure names the file. */
export function onDisk<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw new ProtocolError({
      code: "InvalidInput",
      what: `${path} cannot be read or written`,
      todo: "Make it a file that you may write",
      cause,
    });
  }
}
