/** A nested choreography: what its caller must know of it, read from its own source. */
import { posix } from "node:path";
import { Node, SyntaxKind } from "ts-morph";
import type { CallExpression, Expression, Identifier, SourceFile } from "ts-morph";
import type { Callee } from "../dsl/index.ts";
import { argument, callsAfter, isNesting } from "./chain.ts";
import { generatedFolder } from "./files.ts";
import { isEnd, nameOf, readEnd, readRoles } from "./head.ts";
import { languageOf, opener } from "./language.ts";
import type { Language } from "./language.ts";
import { exportedVariable, moduleFile } from "./modules.ts";
import { readOptions } from "./options.ts";
import { declarationOf, exportNameOf, refuse } from "./source.ts";
import type { CalleeScripts } from "./source.ts";

export interface SourceCallee {
  readonly callee: Callee;
  readonly scripts: CalleeScripts;
}

/** A chain in its file, and the language as that file imports it. */
interface FoundChain {
  readonly opening: CallExpression;
  readonly language: Language;
  /** How the caller's file ends the names of modules. */
  readonly extension: string;
}

const asName = "Import a choreography from the module that exports it, and write its name here";

/** Reads the choreography that `expression` names; a cycle of calls ends where it began. */
export function readCallee(expression: Expression): SourceCallee {
  if (!Node.isIdentifier(expression)) {
    throw refuse(expression, "the choreography is not given by its name", asName);
  }
  const found = findChain(expression);
  if (typeof found === "string") throw refuse(expression, found, asName);
  const { opening, language, extension } = found;
  const last = callsAfter(opening).at(-1);
  const name = nameOf(opening);
  const callee = {
    name,
    roles: readRoles(readOptions(argument(opening, 1)), language),
    ...(last === undefined ? {} : readEnd(last).result),
    calls: [...new Set(calledBy(opening, new Set([opening])))],
  };
  const from = posix.dirname(expression.getSourceFile().getFilePath());
  const folder = posix.relative(from, posix.dirname(opening.getSourceFile().getFilePath()));
  return { callee, scripts: { name, folder: posix.join(folder, generatedFolder), extension } };
}

/** The chain that `name` stands for, or why there is none. */
function findChain(name: Identifier): FoundChain | string {
  const declaration = declarationOf(name);
  const module = declaration?.getFirstAncestorByKind(SyntaxKind.ImportDeclaration);
  if (declaration === undefined || module === undefined) {
    return chainOf(declaration, ".ts") ?? `'${name.getText()}' is not an exported choreography`;
  }
  const specifier = module.getModuleSpecifierValue();
  const file = moduleFile(name.getSourceFile(), specifier);
  if (file === undefined) return `there is no source of "${specifier}" beside this file`;
  const imported = Node.isImportSpecifier(declaration) ? declaration.getName() : undefined;
  const variable = imported === undefined ? undefined : exportedVariable(file, imported);
  const extension = specifier.endsWith(".js") ? ".js" : ".ts";
  return (
    chainOf(variable, extension) ?? `"${specifier}" exports no choreography '${imported ?? "*"}'`
  );
}

/** The chain that is the value of the exported constant `declaration`. */
function chainOf(declaration: Node | undefined, extension: string): FoundChain | undefined {
  if (!Node.isVariableDeclaration(declaration)) return undefined;
  const language = languageOf(declaration.getSourceFile());
  if (language === undefined || exportNameOf(declaration) === undefined) return undefined;
  const opening = openingOf(declaration.getInitializer(), language);
  const last = opening === undefined ? undefined : callsAfter(opening).at(-1);
  if (opening === undefined || last === undefined || !isEnd(last)) return undefined;
  return { opening, language, extension };
}

function openingOf(chain: Node | undefined, language: Language): CallExpression | undefined {
  let link = chain;
  while (Node.isCallExpression(link)) {
    const callee = link.getExpression();
    if (language.nameOf(callee) === opener) return link;
    link = Node.isPropertyAccessExpression(callee) ? callee.getExpression() : undefined;
  }
  return undefined;
}

/** Names of the choreographies that the chain from `opening` calls, and of those that they call. */
function calledBy(opening: CallExpression, seen: Set<CallExpression>): readonly string[] {
  return choreographiesIn(opening.getSourceFile(), opening).flatMap((name) => {
    const found = findChain(name);
    if (typeof found === "string") return [];
    const own = nameOf(found.opening);
    if (seen.has(found.opening)) return [own];
    seen.add(found.opening);
    return [own, ...calledBy(found.opening, seen)];
  });
}

/** The names given as `choreography` in the calls of the chain from `opening`, at any depth. */
function choreographiesIn(file: SourceFile, opening: CallExpression): readonly Identifier[] {
  const chain = callsAfter(opening).at(-1);
  return file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    const isInside = call === chain || call.getAncestors().some((node) => node === chain);
    const options = call.getArguments()[1];
    if (!isInside || !isNesting(call) || !Node.isObjectLiteralExpression(options)) return [];
    const property = options.getProperty("choreography");
    if (Node.isShorthandPropertyAssignment(property)) return [property.getNameNode()];
    const value = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
    return Node.isIdentifier(value) ? [value] : [];
  });
}
