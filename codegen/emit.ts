/** The local scripts of a choreography: one file a role, in a folder beside it. */
import { posix } from "node:path";
import { generatedFolder } from "./files.ts";
import type { GeneratedFile } from "./files.ts";
import type { SourceChoreography } from "./read.ts";
import { printScript } from "./script.ts";

/** The local scripts of all roles of `choreography`. */
export function emitScripts(choreography: SourceChoreography): readonly GeneratedFile[] {
  const folder = posix.join(posix.dirname(choreography.file), generatedFolder);
  const { name, roles } = choreography.global;
  return Object.keys(roles).map((role) => ({
    path: posix.join(folder, `${name}.${role}.ts`),
    text: printScript(choreography, role),
  }));
}
