/** How long files and functions are. */
import { ts } from "ts-morph";
import { findingAt, headOf, isGenerated, lineAt, linesOf } from "./source.ts";
import type { Finding, Source } from "./source.ts";

export const maxMedianLines = 150;
const maxFileLines = 400;
const maxFunctionLines = 70;

export function longFiles(source: Source): readonly Finding[] {
  const lines = linesOf(source);
  if (isGenerated(source.path) || lines <= maxFileLines) return [];
  const todo = `Split it: ${maxFileLines} is the limit, ${maxMedianLines} the aim`;
  return [{ place: `${source.path}:${lines}`, what: `the file has ${lines} lines`, todo }];
}

export function longFunctions(source: Source): readonly Finding[] {
  return source.nodes.flatMap((node) => {
    if (!ts.isFunctionLike(node) || isTestSuite(node)) return [];
    const lines = isChain(source, node) ? ownLines(source, node) : linesIn(source, node);
    if (lines <= maxFunctionLines) return [];
    const what = `the function ${nameOf(node)} has ${lines} lines`;
    return [
      findingAt(source, node, what, `Take steps out of it: ${maxFunctionLines} is the limit`),
    ];
  });
}

/** The middle of `numbers`; of two middles, the smaller. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** Does `node` group tests, as a file does? It is, or holds, a call of `describe`. */
function isTestSuite(node: ts.SignatureDeclaration): boolean {
  const isDescribe = (call: ts.Node): boolean =>
    ts.isCallExpression(call) && headOf(call)?.text === "describe";
  if (isDescribe(node.parent)) return true;
  if (!("body" in node) || node.body === undefined || !ts.isBlock(node.body)) return false;
  return node.body.statements.some(
    (statement) => ts.isExpressionStatement(statement) && isDescribe(statement.expression),
  );
}

/**
 * Is `node` a part of a choreography? Its own parts stand where they happen, and cannot be taken out
 * of it: so each is counted by itself.
 */
function isChain({ path }: Source, node: ts.Node): boolean {
  return path.endsWith("/choreography.ts") && ts.isArrowFunction(node) && !ts.isBlock(node.body);
}

/** The lines of a part without those that its own parts add. */
function ownLines(source: Source, node: ts.Node): number {
  let lines = linesIn(source, node);
  const visit = (child: ts.Node): void => {
    if (isChain(source, child)) lines -= linesIn(source, child) - 1;
    else ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return lines;
}

function linesIn(source: Source, node: ts.Node): number {
  return lineAt(source, node.end) - lineAt(source, node.getStart(source.file)) + 1;
}

function nameOf(node: ts.SignatureDeclaration): string {
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return named?.getText() ?? "without a name";
}
