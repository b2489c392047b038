/** Choreographies in, local scripts out. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";
import { Project } from "ts-morph";
import type { SourceFile } from "ts-morph";
import { ProtocolError } from "../dsl/index.ts";
import { checkChoreography } from "./check.ts";
import { emitScripts, generatedFolder, generatedMark } from "./emit.ts";
import type { GeneratedFile } from "./emit.ts";
import { readChoreographies } from "./read.ts";

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
  /** Rules that the choreographies break, each with its place. */
  readonly refused: readonly ProtocolError[];
}

/**
 * Projects the choreographies of `options.files` and writes one local script a role beside each.
 * Nothing is written for a file whose choreographies break a rule.
 *
 * @throws ProtocolError `InvalidInput` for a file that is not there or holds no choreography,
 *   `NotProjectable` for a chain that cannot be read statically
 */
export function generate(options: GenerateOptions): GenerateReport {
  const paths = choreographyFiles(options);
  const project = new Project({
    compilerOptions: { noLib: true, noResolve: true, allowImportingTsExtensions: true },
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });
  const reports = paths.map((path) => generateFor(project.addSourceFileAtPath(path), options));
  return {
    outcomes: reports.flatMap((report) => report.outcomes),
    refused: reports.flatMap((report) => report.refused),
  };
}

function generateFor(file: SourceFile, options: GenerateOptions): GenerateReport {
  const choreographies = readChoreographies(file);
  if (choreographies.length === 0) {
    if (!isNamed(options)) return { outcomes: [], refused: [] };
    const path = relative(options.cwd, file.getFilePath());
    throw new ProtocolError({
      code: "InvalidInput",
      what: `${path} holds no choreography`,
      todo: "Name a file with export const name = choreography(…) … .returns(…)",
    });
  }
  const refused = choreographies.flatMap(checkChoreography);
  if (refused.length > 0) return { outcomes: [], refused };
  const files = choreographies.flatMap(emitScripts);
  const strays = strayFiles(file, files);
  return {
    outcomes: [
      ...files.map((generated) => settle(generated, options)),
      ...strays.map((path) => removeStray(path, options)),
    ],
    refused,
  };
}

function settle(file: GeneratedFile, { cwd, check }: GenerateOptions): GenerateOutcome {
  const path = relative(cwd, file.path);
  const current = existsSync(file.path) && readFileSync(file.path, "utf8") === file.text;
  if (current) return { path, status: "current" };
  if (check === true) return { path, status: "outdated" };
  mkdirSync(dirname(file.path), { recursive: true });
  writeFileSync(file.path, file.text);
  return { path, status: "written" };
}

/** Scripts of roles or choreographies of `source` that are no more. */
function strayFiles(source: SourceFile, files: readonly GeneratedFile[]): readonly string[] {
  const folder = posix.join(posix.dirname(source.getFilePath()), generatedFolder);
  if (!existsSync(folder)) return [];
  const expected = new Set(files.map((file) => file.path));
  const mark = `${generatedMark} from ../${source.getBaseName()}:`;
  return readdirSync(folder)
    .map((name) => posix.join(folder, name))
    .filter((path) => !expected.has(path) && statSync(path).isFile())
    .filter((path) => readFileSync(path, "utf8").startsWith(mark));
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
