/**
 * Source text that stands for one of the author's functions or events, with the names it needs
 * from elsewhere, so that it can be written again into a generated script.
 */
import { Node, SyntaxKind } from "ts-morph";
import type { CallExpression, Expression, Identifier } from "ts-morph";
import { ProtocolError } from "../dsl/index.ts";
import type { Place } from "../dsl/index.ts";

/** A name that a piece of source takes from another module. */
export interface ImportedName {
  readonly local: string;
  /** The exported name, `default`, or `*` for the whole module. */
  readonly imported: string;
  /** The module as the choreography's file names it; `""` is that file itself. */
  readonly module: string;
  /** Only used as a type. */
  readonly typeOnly: boolean;
}

export interface SourceCode {
  readonly text: string;
  readonly names: readonly ImportedName[];
  readonly place: Place;
}

/** Where `node` starts; lines and columns count from 1. */
export function placeOf(node: Node): Place {
  const file = node.getSourceFile();
  const { line, column } = file.getLineAndColumnAtPos(node.getStart());
  return { file: file.getFilePath(), line, column };
}

/** An error about `node`: the generator cannot read it, or it breaks a rule. */
export function refuse(node: Node, what: string, todo: string): ProtocolError {
  return new ProtocolError({ code: "NotProjectable", what, todo, where: { source: placeOf(node) } });
}

/** The source of `expression` and the names that it takes from outside. */
export function readCode(expression: Expression): SourceCode {
  const names = new Map<string, ImportedName>();
  for (const identifier of identifiersIn(expression)) {
    const name = importedName(identifier, expression);
    if (name === undefined) continue;
    const seen = names.get(name.local);
    if (seen === undefined || seen.typeOnly) names.set(name.local, name);
  }
  return { text: outdented(expression), names: [...names.values()], place: placeOf(expression) };
}

function identifiersIn(expression: Expression): readonly Identifier[] {
  const below = expression.getDescendantsOfKind(SyntaxKind.Identifier);
  return Node.isIdentifier(expression) ? [expression, ...below] : below;
}

function importedName(identifier: Identifier, within: Expression): ImportedName | undefined {
  const declaration = declarationOf(identifier);
  if (declaration === undefined || isInside(declaration, within)) return undefined;
  if (declaration.getSourceFile() !== within.getSourceFile()) return undefined;
  const local = identifier.getText();
  const typeOnly = isTypePosition(identifier);
  const specifier = importOf(declaration);
  if (specifier !== undefined) return { local, typeOnly, ...specifier };
  return { local, typeOnly, imported: exportedName(declaration, identifier), module: "" };
}

function declarationOf(identifier: Identifier): Node | undefined {
  const parent = identifier.getParent();
  if (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === identifier) {
    return undefined;
  }
  const symbol = Node.isShorthandPropertyAssignment(parent)
    ? parent.getValueSymbol()
    : identifier.getSymbol();
  return symbol?.getDeclarations()[0];
}

function isInside(node: Node, ancestor: Node): boolean {
  return node === ancestor || node.getAncestors().includes(ancestor);
}

function isTypePosition(identifier: Identifier): boolean {
  const parent = identifier.getParent();
  return Node.isTypeReference(parent) || Node.isQualifiedName(parent);
}

function importOf(declaration: Node): Pick<ImportedName, "imported" | "module"> | undefined {
  const statement = declaration.getFirstAncestorByKind(SyntaxKind.ImportDeclaration);
  if (statement === undefined) return undefined;
  const module = statement.getModuleSpecifierValue();
  if (Node.isImportSpecifier(declaration)) return { imported: declaration.getName(), module };
  return { imported: Node.isNamespaceImport(declaration) ? "*" : "default", module };
}

/** A name of the choreography's own file can be used elsewhere only if that file exports it. */
function exportedName(declaration: Node, use: Identifier): string {
  const name = use.getText();
  const statement = Node.isVariableDeclaration(declaration)
    ? declaration.getVariableStatement()
    : declaration;
  if (Node.isExportable(statement) && statement.isExported()) return name;
  const todo = `Export '${name}', or move it to a module of its own and import it here`;
  throw refuse(use, `'${name}' is local to this file, and a generated script cannot reach it`, todo);
}

/** The text of `node` with the indentation of its first line taken off the others. */
function outdented(node: Node): string {
  const indent = node.getIndentationText();
  return node
    .getText()
    .split("\n")
    .map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join("\n");
}

/** The calls of the chain `a(…).b(…).c(…)`, first to last. */
export function callsOf(outermost: Expression): readonly CallExpression[] {
  const callee = Node.isCallExpression(outermost) ? outermost.getExpression() : undefined;
  if (callee === undefined || !Node.isCallExpression(outermost)) return [];
  const before = Node.isPropertyAccessExpression(callee) ? callsOf(callee.getExpression()) : [];
  return [...before, outermost];
}
