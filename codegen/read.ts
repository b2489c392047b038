/**
 * Reads choreographies from source text, without running it: each exported `const` whose value is
 * a chain that starts with `choreography(…)`.
 */
import { Node, SyntaxKind } from "ts-morph";
import type { CallExpression, Expression, SourceFile, VariableDeclaration } from "ts-morph";
import type { GlobalStep, GlobalType, Place } from "../dsl/index.ts";
import { everyone } from "../dsl/index.ts";
import { code, literal, optionalCode, optionalLiteral, readOptions } from "./options.ts";
import type { Options } from "./options.ts";
import { callsOf, placeOf, refuse } from "./source.ts";
import type { SourceCode } from "./source.ts";

/** A choreography as its source has it. */
export interface SourceChoreography {
  /** The exported constant. */
  readonly exportName: string;
  readonly file: string;
  /** The module that the file imports the language from. */
  readonly languageModule: string;
  readonly global: GlobalType<SourceCode>;
  /** Place of each step's label, in the order of the steps. */
  readonly stepPlaces: readonly Place[];
  readonly headPlace: Place;
  readonly endPlace: Place;
}

/** All choreographies of `file`, in the order of their declarations. */
export function readChoreographies(file: SourceFile): readonly SourceChoreography[] {
  const languageModule = languageModuleOf(file);
  if (languageModule === undefined) return [];
  return openings(file).map((opening) => readChoreography(opening, languageModule));
}

/** The module from which `file` imports `choreography`, if it does. */
function languageModuleOf(file: SourceFile): string | undefined {
  return file
    .getImportDeclarations()
    .find((statement) => statement.getNamedImports().some((name) => name.getName() === opener))
    ?.getModuleSpecifierValue();
}

const opener = "choreography";

function openings(file: SourceFile): readonly CallExpression[] {
  return file
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => call.getExpression().getText() === opener);
}

function readChoreography(opening: CallExpression, languageModule: string): SourceChoreography {
  const declaration = declarationOf(opening);
  const calls = callsOf(declaration.getInitializerOrThrow());
  const [, ...verbs] = calls;
  const last = verbs.at(-1);
  if (calls[0] !== opening || last === undefined || verbOf(last) !== "returns") {
    throw refuse(opening, "the chain of steps does not end in returns(…)", readable);
  }
  const steps = verbs.slice(0, -1);
  return {
    exportName: declaration.getName(),
    file: opening.getSourceFile().getFilePath(),
    languageModule,
    global: { ...readHead(opening), steps: steps.map(readStep), result: labelOf(last) },
    stepPlaces: steps.map((step) => placeOf(argument(step, 0))),
    headPlace: placeOf(opening),
    endPlace: placeOf(argument(last, 0)),
  };
}

const readable = "Write the choreography as one chain, export const name = choreography(…) … .returns(…)";

/** The exported constant that the chain from `opening` on initialises. */
function declarationOf(opening: CallExpression): VariableDeclaration {
  const outermost = outermostCall(opening);
  const declaration = outermost.getParent();
  if (!Node.isVariableDeclaration(declaration)) {
    throw refuse(opening, "the chain of steps is not the value of a constant", readable);
  }
  if (declaration.getVariableStatement()?.isExported() !== true) {
    throw refuse(declaration, `'${declaration.getName()}' is not exported`, readable);
  }
  return declaration;
}

function outermostCall(opening: CallExpression): Expression {
  let call: Expression = opening;
  for (;;) {
    const access = call.getParent();
    const next = Node.isPropertyAccessExpression(access) ? access.getParent() : undefined;
    if (!Node.isCallExpression(next)) return call;
    call = next;
  }
}

function readHead(opening: CallExpression): Omit<GlobalType<SourceCode>, "steps" | "result"> {
  const options = readOptions(argument(opening, 1));
  return {
    name: labelOf(opening),
    roles: readRoles(options),
    session: String(literal(options, "session")),
    abort: code(options, "abort"),
  };
}

function readRoles(options: Options): Readonly<Record<string, "one" | "many">> {
  const roles = readOptions(options.value("roles"));
  return Object.fromEntries(
    roles.names.map((name) => {
      const kind = roles.value(name);
      const text = kind.getText();
      if (text === "one" || text === "many") return [name, text];
      throw refuse(kind, `the role '${name}' is neither one nor many`, "Write one or many");
    }),
  );
}

function readStep(call: CallExpression): GlobalStep<SourceCode> {
  const label = labelOf(call);
  const options = readOptions(argument(call, 1));
  const verb = verbOf(call);
  switch (verb) {
    case "broadcast":
      return { verb, label, ...readEvent(options) };
    case "collect":
      return { verb, label, ...readEvent(options), atLeast: literal(options, "atLeast") };
    case "local": {
      const combines = optionalLiteral(options, "combines");
      const placed = { at: readPlace(options), action: code(options, "action") };
      return { verb, label, ...placed, ...(combines === undefined ? {} : { combines }) };
    }
    default: {
      const todo = "Use broadcast, collect, local or returns";
      throw refuse(call, `'${verb}' is not a verb of the language`, todo);
    }
  }
}

function readEvent(options: Options) {
  const accept = optionalCode(options, "accept");
  return {
    by: String(literal(options, "by")),
    event: code(options, "event"),
    within: code(options, "within"),
    payload: code(options, "payload"),
    ...(accept === undefined ? {} : { accept }),
  };
}

function readPlace(options: Options): string {
  const at = options.value("at");
  return at.getText() === everyone ? everyone : String(literal(options, "at"));
}

function labelOf(call: CallExpression): string {
  const label = argument(call, 0);
  if (Node.isStringLiteral(label)) return label.getLiteralValue();
  throw refuse(label, "the name is not a string literal", "Write it as a string literal");
}

function verbOf(call: CallExpression): string {
  const callee = call.getExpression();
  return Node.isPropertyAccessExpression(callee) ? callee.getName() : callee.getText();
}

function argument(call: CallExpression, index: number): Expression {
  const node = call.getArguments()[index];
  if (node !== undefined && Node.isExpression(node)) return node;
  throw refuse(call, `the call has no argument ${index + 1}`, "See the verb's documentation");
}
