/** The arrows between folders: who may import whom. */
import { posix } from "node:path";
import { ts } from "ts-morph";
import { findingAt, folderOf } from "./source.ts";
import type { Finding, Source, publishedFolders } from "./source.ts";

interface Reach {
  /** Other folders of the house that may be imported. */
  readonly folders: readonly string[];
  readonly packages: boolean;
  readonly node: boolean;
}

/** Folders that are not here may import anything. */
const reaches: ReadonlyMap<string, Reach> = new Map([
  ["dsl", { folders: [], packages: false, node: false }],
  ["codegen", { folders: ["dsl"], packages: true, node: true }],
  ["runtime", { folders: ["dsl"], packages: true, node: true }],
  ["protocols", { folders: ["dsl", "runtime"], packages: true, node: false }],
  ["cli", { folders: ["dsl", "codegen", "runtime"], packages: true, node: true }],
] satisfies readonly (readonly [(typeof publishedFolders)[number] | "cli", Reach])[]);

const freeFolders = new Set(["examples", "bench", "test", ""]);

/** `dependencies` are the packages that a user's installation brings. */
export function wrongImports(
  source: Source,
  dependencies: ReadonlySet<string>,
): readonly Finding[] {
  const folder = folderOf(source.path);
  const reach = reaches.get(folder);
  if (reach === undefined) return freeFolders.has(folder) ? [] : [strayFile(source)];
  return importsOf(source).flatMap(({ node, specifier }) => {
    const wrong = wrongImport(source.path, specifier, reach, dependencies);
    return wrong === undefined ? [] : [findingAt(source, node, wrong.what, wrong.todo)];
  });
}

function strayFile(source: Source): Finding {
  const what = `the folder ${folderOf(source.path)}/ is not one of the house`;
  return { place: `${source.path}:1`, what, todo: "Move the file, or give the folder its arrows" };
}

function wrongImport(
  path: string,
  specifier: string,
  reach: Reach,
  dependencies: ReadonlySet<string>,
): Pick<Finding, "what" | "todo"> | undefined {
  const own = folderOf(path);
  const target = targetFolder(path, specifier);
  if (target !== undefined) {
    if (target === own || reach.folders.includes(target)) return undefined;
    const allowed = [own, ...reach.folders].map((folder) => `${folder}/`).join(", ");
    return {
      what: `${own}/ imports ${target === "" ? "the root" : `${target}/`} ("${specifier}")`,
      todo: `Keep to ${allowed}: pass it in as an argument, or move the code`,
    };
  }
  if (specifier.startsWith("node:")) {
    if (reach.node) return undefined;
    return { what: `${own}/ imports "${specifier}"`, todo: "Let the runtime do it: run anywhere" };
  }
  if (!reach.packages) {
    return { what: `${own}/ imports the package "${specifier}"`, todo: "Do without: run anywhere" };
  }
  if (dependencies.has(packageOf(specifier))) return undefined;
  return {
    what: `"${specifier}" is not among the dependencies of package.json`,
    todo: "Add it there, with an exact version, or do without",
  };
}

/** The folder of the house that `specifier` leads to, if it leads to one. */
function targetFolder(path: string, specifier: string): string | undefined {
  const self = /^aura-choreography(?:\/(.*))?$/.exec(specifier);
  if (self !== null) return folderOf(`${self[1] ?? ""}/`);
  if (!specifier.startsWith(".")) return undefined;
  return folderOf(posix.join(posix.dirname(path), specifier));
}

function packageOf(specifier: string): string {
  const [scope = "", name = ""] = specifier.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

/** Every module that `source` names: imports, re-exports, dynamic imports, import types. */
export function importsOf(source: Source): readonly { node: ts.Node; specifier: string }[] {
  return source.nodes
    .filter((node) => ts.isStringLiteral(node))
    .filter((literal) => isModuleName(literal.parent))
    .map((literal) => ({ node: literal, specifier: literal.text }));
}

function isModuleName(parent: ts.Node): boolean {
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
  if (ts.isCallExpression(parent))
    return ["import", "require"].includes(parent.expression.getText());
  return ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent);
}
