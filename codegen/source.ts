/**
 * Source text that stands for one of the author's functions or events, with the names it needs
 * from elsewhere, so that it can be written again into a generated script.
 */
import { Node, SymbolFlags, SyntaxKind } from "ts-morph";
import type { Expression, Identifier, ImportDeclaration } from "ts-morph";
import { ProtocolError } from "../dsl/index.ts";
import type { Place } from "../dsl/index.ts";

/** A name that a piece of source takes from another module. */
export interface ImportedName {
  readonly local: string;
  /** The exported name, `default`, or `*` for the whole module. */
  readonly imported: string;
  /** The module as the choreography's file names it; `""` is that file itself. */
  readonly module: string;
  /** The import's attributes, as `with { type: "json" }`; `""` without. */
  readonly attributes: string;
  /** Only used as a type. */
  readonly typeOnly: boolean;
}

export interface SourceCode {
  readonly text: string;
  readonly names: readonly ImportedName[];
  readonly place: Place;
  /** Of a nested choreography: where its local scripts are. */
  readonly scripts?: CalleeScripts;
}

/** The local scripts of a nested choreography: one file a role, in one folder. */
export interface CalleeScripts {
  /** The nested choreography's name. */
  readonly name: string;
  /** Their folder, as the folder of the calling choreography's file names it. */
  readonly folder: string;
  /** How the calling file ends the names of modules: `.ts`, or `.js`. */
  readonly extension: string;
}

/** Where `node` starts; lines and columns count from 1. */
export function placeOf(node: Node): Place {
  const file = node.getSourceFile();
  const { line, column } = file.getLineAndColumnAtPos(node.getStart());
  return { file: file.getFilePath(), line, column };
}

/** An error about `node`: the generator cannot read it, or it breaks a rule. */
export function refuse(node: Node, what: string, todo: string): ProtocolError {
  const where = { source: placeOf(node) };
  return new ProtocolError({ code: "NotProjectable", what, todo, where });
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

/** The name under which the file of `declaration` exports it, if it does. */
export function exportNameOf(declaration: Node): string | undefined {
  const symbol = declaration.getSymbol();
  const exported = declaration.getSourceFile().getSymbol()?.getExports() ?? [];
  return exported.find((each) => (each.getAliasedSymbol() ?? each) === symbol)?.getName();
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
  const statement = declaration.getFirstAncestorByKind(SyntaxKind.ImportDeclaration);
  if (statement !== undefined) {
    const typeOnly = isTypePosition(identifier) || isTypeImport(statement, declaration);
    return { local, typeOnly, ...importOf(statement, declaration) };
  }
  const typeOnly = isTypePosition(identifier);
  const imported = reachableName(declaration, identifier);
  return { local, typeOnly, imported, module: "", attributes: "" };
}

/** Where the name `identifier` is declared; a member of something else is no name of its own. */
export function declarationOf(identifier: Identifier): Node | undefined {
  const parent = identifier.getParent();
  const isMember =
    (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === identifier) ||
    (Node.isQualifiedName(parent) && parent.getRight() === identifier);
  if (isMember) return undefined;
  const symbol = Node.isShorthandPropertyAssignment(parent)
    ? parent.getValueSymbol()
    : identifier.getSymbol();
  if (symbol === undefined || (symbol.getFlags() & members) !== 0) return undefined;
  return symbol.getDeclarations()[0];
}

const members = SymbolFlags.ClassMember | SymbolFlags.EnumMember;

function isInside(node: Node, ancestor: Node): boolean {
  return node === ancestor || node.getAncestors().includes(ancestor);
}

function isTypePosition(identifier: Identifier): boolean {
  const parent = identifier.getParent();
  return Node.isTypeReference(parent) || Node.isQualifiedName(parent) || Node.isTypeQuery(parent);
}

function isTypeImport(statement: ImportDeclaration, declaration: Node): boolean {
  return (
    statement.isTypeOnly() || (Node.isImportSpecifier(declaration) && declaration.isTypeOnly())
  );
}

function importOf(
  statement: ImportDeclaration,
  declaration: Node,
): Pick<ImportedName, "imported" | "module" | "attributes"> {
  const module = statement.getModuleSpecifierValue();
  const attributes = statement.getAttributes()?.getText() ?? "";
  if (Node.isImportSpecifier(declaration)) {
    return { imported: declaration.getName(), module, attributes };
  }
  return { imported: Node.isNamespaceImport(declaration) ? "*" : "default", module, attributes };
}

/** A name of the choreography's own file can be used elsewhere only if that file exports it. */
function reachableName(declaration: Node, use: Identifier): string {
  const exported = exportNameOf(declaration);
  if (exported !== undefined) return exported;
  const name = use.getText();
  const todo = `Export '${name}', or move it to a module of its own and import it here`;
  throw refuse(
    use,
    `'${name}' is local to this file, and a generated script cannot reach it`,
    todo,
  );
}

/** The text of `node` with the indentation of its first line taken off the others. */
function outdented(node: Node): string {
  refuseSplitLiterals(node);
  const before = node.getSourceFile().getFullText().slice(0, node.getStart());
  const indent = /[ \t]*/.exec(before.slice(before.lastIndexOf("\n") + 1))?.[0] ?? "";
  return node
    .getText()
    .split(/\r?\n/)
    .map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join("\n");
}

/** A literal over several lines has their indentation in its value, so it cannot be moved. */
function refuseSplitLiterals(node: Node): void {
  const split = [node, ...node.getDescendants()].find(
    (each) => isTextLiteral(each) && each.getStartLineNumber() !== each.getEndLineNumber(),
  );
  if (split === undefined) return;
  const todo = "Write it with \\n, or move it to a module of its own and import it here";
  throw refuse(split, "a literal over several lines cannot be copied with its indentation", todo);
}

function isTextLiteral(node: Node): boolean {
  return (
    Node.isStringLiteral(node) ||
    Node.isNoSubstitutionTemplateLiteral(node) ||
    Node.isTemplateHead(node) ||
    Node.isTemplateMiddle(node) ||
    Node.isTemplateTail(node)
  );
}
