/**
 * Reads choreographies from source text, without running it: each exported `const` whose value is
 * a chain that starts with `choreography(…)`.
 */
import { Node, SyntaxKind, VariableDeclarationKind } from "ts-morph";
import type { CallExpression, SourceFile } from "ts-morph";
import type { GlobalType, Place, ProtocolError } from "../dsl/index.ts";
import { callsAfter } from "./chain.ts";
import { isEnd, readEnd, readHead } from "./head.ts";
import { languageOf, opener } from "./language.ts";
import type { Language } from "./language.ts";
import { attempt } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { exportNameOf, placeOf, refuse } from "./source.ts";
import type { SourceCode } from "./source.ts";
import { readSteps } from "./step.ts";

/** A choreography as its source has it. */
export interface SourceChoreography {
  /** The name under which its file exports it. */
  readonly exportName: string;
  readonly file: string;
  /** The module that the file imports the language from. */
  readonly languageModule: string;
  readonly global: GlobalType<SourceCode>;
  /** Place of the label of each step of the global type, and of each branch and block in it. */
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

function readChoreography(
  opening: CallExpression,
  language: Language,
  refused: ProtocolError[],
): SourceChoreography | undefined {
  const calls = callsAfter(opening);
  const last = calls.at(-1);
  if (last === undefined || !isEnd(last)) {
    throw refuse(opening, "the chain of steps does not end in returns(…)", readable);
  }
  const exportName = exportNameOfChain(opening, last);
  const before = refused.length;
  const places = new Map<object, Place>();
  const reading: Reading = {
    language,
    refused,
    places,
    readSteps: (inner) => readSteps(inner, reading),
  };
  const head = attempt(refused, () => readHead(opening, language));
  const steps = reading.readSteps(calls.slice(0, -1));
  const end = attempt(refused, () => readEnd(last));
  if (head === undefined || end === undefined || refused.length > before) return undefined;
  return {
    exportName,
    file: opening.getSourceFile().getFilePath(),
    languageModule: language.module,
    global: { ...head.global, steps, ...end.result },
    places,
    headPlace: placeOf(opening),
    sessionPlace: head.sessionPlace,
    endPlace: end.endPlace,
  };
}

const readable =
  "Write the choreography as one chain, export const name = choreography(…) … .returns(…)";

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
