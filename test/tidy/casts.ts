/** Places where the author overrules the compiler. */
import { ts } from "ts-morph";
import { findingAt } from "./source.ts";
import type { Finding, Source } from "./source.ts";

/** `x as T`, `<T>x` and `x!`; `as const` overrules nothing. */
export function castsOf(source: Source): readonly Finding[] {
  return source.nodes
    .filter((node) => isCast(node))
    .map((node) => findingAt(source, node, node.getText().replaceAll(/\s+/g, " "), "Narrow it"));
}

function isCast(node: ts.Node): boolean {
  if (ts.isNonNullExpression(node)) return true;
  return ts.isAssertionExpression(node) && !ts.isConstTypeReference(node.type);
}
