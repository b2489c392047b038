/** Places where the author overrules the compiler. */
import { Node } from "ts-morph";
import { findingAt } from "./source.ts";
import type { Finding, Source } from "./source.ts";

/** `x as T`, `<T>x` and `x!`; `as const` overrules nothing. */
export function castsOf(source: Source): readonly Finding[] {
  return source.ast
    .getDescendants()
    .filter((node) => isCast(node))
    .map((node) => findingAt(source, node, node.getText().split("\n").join(" "), "Narrow instead"));
}

function isCast(node: Node): boolean {
  if (Node.isNonNullExpression(node)) return true;
  if (!Node.isAsExpression(node) && !Node.isTypeAssertion(node)) return false;
  return node.getTypeNode()?.getText() !== "const";
}
