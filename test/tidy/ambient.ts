/**
 * Clocks, timers and randomness that a program takes from the platform, instead of being given
 * them. A run with any of them cannot be replayed by the simulator.
 */
import { Node, SyntaxKind } from "ts-morph";
import type { BindingElement, Identifier } from "ts-morph";
import { importsOf } from "./imports.ts";
import { findingAt, headOf } from "./source.ts";
import type { Finding, Source } from "./source.ts";

const modules = new Set(["timers", "timers/promises", "perf_hooks"]);

const timers = ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "nextTick", "hrtime"];
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
  readonly node: Node;
  /** As the ban has it: `Date.now`, `setTimeout`. */
  readonly name: string;
}

/** What `source` takes from the platform, without the uses that are `allowed` by name. */
export function ambientUses(source: Source, allowed: readonly string[] = []): readonly Finding[] {
  return [...importedUses(source), ...dateUses(source), ...identifierUses(source)]
    .filter((use) => !allowed.includes(use.name))
    .map((use) => findingAt(source, use.node, `${use.name} is ambient`, todo));
}

/** Objects of one platform that `source` uses. */
export function hostUses(source: Source): readonly Finding[] {
  return source.ast
    .getDescendantsOfKind(SyntaxKind.Identifier)
    .filter((node) => hosts.has(node.getText()) && isReference(node) && isGlobal(node))
    .map((node) => findingAt(source, node, `${node.getText()} is not everywhere`, "Do without"));
}

function importedUses(source: Source): readonly Use[] {
  const ofModules = importsOf(source)
    .map(({ node, specifier }) => ({ node, name: specifier.replace(/^node:/, "") }))
    .filter((use) => modules.has(use.name));
  const ofNames = source.ast
    .getDescendantsOfKind(SyntaxKind.ImportSpecifier)
    .filter((node) => !node.getImportDeclaration().getModuleSpecifierValue().startsWith("."))
    .map((node) => ({ node, name: node.getName() }))
    .filter((use) => names.has(use.name));
  return [...ofModules, ...ofNames];
}

/** `new Date()` and `Date()`; with an argument, a date is a value like others. */
function dateUses(source: Source): readonly Use[] {
  return source.ast.getDescendants().flatMap((node) => {
    const isMade = Node.isNewExpression(node) && node.getArguments().length === 0;
    if (!isMade && !Node.isCallExpression(node)) return [];
    const callee = node.getExpression();
    if (!Node.isIdentifier(callee) || callee.getText() !== "Date" || !isGlobal(callee)) return [];
    return [{ node, name: "new Date()" }];
  });
}

function identifierUses(source: Source): readonly Use[] {
  return source.ast.getDescendants().flatMap((node) => {
    if (Node.isPropertyAccessExpression(node)) {
      return memberUse(node, node.getExpression(), node.getName());
    }
    if (Node.isElementAccessExpression(node)) {
      const key = node.getArgumentExpression();
      const member = Node.isStringLiteral(key) ? key.getLiteralValue() : "";
      return memberUse(node, node.getExpression(), member);
    }
    if (Node.isBindingElement(node)) return bindingUse(node);
    if (!Node.isIdentifier(node) || !names.has(node.getText())) return [];
    return isReference(node) && isGlobal(node) ? [{ node, name: node.getText() }] : [];
  });
}

/** `const { now } = Date` */
function bindingUse(element: BindingElement): readonly Use[] {
  const declaration = element.getParent().getParent();
  const owner = Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : undefined;
  if (owner === undefined) return [];
  return memberUse(element, owner, element.getPropertyNameNode()?.getText() ?? element.getName());
}

function memberUse(node: Node, owner: Node, member: string): readonly Use[] {
  const head = headOf(owner);
  if (head === undefined || !isOutside(head)) return [];
  if (names.has(member)) return [{ node, name: member }];
  const name = Node.isPropertyAccessExpression(owner) ? owner.getName() : owner.getText();
  return members.get(name) === member ? [{ node, name: `${name}.${member}` }] : [];
}

/** Does `identifier` stand for a value, rather than name a member or declare something? */
function isReference(identifier: Identifier): boolean {
  const parent = identifier.getParent();
  if (Node.isPropertyAccessExpression(parent)) return parent.getExpression() === identifier;
  if (Node.isShorthandPropertyAssignment(parent)) return true;
  return !(Node.hasName(parent) && parent.getNameNode() === identifier);
}

function isGlobal(identifier: Identifier): boolean {
  const parent = identifier.getParent();
  const symbol = Node.isShorthandPropertyAssignment(parent)
    ? parent.getValueSymbol()
    : identifier.getSymbol();
  return (symbol?.getDeclarations() ?? []).length === 0;
}

/** Is `identifier` the platform's, or imported from a package? */
function isOutside(identifier: Identifier): boolean {
  if (isGlobal(identifier)) return true;
  const declaration = identifier.getSymbol()?.getDeclarations()[0];
  const statement = declaration?.getFirstAncestorByKind(SyntaxKind.ImportDeclaration);
  return statement !== undefined && !statement.getModuleSpecifierValue().startsWith(".");
}
