/** Object literals read statically: the options of a choreography and of its steps. */
import { Node } from "ts-morph";
import type { CallExpression, Expression, PropertyName } from "ts-morph";
import { optionFault } from "../dsl/index.ts";
import { argument, verbOf } from "./chain.ts";
import { readCode, refuse } from "./source.ts";
import type { SourceCode } from "./source.ts";

/** The properties of an object literal, by name. */
export interface Options {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The expression of property `name`; refuses where there is none. */
  value(name: string): Expression;
  /** The word `name` itself, where it is given; refuses where there is none. */
  key(name: string): Node;
}

/** The options of a step: its second argument. One that its verb does not have is refused. */
export function stepOptions(call: CallExpression): Options {
  const options = readOptions(argument(call, 1));
  const fault = optionFault(verbOf(call), options.names);
  if (fault === undefined) return options;
  throw refuse(options.key(fault.option), fault.what, fault.todo);
}

const asLiteral = "Write the options as an object literal, each property as name: value";

/** Reads an object literal; anything that needs running is refused at its place. */
export function readOptions(expression: Expression): Options {
  if (!Node.isObjectLiteralExpression(expression)) {
    throw refuse(expression, "the options are not an object literal", asLiteral);
  }
  const values = new Map<string, { readonly key: Node; readonly value: Expression }>();
  for (const property of expression.getProperties()) {
    if (Node.isPropertyAssignment(property)) {
      const key = property.getNameNode();
      values.set(keyOf(key), { key, value: property.getInitializerOrThrow() });
    } else if (Node.isShorthandPropertyAssignment(property)) {
      const key = property.getNameNode();
      values.set(property.getName(), { key, value: key });
    } else {
      throw refuse(property, "the options cannot be read without running them", asLiteral);
    }
  }
  const find = (name: string) => {
    const found = values.get(name);
    if (found !== undefined) return found;
    throw refuse(expression, `the option '${name}' is missing`, `Add ${name}: …`);
  };
  return {
    names: [...values.keys()],
    has: (name) => values.has(name),
    value: (name) => find(name).value,
    key: (name) => find(name).key,
  };
}

function keyOf(name: PropertyName): string {
  if (Node.isIdentifier(name)) return name.getText();
  if (Node.isStringLiteral(name)) return name.getLiteralValue();
  throw refuse(name, "the options cannot be read without running them", asLiteral);
}

/** The string or number that option `name` literally is. */
export function literal(options: Options, name: string): string | number {
  const value = options.value(name);
  if (Node.isStringLiteral(value) || Node.isNoSubstitutionTemplateLiteral(value)) {
    return value.getLiteralValue();
  }
  if (Node.isNumericLiteral(value)) return value.getLiteralValue();
  const what = `the option '${name}' is not a literal, and the generator does not run your code`;
  throw refuse(value, what, "Write it as a string or a number");
}

export function optionalLiteral(options: Options, name: string): string | undefined {
  return options.has(name) ? String(literal(options, name)) : undefined;
}

/** The source of option `name`. */
export function code(options: Options, name: string): SourceCode {
  return readCode(options.value(name));
}

export function optionalCode(options: Options, name: string): SourceCode | undefined {
  return options.has(name) ? code(options, name) : undefined;
}

/** Whether option `name` is given; it can only be the word "absent". */
export function isAbsent(options: Options, name: string): boolean {
  if (!options.has(name)) return false;
  const value = options.value(name);
  if (Node.isStringLiteral(value) && value.getLiteralValue() === "absent") return true;
  const what = `the option '${name}' is not the word "absent"`;
  throw refuse(value, what, 'Write "absent", or leave it out');
}
