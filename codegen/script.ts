/** A role's local script: data that reads from top to bottom, checked by its local type. */
import { posix } from "node:path";
import { ts } from "ts-morph";
import { ProtocolError, project } from "../dsl/index.ts";
import { stepsByLabel } from "./describe.ts";
import { digestOf } from "./digest.ts";
import { generatedMark } from "./files.ts";
import { printImports, scriptTypes } from "./imports.ts";
import { nameScripts } from "./script-names.ts";
import { namesOf, runsOf, writeBody } from "./node.ts";
import { indented, printValue } from "./print.ts";
import type { SourceChoreography } from "./read.ts";
import type { ImportedName } from "./source.ts";

/** The text of the script of `role`. */
export function printScript(choreography: SourceChoreography, role: string): string {
  const { global, exportName, file } = choreography;
  const body = project(global, role);
  const own = [...global.abort.names, ...namesOf(body)];
  refuseClashes(own, role, choreography);
  const taken = [role, exportName, ...scriptTypes, ...own.map(({ local }) => local)];
  const scripts = nameScripts(runsOf(body), taken);
  const steps = writeBody(body, stepsByLabel(global.steps), scripts.nameOf);
  return [
    `${generatedMark} from ../${posix.basename(file)}: do not edit, run "aura generate".`,
    `// ${global.name}: ${global.session.trim().split(/\s+/).join(" ")}`,
    printImports([...own, ...scripts.names], choreography),
    "",
    `/** What ${role} does in ${global.name}, step by step. */`,
    `export const ${role} = {`,
    `  protocol: "${global.name}",`,
    `  role: "${role}",`,
    `  digest: "${digestOf(global)}",`,
    `  abort: ${indented(global.abort.text, "  ")},`,
    `  steps: ${printValue(steps, "  ", "steps: ,".length)},`,
    `} as const satisfies LocalScript<Project<typeof ${exportName}, "${role}">>;`,
    "",
  ].join("\n");
}

/**
 * A script's names: its constant has the role's, beside it stand the types that it satisfies, and
 * none of them may be that of an import.
 */
function refuseClashes(
  names: readonly ImportedName[],
  role: string,
  choreography: SourceChoreography,
): void {
  const { global, exportName, headPlace, languageModule } = choreography;
  const where = { protocol: global.name, role, source: headPlace };
  const clash = (what: string, todo = "Rename one of the two") =>
    new ProtocolError({ code: "NotProjectable", what, todo, where });
  if (isReserved(role)) {
    throw clash(`the role '${role}' is named like a word of JavaScript`, "Rename the role");
  }
  if (role === exportName) {
    throw clash(`'${role}' is the name of a role and of the choreography`);
  }
  for (const { local, module } of names) {
    if (local === role) {
      throw clash(`'${role}' is the name of a role and of something that its actions use`);
    }
    const isOwnType = scriptTypes.some((type) => type === local) && module !== languageModule;
    if (isOwnType || (local === exportName && module !== "")) {
      throw clash(`'${local}' is a name of every script and of something that its actions use`);
    }
  }
}

/** Words that no constant of a module can be named. */
function isReserved(role: string): boolean {
  const word = ts.createScanner(ts.ScriptTarget.ESNext, true, undefined, role).scan();
  if (word >= ts.SyntaxKind.FirstReservedWord && word <= ts.SyntaxKind.LastFutureReservedWord) {
    return true;
  }
  return ["await", "eval", "arguments", "undefined", "globalThis"].includes(role);
}
