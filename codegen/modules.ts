/** Finds what a module of the same source tree exports, without running it. */
import { posix } from "node:path";
import { Node } from "ts-morph";
import type { ExportDeclaration, SourceFile, VariableDeclaration } from "ts-morph";
import { exportNameOf } from "./source.ts";

/** The source that `from` means by `specifier`: beside it, as `.ts` or under its built name. */
export function moduleFile(from: SourceFile, specifier: string): SourceFile | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const path = posix.join(posix.dirname(from.getFilePath()), specifier);
  const source = path.replace(/\.([cm]?)js$/, ".$1ts");
  const candidates = /\.[cm]?ts$/.test(source) ? [source] : [`${source}.ts`, `${source}/index.ts`];
  for (const candidate of candidates) {
    const file = from.getProject().addSourceFileAtPathIfExists(candidate);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The variable that `file` exports as `name`, itself or from another module. */
export function exportedVariable(
  file: SourceFile,
  name: string,
  seen: ReadonlySet<SourceFile> = new Set(),
): VariableDeclaration | undefined {
  if (seen.has(file)) return undefined;
  const own = file.getVariableDeclarations().find((each) => exportNameOf(each) === name);
  if (own !== undefined) return own;
  for (const { specifier, exported } of passedOn(file, name)) {
    const module = moduleFile(file, specifier);
    const found =
      module === undefined
        ? undefined
        : exportedVariable(module, exported, new Set([...seen, file]));
    if (found !== undefined) return found;
  }
  return undefined;
}

interface PassedOn {
  readonly specifier: string;
  readonly exported: string;
}

/** Where `file` may have `name` from, if it exports it for another module. */
function passedOn(file: SourceFile, name: string): readonly PassedOn[] {
  return file.getExportDeclarations().flatMap((statement) => {
    const specifier = statement.getModuleSpecifierValue();
    if (!statement.hasNamedExports()) {
      return specifier === undefined ? [] : [{ specifier, exported: name }];
    }
    const local = localName(statement, name);
    if (local === undefined) return [];
    return specifier === undefined ? importedAs(file, local) : [{ specifier, exported: local }];
  });
}

function localName(statement: ExportDeclaration, name: string): string | undefined {
  const found = statement
    .getNamedExports()
    .find((each) => (each.getAliasNode()?.getText() ?? each.getName()) === name);
  return found?.getName();
}

function importedAs(file: SourceFile, local: string): readonly PassedOn[] {
  return file.getImportDeclarations().flatMap((statement) => {
    const found = statement
      .getNamedImports()
      .find((each) => (each.getAliasNode()?.getText() ?? each.getName()) === local);
    if (!Node.isImportSpecifier(found)) return [];
    return [{ specifier: statement.getModuleSpecifierValue(), exported: found.getName() }];
  });
}
