/** Checks files: choreographies in TypeScript, and global protocols in Scribble. */
import { statSync } from "node:fs";
import { extname, relative, resolve } from "node:path";
import type { Project } from "ts-morph";
import type { DiagnosticCode, Place, ProtocolError } from "../dsl/index.ts";
import { diagnose } from "./check.ts";
import type { Diagnosed } from "./check.ts";
import { emitScripts } from "./emit.ts";
import { findChoreographies, openProject } from "./generate.ts";
import { syntaxErrors, twins } from "./plan.ts";
import { readChoreographies } from "./read.ts";
import { attempt } from "./reading.ts";
import { readScribble } from "./scribble/index.ts";
import { readText } from "./text-file.ts";

interface CheckFilesOptions {
  /** Files, and folders for every `choreography.ts` below; without any, the folder `cwd`. */
  readonly files: readonly string[];
  /** Folder that paths are relative to. */
  readonly cwd: string;
}

/** What there is to say of one file. */
export interface FileReport {
  /** The file, as it was named. */
  readonly file: string;
  /** Whether it could be read at all. */
  readonly readable: boolean;
  readonly accepted: boolean;
  readonly diagnostics: readonly Diagnosed[];
}

/** Checks every file, whatever is wrong with the others. */
export function checkFiles({ files, cwd }: CheckFilesOptions): readonly FileReport[] {
  const project = openProject();
  const taken = new Set<string>();
  const named = new Map<string, string>();
  for (const [path, name] of files.length === 0 ? below(cwd, cwd) : files.flatMap(pathsOf(cwd))) {
    if (!named.has(path)) named.set(path, name);
  }
  // All at once, for every file that is added later makes the compiler begin anew.
  for (const path of named.keys()) if (!isScribble(path)) project.addSourceFileAtPathIfExists(path);
  // A file that was found and not named may be of the language without holding a choreography.
  const given = new Set(files.map((file) => resolve(cwd, file)));
  return [...named].flatMap(([path, file]) => {
    const { readable = true, found } = checkFile(path, project, taken);
    if (!given.has(path) && found.some(({ code }) => code === "AURA1805")) return [];
    const diagnostics = found.map((each) => withNames(each, cwd, named));
    return [{ file, readable, accepted: diagnostics.length === 0, diagnostics }];
  });
}

/** A path, and how the caller names it. */
type Named = readonly [path: string, name: string];

function pathsOf(cwd: string): (file: string) => readonly Named[] {
  return (file) => {
    const path = resolve(cwd, file);
    return isFolder(path) ? below(path, cwd) : [[path, file]];
  };
}

function isScribble(path: string): boolean {
  return extname(path) === ".scr";
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function below(folder: string, cwd: string): readonly Named[] {
  return findChoreographies(folder).map((path) => [path, relative(cwd, path)]);
}

interface Checked {
  readonly readable?: false;
  readonly found: readonly Diagnosed[];
}

function checkFile(path: string, project: Project, taken: Set<string>): Checked {
  const start: Place = { file: path, line: 1, column: 1 };
  const text = readText(path);
  if (typeof text !== "string") {
    return { readable: false, found: [{ code: "AURA1804", ...text, places: [start] }] };
  }
  const found = isScribble(path)
    ? checkScribble(text, start)
    : checkTypeScript(path, project, taken, start);
  return { found };
}

function checkScribble(text: string, start: Place): readonly Diagnosed[] {
  const refused: ProtocolError[] = [];
  const imported = attempt(refused, () => readScribble(text, start.file)) ?? [];
  return [
    ...refused.map((error) => coded("AURA1806", error, start)),
    ...imported.flatMap(diagnose),
  ];
}

function checkTypeScript(
  path: string,
  project: Project,
  taken: Set<string>,
  start: Place,
): readonly Diagnosed[] {
  const file = project.addSourceFileAtPath(path);
  const syntax = syntaxErrors(file, project);
  if (syntax.length > 0) return syntax.map((error) => coded("AURA1801", error, start));
  const refused: ProtocolError[] = [];
  const choreographies = readChoreographies(file, refused);
  const unread = refused.splice(0).map((error) => coded("AURA1802", error, start));
  const broken = choreographies.flatMap(diagnose);
  const same = twins(choreographies, taken).map((error) => coded("AURA1803", error, start));
  const found = [...unread, ...broken, ...same];
  if (found.length > 0) return found;
  if (choreographies.length === 0) {
    const what = "the file holds no choreography";
    const todo = "Name a file with export const name = choreography(…) … .returns(…)";
    return [{ code: "AURA1805", what, todo, places: [start] }];
  }
  // A script can need what its file cannot reach: that is seen where it is written.
  for (const choreography of choreographies) attempt(refused, () => emitScripts(choreography));
  return refused.map((error) => coded("AURA1802", error, start));
}

function coded(
  code: DiagnosticCode,
  { what, todo, where }: ProtocolError,
  start: Place,
): Diagnosed {
  const { role, step, source = start } = where;
  return {
    code,
    what,
    todo,
    ...(role === undefined ? {} : { role }),
    ...(step === undefined ? {} : { step }),
    places: [source],
  };
}

/** With its files named as the caller names them. */
function withNames(
  { places: [first, ...others], ...diagnosed }: Diagnosed,
  cwd: string,
  names: ReadonlyMap<string, string>,
): Diagnosed {
  const place = (each: Place): Place => ({
    ...each,
    file: names.get(each.file) ?? relative(cwd, each.file),
  });
  return { ...diagnosed, places: [place(first), ...others.map(place)] };
}
