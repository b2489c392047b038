/** What the choreographies of a file project to, before anything is written. */
import { posix } from "node:path";
import { ts } from "ts-morph";
import type { Project, SourceFile } from "ts-morph";
import { ProtocolError } from "../dsl/index.ts";
import { checkChoreography } from "./check.ts";
import { emitScripts } from "./emit.ts";
import type { GeneratedFile } from "./files.ts";
import { languageOf } from "./language.ts";
import { readChoreographies } from "./read.ts";
import type { SourceChoreography } from "./read.ts";
import { attempt } from "./reading.ts";

/** The scripts of one source file, or why there are none. */
export interface Plan {
  /** Absolute path of the source file. */
  readonly source: string;
  /** Empty where the file holds no choreography, and where anything in it is refused. */
  readonly scripts: readonly GeneratedFile[];
  readonly refused: readonly ProtocolError[];
}

/** Plans `files` of `project`; choreographies side by side need different names. */
export function planScripts(project: Project, files: readonly SourceFile[]): readonly Plan[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const refused = [...syntaxErrors(file, project)];
    const choreographies = refused.length > 0 ? [] : readChoreographies(file, refused);
    refused.push(...choreographies.flatMap(checkChoreography), ...twins(choreographies, taken));
    const source = file.getFilePath();
    if (refused.length > 0) return { source, scripts: [], refused };
    const emitted = choreographies.flatMap(
      (choreography) => attempt(refused, () => emitScripts(choreography)) ?? [],
    );
    return { source, scripts: refused.length > 0 ? [] : emitted, refused };
  });
}

/** What the parser could not read of a file that holds choreographies. */
export function syntaxErrors(file: SourceFile, project: Project): readonly ProtocolError[] {
  if (languageOf(file) === undefined) return [];
  const found = project.getProgram().compilerObject.getSyntacticDiagnostics(file.compilerNode);
  return found.map(({ start, messageText }) => {
    const what = ts.flattenDiagnosticMessageText(messageText, " ").replace(/\.$/, "");
    const source = { file: file.getFilePath(), ...file.getLineAndColumnAtPos(start) };
    const todo = "Correct the syntax: the generator reads what the compiler can";
    return new ProtocolError({ code: "NotProjectable", what, todo, where: { source } });
  });
}

/** Choreographies whose scripts would take the files of another's. */
export function twins(
  choreographies: readonly SourceChoreography[],
  taken: Set<string>,
): readonly ProtocolError[] {
  return choreographies.flatMap(({ file, global: { name }, headPlace }) => {
    const scripts = posix.join(posix.dirname(file), name);
    if (!taken.has(scripts)) {
      taken.add(scripts);
      return [];
    }
    const what = `two choreographies of this folder are named '${name}'`;
    const todo = "Name them differently: their scripts are files of these names";
    const where = { protocol: name, source: headPlace };
    return [new ProtocolError({ code: "NotProjectable", what, todo, where })];
  });
}
