/** Choreographies in, local scripts out. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Project } from "ts-morph";
import { ProtocolError } from "../dsl/index.ts";
import { generatedFolder } from "./files.ts";
import { planScripts } from "./plan.ts";
import type { Plan } from "./plan.ts";
import { onDisk, settle } from "./settle.ts";
import type { GenerateOutcome } from "./settle.ts";

export interface GenerateOptions {
  /** Files with choreographies; without any, every `choreography.ts` below the folder. */
  readonly files?: readonly string[];
  /** Folder that paths are relative to. */
  readonly cwd: string;
  /** Only compare: write nothing, and report what is not current. */
  readonly check?: boolean;
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
  const project = openProject();
  const files = choreographyFiles(options).map((path) =>
    onDisk(relative(cwd, path), () => project.addSourceFileAtPath(path)),
  );
  const plans = planScripts(project, [...new Set(files)]);
  if (isNamed(options)) plans.forEach((plan) => refuseEmpty(plan, cwd));
  return {
    outcomes: plans.flatMap((plan) => settle(plan, cwd, options.check === true)),
    refused: plans.flatMap((plan) => plan.refused.map((error) => placedIn(cwd, error))),
  };
}

/** A project without any files: nothing is resolved, for source is only read. */
export function openProject(): Project {
  return new Project({
    compilerOptions: { noLib: true, noResolve: true, allowImportingTsExtensions: true },
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });
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

/** Every `choreography.ts` below `folder`. */
export function findChoreographies(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : findChoreographies(path);
    return entry.name === "choreography.ts" ? [path] : [];
  });
}

/** `error` with its source named as seen from `folder`, as the outcomes are. */
export function placedIn(folder: string, error: ProtocolError): ProtocolError {
  const { code, what, todo, where } = error;
  if (where.source === undefined) return error;
  const source = { ...where.source, file: relative(folder, where.source.file) };
  return new ProtocolError({ code, what, todo, where: { ...where, source } });
}
