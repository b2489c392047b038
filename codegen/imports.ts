/** The import statements of a generated script: its own role's names and no others. */
import { posix } from "node:path";
import { generatedFolder } from "./files.ts";
import { printImport } from "./print.ts";
import type { SourceChoreography } from "./read.ts";
import type { ImportedName } from "./source.ts";

/** The names that every generated script imports from the language. */
export const scriptTypes = ["LocalScript", "Project"] as const;

/** Import statements for `names` and for the script's own types, ordered by module. */
export function printImports(
  names: readonly ImportedName[],
  choreography: SourceChoreography,
): string {
  const own = `../${posix.basename(choreography.file)}`;
  const language = relocate(choreography.languageModule);
  const types = new Map([
    [JSON.stringify(language), new Set<string>(scriptTypes)],
    [JSON.stringify(own), new Set([choreography.exportName])],
  ]);
  const values = new Map<string, Set<string>>();
  const wholes = new Set<string>();
  for (const name of oncePerName(names)) {
    const module = JSON.stringify(name.module === "" ? own : relocate(name.module));
    // A type has no attributes: they tell the loader of a value.
    const from = name.typeOnly ? module : `${module} ${name.attributes}`.trimEnd();
    if (name.imported === "*" || name.imported === "default") {
      wholes.add(printWhole(name, from));
    } else {
      addTo(name.typeOnly ? types : values, from, specifier(name));
    }
  }
  return [...[...wholes].sort(), ...printGroup(values, false), ...printGroup(types, true)].join(
    "\n",
  );
}

/** What is a value in one place and a type in another is imported as a value. */
function oncePerName(names: readonly ImportedName[]): readonly ImportedName[] {
  const types = names.filter((name) => name.typeOnly);
  const values = names.filter((name) => !name.typeOnly);
  return [...new Map([...types, ...values].map((name) => [name.local, name])).values()];
}

function printGroup(modules: ReadonlyMap<string, ReadonlySet<string>>, typeOnly: boolean) {
  return [...modules.keys()]
    .sort()
    .map((from) => printImport([...(modules.get(from) ?? [])].sort(), from, typeOnly));
}

function printWhole(name: ImportedName, from: string): string {
  const keyword = name.typeOnly ? "import type " : "import ";
  const binding = name.imported === "*" ? `* as ${name.local}` : name.local;
  return `${keyword}${binding} from ${from};`;
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
  if (!module.startsWith(".")) return module;
  const moved = posix.join("..", module);
  const beside = `../${generatedFolder}/`;
  return moved.startsWith(beside) ? `./${moved.slice(beside.length)}` : moved;
}
