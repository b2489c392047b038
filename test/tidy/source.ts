/** TypeScript files as the tidy checks see them, and what the checks find in them. */
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { ts } from "ts-morph";

export const root = resolve(import.meta.dirname, "../..");

/** Folders of the published package, then those beside it. */
export const publishedFolders = ["dsl", "codegen", "runtime", "protocols"] as const;
export const sourceFolders = [...publishedFolders, "cli", "examples", "bench"] as const;

export interface Source {
  /** Relative to the repository, with slashes. */
  readonly path: string;
  readonly file: ts.SourceFile;
  /** All nodes of the file, docstrings aside, each before what it contains. */
  readonly nodes: readonly ts.Node[];
  /** Resolves names inside the file; the platform's have no symbol. */
  readonly checker: ts.TypeChecker;
}

export interface Finding {
  /** `file:line` */
  readonly place: string;
  readonly what: string;
  readonly todo: string;
}

/** Parses the files of `texts`, by path; neither the platform's types nor imports are looked up. */
export function parseSources(texts: ReadonlyMap<string, string>): readonly Source[] {
  const options = { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ESNext };
  const host: ts.CompilerHost = {
    getSourceFile: (path, target) => {
      const text = texts.get(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, target, true);
    },
    getDefaultLibFileName: () => "",
    writeFile: () => undefined,
    getCurrentDirectory: () => "",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (path) => texts.has(path),
    readFile: (path) => texts.get(path),
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  const checker = program.getTypeChecker();
  return program
    .getSourceFiles()
    .map((file) => ({ path: file.fileName, file, nodes: nodesBelow(file), checker }));
}

export function readSources(): readonly Source[] {
  const paths = filesBelow(root, "").filter((path) => path.endsWith(".ts"));
  return parseSources(new Map(paths.map((path) => [path, readFileSync(join(root, path), "utf8")])));
}

/** Folders of other people's files and of build output, and of programs that must not compile. */
const skipped = new Set([
  "node_modules",
  "dist",
  "test/messages/cases",
  "test/messages/programs",
  "test/mutation/cases",
]);

function filesBelow(folder: string, prefix: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    if (entry.isFile()) return [path];
    if (!entry.isDirectory() || skipped.has(path) || entry.name.startsWith(".")) return [];
    return filesBelow(join(folder, entry.name), `${path}/`);
  });
}

function nodesBelow(file: ts.SourceFile): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return nodes;
}

/** The folder of the house that `path` is in; `""` for a file at the root. */
export function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}

export function isGenerated(path: string): boolean {
  return path.includes("/generated/");
}

/** The line, from 1, of the character at `position`. */
export function lineAt({ file }: Source, position: number): number {
  return file.getLineAndCharacterOfPosition(position).line + 1;
}

/** How many lines the file has; a last line break does not begin another. */
export function linesOf(source: Source): number {
  return lineAt(source, source.file.text.trimEnd().length);
}

export function findingAt(source: Source, node: ts.Node, what: string, todo: string): Finding {
  return { place: `${source.path}:${lineAt(source, node.getStart(source.file))}`, what, todo };
}

/** One line a finding; nothing when there are none, so that a test can compare with `""`. */
export function report(findings: readonly Finding[]): string {
  return findings.map(({ place, what, todo }) => `${place}: ${what}. ${todo}.`).join("\n");
}

/** The identifier at the head of `a.b["c"](…).d`, which is `a`. */
export function headOf(node: ts.Node): ts.Identifier | undefined {
  if (ts.isIdentifier(node)) return node;
  const isLink =
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node);
  return isLink ? headOf(node.expression) : undefined;
}

/** Comments and white space: what stands between the tokens. */
export function commentsOf({ file }: Source): readonly { start: number; text: string }[] {
  const gaps: { start: number; text: string }[] = [];
  let start = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(file);
    if (children.length > 0) {
      for (const child of children) visit(child);
      return;
    }
    gaps.push({ start, text: file.text.slice(start, node.getStart(file)) });
    start = node.end;
  };
  visit(file);
  return gaps;
}
