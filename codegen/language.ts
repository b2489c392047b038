/** Which names of a file are the language's, however the file imports them. */
import { Node, SyntaxKind } from "ts-morph";
import type { Expression, ImportDeclaration, SourceFile } from "ts-morph";

export interface Language {
  /** The module that the file imports the language from, as the file names it. */
  readonly module: string;
  /** The language's own name of what `expression` refers to; `undefined` for anything else. */
  nameOf(expression: Expression): string | undefined;
}

/** The name that opens a choreography. */
export const opener = "choreography";

/** The language as `file` imports it: by name, under another name, or as a whole. */
export function languageOf(file: SourceFile): Language | undefined {
  const statements = file.getImportDeclarations();
  const module = statements.find(importsOpener)?.getModuleSpecifierValue();
  if (module === undefined) return undefined;
  const own = statements.filter((statement) => statement.getModuleSpecifierValue() === module);
  const wholes = new Set(
    own.flatMap((statement) => statement.getNamespaceImport()?.getText() ?? []),
  );
  const names = new Map(
    own
      .flatMap((statement) => statement.getNamedImports())
      .map((name) => [name.getAliasNode()?.getText() ?? name.getName(), name.getName()]),
  );
  return {
    module,
    nameOf: (expression) => {
      if (Node.isIdentifier(expression)) return names.get(expression.getText());
      if (!Node.isPropertyAccessExpression(expression)) return undefined;
      return wholes.has(expression.getExpression().getText()) ? expression.getName() : undefined;
    },
  };
}

function importsOpener(statement: ImportDeclaration): boolean {
  const whole = statement.getNamespaceImport()?.getText();
  if (whole === undefined) {
    return statement.getNamedImports().some((name) => name.getName() === opener);
  }
  return statement
    .getSourceFile()
    .getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)
    .some((access) => access.getName() === opener && access.getExpression().getText() === whole);
}
