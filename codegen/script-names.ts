/** Names for the scripts of nested choreographies, beside the other names of a script. */
import type { NameOfScript } from "./node.ts";
import type { CalleeScripts, ImportedName } from "./source.ts";

export interface ScriptNames {
  readonly names: readonly ImportedName[];
  readonly nameOf: NameOfScript;
}

/**
 * Names each script of `runs` like its role; where that is one of `taken`, or the name of another
 * script, like its choreography and its role: `voter`, else `lockingVoter`.
 */
export function nameScripts(
  runs: readonly { readonly scripts: CalleeScripts; readonly role: string }[],
  taken: readonly string[],
): ScriptNames {
  const used = new Set(taken);
  const found = new Map<string, ImportedName>();
  for (const { scripts, role } of runs) {
    const module = moduleOf(scripts, role);
    if (found.has(module)) continue;
    const local = freeName(scripts.name, role, used);
    used.add(local);
    found.set(module, { local, imported: role, module, attributes: "", typeOnly: false });
  }
  return {
    names: [...found.values()],
    nameOf: (scripts, role) => found.get(moduleOf(scripts, role))?.local ?? role,
  };
}

function moduleOf({ folder, name, extension }: CalleeScripts, role: string): string {
  const module = `${folder}/${name}.${role}${extension}`;
  return module.startsWith(".") ? module : `./${module}`;
}

function freeName(choreography: string, role: string, used: ReadonlySet<string>): string {
  if (!used.has(role)) return role;
  const words = [...choreography.split(/[-_]/), role].map(capitalized).join("");
  const whole = words.charAt(0).toLowerCase() + words.slice(1);
  let name = whole;
  for (let number = 2; used.has(name); number += 1) name = `${whole}${number}`;
  return name;
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
