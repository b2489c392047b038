/** Chains of calls read statically: the verbs of a choreography, or of one part of it. */
import { Node } from "ts-morph";
import type { CallExpression, Expression } from "ts-morph";
import { refuse } from "./source.ts";

/** The calls of the chain `opening.b(…).c(…)` after its first, in order. */
export function callsAfter(opening: CallExpression): readonly CallExpression[] {
  const calls: CallExpression[] = [];
  let access: Node | undefined = opening.getParent();
  while (Node.isPropertyAccessExpression(access)) {
    const call = access.getParent();
    if (!Node.isCallExpression(call)) break;
    calls.push(call);
    access = call.getParent();
  }
  return calls;
}

const asPart = "Write it as (b) => b. … , one chain on the function's parameter";

/** The calls of a part, which is a function whose value is a chain on its parameter. */
export function callsOfPart(part: Expression): readonly CallExpression[] {
  if (!Node.isArrowFunction(part))
    throw refuse(part, "the steps are not an arrow function", asPart);
  const [parameter, ...more] = part.getParameters();
  const name = parameter?.getNameNode();
  if (part.isAsync() || more.length > 0 || !Node.isIdentifier(name)) {
    throw refuse(part, "the steps are not a function of one chain", asPart);
  }
  const calls: CallExpression[] = [];
  let link = valueOf(part.getBody());
  while (Node.isCallExpression(link)) {
    const callee = link.getExpression();
    if (!Node.isPropertyAccessExpression(callee)) break;
    calls.push(link);
    link = callee.getExpression();
  }
  if (Node.isIdentifier(link) && link.getText() === name.getText()) return calls.toReversed();
  throw refuse(link, `the steps are not a chain on '${name.getText()}'`, asPart);
}

/** The value of a function's body: the expression itself, or what its only statement returns. */
function valueOf(body: Node): Node {
  if (Node.isParenthesizedExpression(body)) return valueOf(body.getExpression());
  if (!Node.isBlock(body)) return body;
  const [statement, ...more] = body.getStatements();
  const value = Node.isReturnStatement(statement) ? statement.getExpression() : undefined;
  if (value !== undefined && more.length === 0) return valueOf(value);
  throw refuse(body, "the steps are a block that does more than return one chain", asPart);
}

export function labelOf(call: CallExpression): string {
  return textOf(argument(call, 0));
}

/** The text that `expression` literally is. */
function textOf(expression: Expression): string {
  if (Node.isStringLiteral(expression)) return expression.getLiteralValue();
  throw refuse(expression, "the name is not a string literal", "Write it as a string literal");
}

export function verbOf(call: CallExpression): string {
  return verbNode(call).getText();
}

/** The verb's own word: `call` itself starts where its chain does. */
export function verbNode(call: CallExpression): Node {
  const callee = call.getExpression();
  return Node.isPropertyAccessExpression(callee) ? callee.getNameNode() : callee;
}

export function argument(call: CallExpression, index: number): Expression {
  const node = call.getArguments()[index];
  if (node !== undefined && Node.isExpression(node)) return node;
  const verb = verbOf(call);
  const shape = verb === "rec" ? "(label, options, body)" : "(label, options)";
  const todo = `Write it as ${shape}, and returns as (label)`;
  throw refuse(verbNode(call), `${verb} has no argument ${index + 1}`, todo);
}

/** Whether `call` runs another choreography. */
export function isNesting(call: CallExpression): boolean {
  return ["call", "acquire", "release"].includes(verbOf(call));
}
