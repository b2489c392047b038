/** Choreographies in source text as the mutations see them: spans that can be exchanged. */
import { Node, SyntaxKind } from "ts-morph";
import type { CallExpression, Expression, SourceFile } from "ts-morph";
import { callsAfter, callsOfPart, labelOf, verbOf } from "../../codegen/chain.ts";
import { languageOf, opener } from "../../codegen/language.ts";

/** From `from` up to and without `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A property of an object literal. */
export interface Option {
  readonly name: string;
  readonly value: Expression;
  /** With the comma after it. */
  readonly whole: Span;
}

/** A branch of a choice, a block of a parallel, or the body of a recursion. */
export interface Part {
  readonly label: string;
  /** Its name in the source; a body has none. */
  readonly key?: Span;
  readonly whole: Span;
  readonly body: Span;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly verb: string;
  readonly label: string;
  /** From the end of what it is called on. */
  readonly span: Span;
  readonly options: ReadonlyMap<string, Option>;
  /** Where an option can be put; a step without options has no such place. */
  readonly inside?: number;
  readonly parts: readonly Part[];
}

export interface Chain {
  /** Text of its file. */
  readonly text: string;
  readonly roles: readonly string[];
  /** The session, without its quotes. */
  readonly session: Span;
  readonly steps: readonly Step[];
}

/** The choreographies of `file`. */
export function chainsOf(file: SourceFile): readonly Chain[] {
  const language = languageOf(file);
  if (language === undefined) return [];
  return file
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => language.nameOf(call.getExpression()) === opener)
    .map((opening) => {
      const head = optionsOf(opening.getArguments()[1]);
      const session = head.get("session")?.value;
      const roles = head.get("roles")?.value;
      if (session === undefined) throw new Error("a choreography without a session");
      return {
        text: file.getFullText(),
        roles: [...optionsOf(roles).keys()],
        session: { from: session.getStart() + 1, to: session.getEnd() - 1 },
        steps: callsAfter(opening).slice(0, -1).map(stepOf),
      };
    });
}

/** All blocks of steps of `chain`, at every depth. */
export function blocksOf({ steps }: Pick<Chain, "steps">): readonly (readonly Step[])[] {
  return [steps, ...steps.flatMap((step) => step.parts.flatMap((part) => blocksOf(part)))];
}

/** All steps of `chain`, in the order of its text. */
export function stepsOf({ steps }: Pick<Chain, "steps">): readonly Step[] {
  return steps.flatMap((step) => [step, ...step.parts.flatMap((part) => stepsOf(part))]);
}

/** The properties of the object literal `node`, by name. */
export function optionsOf(node: Node | undefined): ReadonlyMap<string, Option> {
  if (!Node.isObjectLiteralExpression(node)) return new Map();
  return new Map(
    node.getProperties().flatMap((property): [string, Option][] => {
      const value = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
      if (!Node.isPropertyAssignment(property) || value === undefined) return [];
      const key = property.getNameNode();
      const name = Node.isStringLiteral(key) ? key.getLiteralValue() : key.getText();
      return [[name, { name, value, whole: withComma(property) }]];
    }),
  );
}

function withComma(property: Node): Span {
  const text = property.getSourceFile().getFullText();
  const comma = /^\s*,/.exec(text.slice(property.getEnd()))?.[0] ?? "";
  return { from: property.getStart(), to: property.getEnd() + comma.length };
}

function stepOf(call: CallExpression): Step {
  const callee = call.getExpression();
  const before = Node.isPropertyAccessExpression(callee) ? callee.getExpression().getEnd() : 0;
  const [first, second, third] = call.getArguments();
  // An abort can do without its label.
  const literal = Node.isObjectLiteralExpression(first) ? first : second;
  const options = optionsOf(literal);
  const branches = options.get("branches")?.value;
  const verb = verbOf(call);
  return {
    verb,
    label: first === literal ? verb : labelOf(call),
    span: { from: before, to: call.getEnd() },
    options: verb === "parallel" ? new Map() : options,
    ...(Node.isObjectLiteralExpression(literal) ? { inside: literal.getStart() + 1 } : {}),
    parts: third === undefined ? partsOf(branches ?? literal, verb) : [partOf("", third)],
  };
}

function partsOf(literal: Node | undefined, verb: string): readonly Part[] {
  if (verb !== "choice" && verb !== "parallel") return [];
  return [...optionsOf(literal).values()].map(({ name, value, whole }) => ({
    ...partOf(name, value),
    key: { from: whole.from, to: keyEnd(value) },
    whole,
  }));
}

/** The end of the name whose value is `value`. */
function keyEnd(value: Expression): number {
  const property = value.getParent();
  return Node.isPropertyAssignment(property) ? property.getNameNode().getEnd() : value.getStart();
}

function partOf(label: string, value: Node): Part {
  const span = { from: value.getStart(), to: value.getEnd() };
  const steps = Node.isArrowFunction(value) ? callsOfPart(value).map(stepOf) : [];
  return { label, whole: span, body: span, steps };
}
