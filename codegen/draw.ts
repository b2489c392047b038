/** Choreographies in, Mermaid diagrams out. */
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { ProtocolError, project } from "../dsl/index.ts";
import { checkChoreography } from "./check.ts";
import { drawSequence } from "./draw/sequence.ts";
import { drawStates } from "./draw/states.ts";
import { openProject, placedIn } from "./generate.ts";
import { syntaxErrors } from "./plan.ts";
import { readChoreographies } from "./read.ts";
import type { SourceChoreography } from "./read.ts";
import { onDisk } from "./settle.ts";

export interface DrawOptions {
  readonly file: string;
  /** Folder that paths are relative to. */
  readonly cwd: string;
  /** Draw this role's states only. */
  readonly role?: string;
  /** Folder for the diagrams; without one, `diagrams` beside the file. */
  readonly output?: string;
}

export interface DrawReport {
  /** Paths of the diagrams, relative to the folder. */
  readonly written: readonly string[];
  readonly refused: readonly ProtocolError[];
}

/** One diagram: the name of its file, and its text. */
interface Diagram {
  readonly name: string;
  readonly text: string;
}

/**
 * Draws each choreography of a file: a sequence diagram of all roles, and a state diagram for each.
 *
 * @throws ProtocolError `InvalidInput` for a file that is not there, holds no choreography, or
 *   cannot be read or written, and for a role that none has
 */
export function draw({ file, cwd, role, output }: DrawOptions): DrawReport {
  const path = resolve(cwd, file);
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw badInput(`there is no file ${file}`, "Name a TypeScript file that holds a choreography");
  }
  const sources = openProject();
  const source = onDisk(file, () => sources.addSourceFileAtPath(path));
  const refused = [...syntaxErrors(source, sources)];
  const choreographies = refused.length > 0 ? [] : readChoreographies(source, refused);
  refused.push(...choreographies.flatMap(checkChoreography));
  if (refused.length > 0) {
    return { written: [], refused: refused.map((error) => placedIn(cwd, error)) };
  }
  const diagrams = choreographies.flatMap((each) => diagramsOf(each, role));
  if (diagrams.length === 0) throw nothingToDraw(file, role, choreographies);
  const folder = output === undefined ? join(dirname(path), "diagrams") : resolve(cwd, output);
  const written = diagrams.map(({ name, text }) => {
    const target = relative(cwd, join(folder, name));
    onDisk(target, () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, name), text);
    });
    return target;
  });
  return { written, refused: [] };
}

/** All diagrams of a choreography, or that of `only`, where it has such a role. */
function diagramsOf({ global }: SourceChoreography, only?: string): readonly Diagram[] {
  const roles = Object.keys(global.roles).filter((role) => only === undefined || role === only);
  const states = roles.map((role) => ({
    name: `${global.name}.${role}.mmd`,
    text: drawStates(global, role, project(global, role)),
  }));
  if (only !== undefined) return states;
  return [{ name: `${global.name}.mmd`, text: drawSequence(global) }, ...states];
}

function nothingToDraw(
  file: string,
  role: string | undefined,
  choreographies: readonly SourceChoreography[],
): ProtocolError {
  if (role === undefined || choreographies.length === 0) {
    const todo = "Name a file with export const name = choreography(…) … .returns(…)";
    return badInput(`${file} holds no choreography`, todo);
  }
  const roles = new Set(choreographies.flatMap(({ global }) => Object.keys(global.roles)));
  return badInput(`${file} has no role '${role}'`, `Name one of: ${[...roles].join(", ")}`);
}

function badInput(what: string, todo: string): ProtocolError {
  return new ProtocolError({ code: "InvalidInput", what, todo });
}
