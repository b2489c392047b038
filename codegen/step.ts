/** The parts of a chain read statically: its head, its steps, and their labels. */
import { Node } from "ts-morph";
import type { CallExpression, Expression } from "ts-morph";
import type { GlobalStep, GlobalType, Place } from "../dsl/index.ts";
import { everyone } from "../dsl/index.ts";
import type { Language } from "./language.ts";
import { code, literal, optionalCode, optionalLiteral, readOptions } from "./options.ts";
import type { Options } from "./options.ts";
import { placeOf, refuse } from "./source.ts";
import type { SourceCode } from "./source.ts";

export interface SourceHead {
  readonly global: Omit<GlobalType<SourceCode>, "steps" | "result">;
  readonly sessionPlace: Place;
}

export function readHead(opening: CallExpression, language: Language): SourceHead {
  const options = readOptions(argument(opening, 1));
  return {
    global: {
      name: nameOf(opening),
      roles: readRoles(options, language),
      session: String(literal(options, "session")),
      abort: code(options, "abort"),
    },
    sessionPlace: placeOf(options.value("session")),
  };
}

/** The protocol's name, which becomes part of its scripts' file names. */
function nameOf(opening: CallExpression): string {
  const name = labelOf(opening);
  if (/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) return name;
  const what = `the protocol's name '${name}' cannot be part of a file's name`;
  throw refuse(argument(opening, 0), what, "Write it with letters, digits, '-' and '_'");
}

function readRoles(options: Options, language: Language): Readonly<Record<string, "one" | "many">> {
  const roles = readOptions(options.value("roles"));
  if (roles.names.length === 0) {
    throw refuse(options.value("roles"), "there are no roles", "Write at least one: { name: one }");
  }
  return Object.fromEntries(
    roles.names.map((name) => {
      const kind = roles.value(name);
      const word = language.nameOf(kind);
      if (word === "one" || word === "many") return [name, word];
      throw refuse(kind, `the role '${name}' is neither one nor many`, "Write one or many");
    }),
  );
}

export function readStep(call: CallExpression, language: Language): GlobalStep<SourceCode> {
  const verb = verbOf(call);
  switch (verb) {
    case "broadcast":
      return { verb, label: labelOf(call), ...readEvent(stepOptions(call)) };
    case "send": {
      const options = stepOptions(call);
      const to = String(literal(options, "to"));
      const sealed = readSealed(options);
      return { verb, label: labelOf(call), ...readEvent(options), to, ...sealed };
    }
    case "collect": {
      const options = stepOptions(call);
      const atLeast = literal(options, "atLeast");
      return { verb, label: labelOf(call), ...readEvent(options), atLeast };
    }
    case "local": {
      const options = stepOptions(call);
      const combines = optionalLiteral(options, "combines");
      const placed = { at: readPlace(options, language), action: code(options, "action") };
      const combined = combines === undefined ? {} : { combines };
      return { verb, label: labelOf(call), ...placed, ...combined };
    }
    case "wait": {
      const options = stepOptions(call);
      const placed = { at: readPlace(options, language), epochs: code(options, "epochs") };
      return { verb, label: labelOf(call), ...placed };
    }
    default: {
      const todo = "Use broadcast, send, collect, local, wait or returns";
      throw refuse(verbNode(call), `'${verb}' is not a verb of the language`, todo);
    }
  }
}

function stepOptions(call: CallExpression): Options {
  return readOptions(argument(call, 1));
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

function readSealed(options: Options): { readonly sealed?: true } {
  if (!options.has("sealed")) return {};
  const value = options.value("sealed");
  if (value.getText() === "true") return { sealed: true };
  throw refuse(value, "the option 'sealed' is not the word true", "Write true, or leave it out");
}

function readPlace(options: Options, language: Language): string {
  const at = options.value("at");
  return language.nameOf(at) === everyone ? everyone : String(literal(options, "at"));
}

export function labelOf(call: CallExpression): string {
  const label = argument(call, 0);
  if (Node.isStringLiteral(label)) return label.getLiteralValue();
  throw refuse(label, "the name is not a string literal", "Write it as a string literal");
}

export function verbOf(call: CallExpression): string {
  return verbNode(call).getText();
}

/** The verb's own word: `call` itself starts where its chain does. */
function verbNode(call: CallExpression): Node {
  const callee = call.getExpression();
  return Node.isPropertyAccessExpression(callee) ? callee.getNameNode() : callee;
}

export function argument(call: CallExpression, index: number): Expression {
  const node = call.getArguments()[index];
  if (node !== undefined && Node.isExpression(node)) return node;
  const what = `${verbOf(call)} has no argument ${index + 1}`;
  throw refuse(verbNode(call), what, "Write it as (label, options), and returns as (label)");
}
