/** The head and the end of a chain read statically. */
import { Node } from "ts-morph";
import type { CallExpression } from "ts-morph";
import type { GlobalType, Place } from "../dsl/index.ts";
import { argument, labelOf } from "./chain.ts";
import type { Language } from "./language.ts";
import { code, literal, readOptions } from "./options.ts";
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
export function nameOf(opening: CallExpression): string {
  const name = labelOf(opening);
  if (/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) return name;
  const what = `the protocol's name '${name}' cannot be part of a file's name`;
  throw refuse(argument(opening, 0), what, "Write it with letters, digits, '-' and '_'");
}

export function readRoles(
  options: Options,
  language: Language,
): Readonly<Record<string, "one" | "many">> {
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

/** What a choreography without a result returns. */
const nothing = "nothing";

export interface SourceEnd {
  readonly result: { readonly result?: string };
  readonly endPlace: Place;
}

/** The result that the chain's last call, `returns`, names. */
export function readEnd(last: CallExpression): SourceEnd {
  const result = labelOf(last);
  return { result: result === nothing ? {} : { result }, endPlace: placeOf(argument(last, 0)) };
}

/** Whether `call` ends a chain. */
export function isEnd(call: CallExpression): boolean {
  const callee = call.getExpression();
  return Node.isPropertyAccessExpression(callee) && callee.getName() === "returns";
}
