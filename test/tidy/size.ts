/** How long files and functions are. */
import { Node } from "ts-morph";
import { findingAt, headOf, isGenerated, linesOf } from "./source.ts";
import type { Finding, Source } from "./source.ts";

export const maxFileLines = 400;
export const maxFunctionLines = 70;
export const maxMedianLines = 150;

export function longFiles(source: Source): readonly Finding[] {
  const lines = linesOf(source);
  if (isGenerated(source.path) || lines <= maxFileLines) return [];
  const todo = `Split it: ${maxFileLines} is the limit, ${maxMedianLines} the aim`;
  return [{ place: `${source.path}:${lines}`, what: `the file has ${lines} lines`, todo }];
}

export function longFunctions(source: Source): readonly Finding[] {
  return source.ast.getDescendants().flatMap((node) => {
    if (!isFunction(node) || isTestSuite(node)) return [];
    const lines = node.getEndLineNumber() - node.getStartLineNumber() + 1;
    if (lines <= maxFunctionLines) return [];
    const what = `the function ${nameOf(node)} has ${lines} lines`;
    return [findingAt(source, node, what, `Take steps out of it: ${maxFunctionLines} is the limit`)];
  });
}

/** The middle of `numbers`; of two middles, the smaller. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function isFunction(node: Node): boolean {
  return Node.isFunctionLikeDeclaration(node) || Node.isFunctionExpression(node);
}

/** The body of a `describe` holds tests as a file does. */
function isTestSuite(node: Node): boolean {
  const parent = node.getParent();
  return Node.isCallExpression(parent) && headOf(parent)?.getText() === "describe";
}

function nameOf(node: Node): string {
  const named = Node.hasName(node) ? node : node.getParent();
  return Node.hasName(named) ? named.getName() : "without a name";
}
