/** TypeScript files as the tidy checks see them, and what the checks find in them. */
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Node, Project } from "ts-morph";
import type { Identifier, SourceFile } from "ts-morph";

export const root = resolve(import.meta.dirname, "../..");

/** Folders of the published package, then those beside it. */
export const publishedFolders = ["dsl", "codegen", "runtime", "protocols"] as const;
export const sourceFolders = [...publishedFolders, "examples", "bench"] as const;

export interface Source {
  /** Relative to the repository, with slashes. */
  readonly path: string;
  readonly ast: SourceFile;
}

export interface Finding {
  /** `file:line` */
  readonly place: string;
  readonly what: string;
  readonly todo: string;
}

/** A project of its own for each call: names are resolved inside it, never to the platform's. */
export function parseSources(files: Readonly<Record<string, string>>): readonly Source[] {
  const project = new Project({
    compilerOptions: { noLib: true, noResolve: true, types: [] },
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    useInMemoryFileSystem: true,
  });
  return Object.entries(files).map(([path, text]) => ({
    path,
    ast: project.createSourceFile(`/${path}`, text),
  }));
}

export function readSources(): readonly Source[] {
  const paths = filesBelow(root, "").filter((path) => path.endsWith(".ts"));
  return parseSources(
    Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), "utf8")])),
  );
}

/** Folders of other people's files and of build output, and of programs that must not compile. */
const skipped = new Set(["node_modules", "dist", "test/messages/cases"]);

function filesBelow(folder: string, prefix: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    if (entry.isFile()) return [path];
    if (!entry.isDirectory() || skipped.has(path) || entry.name.startsWith(".")) return [];
    return filesBelow(join(folder, entry.name), `${path}/`);
  });
}

/** The folder of the house that `path` is in; `""` for a file at the root. */
export function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}

export function isGenerated(path: string): boolean {
  return path.includes("/generated/");
}

export function linesOf(source: Source): number {
  return source.ast.getEndLineNumber();
}

export function findingAt(source: Source, node: Node, what: string, todo: string): Finding {
  return { place: `${source.path}:${node.getStartLineNumber()}`, what, todo };
}

/** One line a finding; nothing when there are none, so that a test can compare with `""`. */
export function report(findings: readonly Finding[]): string {
  return findings.map(({ place, what, todo }) => `${place}: ${what}. ${todo}.`).join("\n");
}

/** The identifier at the head of `a.b["c"](…).d`, which is `a`. */
export function headOf(node: Node): Identifier | undefined {
  if (Node.isIdentifier(node)) return node;
  const isLink =
    Node.isPropertyAccessExpression(node) ||
    Node.isElementAccessExpression(node) ||
    Node.isCallExpression(node);
  return isLink ? headOf(node.getExpression()) : undefined;
}
