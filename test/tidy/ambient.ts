/**
 * Clocks, timers and randomness that a program takes from the platform, instead of being given
 * them. A run with any of them cannot be replayed by the simulator.
 */
import { ts } from "ts-morph";
import { importsOf } from "./imports.ts";
import { findingAt, headOf } from "./source.ts";
import type { Finding, Source } from "./source.ts";

const modules = new Set(["timers", "timers/promises", "perf_hooks"]);

const timers = [
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "nextTick",
  "hrtime",
];
const entropy = ["getRandomValues", "randomBytes", "randomUUID", "randomInt", "randomFill"];
const keys = ["randomSecretKey", "generateKey", "generateKeySync", "generateKeyPair"];

/** Banned wherever they come from the platform or a package. */
const names = new Set([...timers, ...entropy, "randomFillSync", ...keys, "generateKeyPairSync"]);

/** Banned as a member of this object. */
const members: ReadonlyMap<string, string> = new Map([
  ["Date", "now"],
  ["Math", "random"],
  ["performance", "now"],
  ["AbortSignal", "timeout"],
]);

const hosts = new Set(["process", "Buffer", "console", "require", "global", "window", "fetch"]);

const todo = "Take a TimeSource or a RandomBytes as an argument";

interface Use {
  readonly node: ts.Node;
  /** As the ban has it: `Date.now`, `setTimeout`. */
  readonly name: string;
}

/** What `source` takes from the platform, without the uses that are `allowed` by name. */
export function ambientUses(source: Source, allowed: readonly string[] = []): readonly Finding[] {
  const uses = [
    ...moduleUses(source),
    ...source.nodes.flatMap((node) => [
      ...specifierUse(node),
      ...dateUse(node, source.checker),
      ...memberUse(node, source.checker),
      ...nameUse(node, source.checker),
    ]),
  ];
  return uses
    .filter((use) => !allowed.includes(use.name))
    .map((use) => findingAt(source, use.node, `${use.name} is ambient`, todo));
}

/** Objects of one platform that `source` uses. */
export function hostUses(source: Source): readonly Finding[] {
  return source.nodes
    .filter((node) => ts.isIdentifier(node))
    .filter((node) => hosts.has(node.text) && isReference(node) && isGlobal(node, source.checker))
    .map((node) => findingAt(source, node, `${node.text} is not everywhere`, "Do without"));
}

function moduleUses(source: Source): readonly Use[] {
  return importsOf(source)
    .map(({ node, specifier }) => ({ node, name: specifier.replace(/^node:/, "") }))
    .filter((use) => modules.has(use.name));
}

/** `import { randomBytes } from "node:crypto"` */
function specifierUse(node: ts.Node): readonly Use[] {
  if (!ts.isImportSpecifier(node) || isOwnModule(node.parent.parent.parent.moduleSpecifier)) {
    return [];
  }
  const name = (node.propertyName ?? node.name).text;
  return names.has(name) ? [{ node, name }] : [];
}

/** `new Date()` and `Date()`; with an argument, a date is a value like others. */
function dateUse(node: ts.Node, checker: ts.TypeChecker): readonly Use[] {
  const isMade = ts.isNewExpression(node) && (node.arguments ?? []).length === 0;
  if (!isMade && !ts.isCallExpression(node)) return [];
  const callee = node.expression;
  if (!ts.isIdentifier(callee) || callee.text !== "Date" || !isGlobal(callee, checker)) return [];
  return [{ node, name: "new Date()" }];
}

/** `Date.now`, `Math["random"]`, `const { now } = Date` */
function memberUse(node: ts.Node, checker: ts.TypeChecker): readonly Use[] {
  const access = accessOf(node);
  if (access === undefined) return [];
  const { owner, member } = access;
  const ownerName = ts.isPropertyAccessExpression(owner) ? owner.name.text : owner.getText();
  const isMember = members.get(ownerName) === member;
  if (!isMember && !names.has(member)) return [];
  const head = headOf(owner);
  if (head === undefined || !isOutside(head, checker)) return [];
  return [{ node, name: isMember ? `${ownerName}.${member}` : member }];
}

function accessOf(node: ts.Node): { owner: ts.Expression; member: string } | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    return { owner: node.expression, member: node.name.text };
  }
  if (ts.isElementAccessExpression(node)) {
    const key = node.argumentExpression;
    return ts.isStringLiteral(key) ? { owner: node.expression, member: key.text } : undefined;
  }
  const declaration = ts.isBindingElement(node) ? node.parent.parent : undefined;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  if (!ts.isBindingElement(node) || declaration.initializer === undefined) return undefined;
  return { owner: declaration.initializer, member: (node.propertyName ?? node.name).getText() };
}

function nameUse(node: ts.Node, checker: ts.TypeChecker): readonly Use[] {
  if (!ts.isIdentifier(node) || !names.has(node.text)) return [];
  return isReference(node) && isGlobal(node, checker) ? [{ node, name: node.text }] : [];
}

/** Does `identifier` stand for a value, rather than name a member or declare something? */
function isReference(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === identifier;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.initializer === identifier;
  return !("name" in parent && parent.name === identifier);
}

function isGlobal(identifier: ts.Identifier, checker: ts.TypeChecker): boolean {
  return declarationOf(identifier, checker) === undefined;
}

/** Is `identifier` the platform's, or imported from a package? */
function isOutside(identifier: ts.Identifier, checker: ts.TypeChecker): boolean {
  const declaration = declarationOf(identifier, checker);
  if (declaration === undefined) return true;
  const statement = ts.findAncestor(declaration, ts.isImportDeclaration);
  return statement !== undefined && !isOwnModule(statement.moduleSpecifier);
}

function declarationOf(identifier: ts.Identifier, checker: ts.TypeChecker) {
  const symbol = ts.isShorthandPropertyAssignment(identifier.parent)
    ? checker.getShorthandAssignmentValueSymbol(identifier.parent)
    : checker.getSymbolAtLocation(identifier);
  return symbol?.declarations?.[0];
}

function isOwnModule(specifier: ts.Expression): boolean {
  return ts.isStringLiteral(specifier) && specifier.text.startsWith(".");
}
