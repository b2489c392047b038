/**
 * Reads choreographies from source text, without running it: each exported `const` whose value is
 * a chain that starts with `choreography(…)`.
 */
import { Node, SyntaxKind, VariableDeclarationKind } from "ts-morph";
import type { CallExpression, SourceFile } from "ts-morph";
import { ProtocolError } from "../dsl/index.ts";
import type { GlobalType, Place } from "../dsl/index.ts";
import { languageOf, opener } from "./language.ts";
import type { Language } from "./language.ts";
import { exportNameOf, placeOf, refuse } from "./source.ts";
import type { SourceCode } from "./source.ts";
import { argument, labelOf, readHead, readStep, verbOf } from "./step.ts";

/** A choreography as its source has it. */
export interface SourceChoreography {
  /** The name under which its file exports it. */
  readonly exportName: string;
  readonly file: string;
  /** The module that the file imports the language from. */
  readonly languageModule: string;
  readonly global: GlobalType<SourceCode>;
  /** Where each step and each branch stands. */
  readonly places: ReadonlyMap<object, Place>;
  readonly headPlace: Place;
  readonly sessionPlace: Place;
  readonly endPlace: Place;
}

/** All choreographies of `file` that can be read; what cannot is added to `refused`. */
export function readChoreographies(
  file: SourceFile,
  refused: ProtocolError[],
): readonly SourceChoreography[] {
  const language = languageOf(file);
  if (language === undefined) return [];
  return file
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => language.nameOf(call.getExpression()) === opener)
    .flatMap((call) => attempt(refused, () => readChoreography(call, language, refused)) ?? []);
}

/** What `read` gives; `undefined` where it refuses, and its refusal is added to `refused`. */
export function attempt<T>(refused: ProtocolError[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    refused.push(error);
    return undefined;
  }
}

function readChoreography(
  opening: CallExpression,
  language: Language,
  refused: ProtocolError[],
): SourceChoreography | undefined {
  const calls = callsAfter(opening);
  const last = calls.at(-1);
  if (last === undefined || verbOf(last) !== "returns") {
    throw refuse(opening, "the chain of steps does not end in returns(…)", readable);
  }
  const verbs = calls.slice(0, -1);
  const exportName = exportNameOfChain(opening, last);
  const head = attempt(refused, () => readHead(opening, language));
  const steps = verbs.flatMap((verb) => attempt(refused, () => readStep(verb, language)) ?? []);
  const result = attempt(refused, () => labelOf(last));
  if (head === undefined || result === undefined || steps.length < verbs.length) return undefined;
  return {
    exportName,
    file: opening.getSourceFile().getFilePath(),
    languageModule: language.module,
    global: { ...head.global, steps, result },
    places: new Map(verbs.flatMap((verb, i) => placed(steps[i], placeOf(argument(verb, 0))))),
    headPlace: placeOf(opening),
    sessionPlace: head.sessionPlace,
    endPlace: placeOf(argument(last, 0)),
  };
}

function placed(step: object | undefined, place: Place): readonly (readonly [object, Place])[] {
  return step === undefined ? [] : [[step, place]];
}

const readable =
  "Write the choreography as one chain, export const name = choreography(…) … .returns(…)";

/** The calls of the chain `opening.b(…).c(…)` after its first, in order. */
function callsAfter(opening: CallExpression): readonly CallExpression[] {
  const access = opening.getParent();
  const next = Node.isPropertyAccessExpression(access) ? access.getParent() : undefined;
  return Node.isCallExpression(next) ? [next, ...callsAfter(next)] : [];
}

/** The name under which the file exports the constant whose value is the chain up to `last`. */
function exportNameOfChain(opening: CallExpression, last: CallExpression): string {
  const declaration = last.getParent();
  const statement = Node.isVariableDeclaration(declaration)
    ? declaration.getVariableStatement()
    : undefined;
  if (
    !Node.isVariableDeclaration(declaration) ||
    statement?.getDeclarationKind() !== VariableDeclarationKind.Const
  ) {
    throw refuse(opening, "the chain of steps is not the value of a constant", readable);
  }
  const name = exportNameOf(declaration);
  if (name !== undefined && name !== "default") return name;
  throw refuse(declaration, `'${declaration.getName()}' is not exported by name`, readable);
}
