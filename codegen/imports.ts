/** The import statements of a generated script: its own role's names and no others. */
import { posix } from "node:path";
import { printImport } from "./print.ts";
import type { SourceChoreography } from "./read.ts";
import type { ImportedName } from "./source.ts";

/** Import statements for `names` and for the script's own types, ordered by module. */
export function printImports(
  names: readonly ImportedName[],
  choreography: SourceChoreography,
): string {
  const own = `../${posix.basename(choreography.file)}`;
  const language = relocate(choreography.languageModule);
  const types = new Map([
    [language, new Set(["LocalScript", "Project"])],
    [own, new Set([choreography.exportName])],
  ]);
  const values = new Map<string, Set<string>>();
  const wholes = new Set<string>();
  for (const name of names) {
    const module = name.module === "" ? own : relocate(name.module);
    if (name.imported === "*" || name.imported === "default") {
      wholes.add(printWhole(name, module));
    } else {
      addTo(name.typeOnly ? types : values, module, specifier(name));
    }
  }
  return [
    ...[...wholes].sort(),
    ...printGroup(values, false),
    ...printGroup(types, true),
  ].join("\n");
}

function printGroup(modules: ReadonlyMap<string, ReadonlySet<string>>, typeOnly: boolean) {
  return [...modules.keys()]
    .sort()
    .map((module) => printImport([...(modules.get(module) ?? [])].sort(), module, typeOnly));
}

function printWhole(name: ImportedName, module: string): string {
  const keyword = name.typeOnly ? "import type " : "import ";
  const binding = name.imported === "*" ? `* as ${name.local}` : name.local;
  return `${keyword}${binding} from ${JSON.stringify(module)};`;
}

function specifier(name: ImportedName): string {
  return name.imported === name.local ? name.local : `${name.imported} as ${name.local}`;
}

function addTo(groups: Map<string, Set<string>>, module: string, item: string): void {
  const group = groups.get(module) ?? new Set<string>();
  groups.set(module, group.add(item));
}

/** A module as the folder of generated scripts, one level down, names it. */
function relocate(module: string): string {
  return module.startsWith(".") ? posix.join("..", module) : module;
}
