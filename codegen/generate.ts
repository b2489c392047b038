/** Choreographies in, local scripts out. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, posix, relative, resolve } from "node:path";
import { Project } from "ts-morph";
import { ProtocolError } from "../dsl/index.ts";
import { generatedFolder, generatedMark } from "./emit.ts";
import type { GeneratedFile } from "./emit.ts";
import { planScripts } from "./plan.ts";
import type { Plan } from "./plan.ts";

export interface GenerateOptions {
  /** Files with choreographies; without any, every `choreography.ts` below the folder. */
  readonly files?: readonly string[];
  /** Folder that paths are relative to. */
  readonly cwd: string;
  /** Only compare: write nothing, and report what is not current. */
  readonly check?: boolean;
}

/** What became of one generated file. */
export interface GenerateOutcome {
  /** Path relative to the folder. */
  readonly path: string;
  readonly status: "current" | "written" | "removed" | "outdated" | "stray";
}

export interface GenerateReport {
  readonly outcomes: readonly GenerateOutcome[];
  /** What cannot be read statically, and rules that are broken, each with its place. */
  readonly refused: readonly ProtocolError[];
}

/**
 * Projects the choreographies of `options.files` and writes one local script a role beside each.
 * Nothing is written for a file in which anything is refused.
 *
 * @throws ProtocolError `InvalidInput` for a file that is not there, holds no choreography, or
 *   cannot be read or written
 */
export function generate(options: GenerateOptions): GenerateReport {
  const { cwd } = options;
  const project = new Project({
    compilerOptions: { noLib: true, noResolve: true, allowImportingTsExtensions: true },
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });
  const files = choreographyFiles(options).map((path) =>
    onDisk(relative(cwd, path), () => project.addSourceFileAtPath(path)),
  );
  const plans = planScripts(project, [...new Set(files)]);
  if (isNamed(options)) plans.forEach((plan) => refuseEmpty(plan, cwd));
  return {
    outcomes: plans.flatMap((plan) => carryOut(plan, options)),
    refused: plans.flatMap((plan) => plan.refused.map((error) => placedIn(cwd, error))),
  };
}

/** A file that was asked for by name and holds nothing to generate from. */
function refuseEmpty({ source, scripts, refused }: Plan, cwd: string): void {
  if (scripts.length > 0 || refused.length > 0) return;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `${relative(cwd, source)} holds no choreography`,
    todo: "Name a file with export const name = choreography(…) … .returns(…)",
  });
}

function carryOut(plan: Plan, options: GenerateOptions): readonly GenerateOutcome[] {
  if (plan.scripts.length === 0) return [];
  return [
    ...plan.scripts.map((script) => settle(script, options)),
    ...strayFiles(plan).map((path) => removeStray(path, options)),
  ];
}

function settle(script: GeneratedFile, { cwd, check }: GenerateOptions): GenerateOutcome {
  const path = relative(cwd, script.path);
  return onDisk(path, () => {
    const current = existsSync(script.path) && readFileSync(script.path, "utf8") === script.text;
    if (current) return { path, status: "current" };
    if (check === true) return { path, status: "outdated" };
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

function removeStray(stray: string, { cwd, check }: GenerateOptions): GenerateOutcome {
  if (check !== true) rmSync(stray);
  return { path: relative(cwd, stray), status: check === true ? "stray" : "removed" };
}

/** Did the caller name the files, or are they to be found? */
function isNamed({ files }: GenerateOptions): boolean {
  return files !== undefined && files.length > 0;
}

function choreographyFiles(options: GenerateOptions): readonly string[] {
  const { files = [], cwd } = options;
  if (!isNamed(options)) return findChoreographies(cwd);
  return files.map((file) => {
    const path = resolve(cwd, file);
    if (existsSync(path) && statSync(path).isFile()) return path;
    throw new ProtocolError({
      code: "InvalidInput",
      what: `there is no file ${file}`,
      todo: "Name a TypeScript file that holds a choreography",
    });
  });
}

const skippedFolders = new Set(["node_modules", "dist", ".git", generatedFolder]);

function findChoreographies(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : findChoreographies(path);
    return entry.name === "choreography.ts" ? [path] : [];
  });
}

/** Does what `act` does to the file `path`; a failure names the file. */
function onDisk<T>(path: string, act: () => T): T {
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

/** `error` with its source named as seen from `folder`, as the outcomes are. */
function placedIn(folder: string, error: ProtocolError): ProtocolError {
  const { code, what, todo, where } = error;
  if (where.source === undefined) return error;
  const source = { ...where.source, file: relative(folder, where.source.file) };
  return new ProtocolError({ code, what, todo, where: { ...where, source } });
}
