/** Parses a Scribble file (Scribble 2, and what NuScr adds to it) into its syntax tree. */
import { cursorOver, qualified, separated } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { tokensOf } from "./lexer.ts";
import { parseBlock, skipAnnotation } from "./parse-interaction.ts";
import { refuseAt } from "./refuse.ts";
import type { ExternalType, GlobalProtocol, Name, Parameter, ScribbleModule } from "./syntax.ts";

/** @throws ProtocolError `InvalidInput`, with the place, for what is no Scribble */
export function parseScribble(text: string, file: string): ScribbleModule {
  const cursor = cursorOver(tokensOf(text, file), file);
  const name = cursor.skips("module") ? moduleName(cursor) : undefined;
  const externals: ExternalType[] = [];
  const protocols: GlobalProtocol[] = [];
  while (cursor.peek().kind !== "end") {
    if (cursor.sees("import") || cursor.sees("from")) {
      skipImport(cursor);
    } else if (["type", "data", "sig"].some((word) => cursor.sees(word))) {
      externals.push(parseExternal(cursor));
    } else {
      protocols.push(parseProtocol(cursor));
    }
  }
  refuseTwins(
    protocols.map((protocol) => protocol.name),
    "protocol",
  );
  return { ...(name === undefined ? {} : { name }), externals, protocols };
}

function moduleName(cursor: Cursor): string {
  const { text } = qualified(cursor, "the module's name");
  cursor.take(";");
  return text;
}

/** Imports are of modules that are not read: what is used of them is refused where it is used. */
function skipImport(cursor: Cursor): void {
  if (cursor.skips("from")) qualified(cursor, "a module");
  cursor.take("import");
  qualified(cursor, "a name");
  if (cursor.skips("as")) cursor.name("another name");
  cursor.take(";");
}

/** `type <java> "java.lang.Integer" from "rt.jar" as Int;` */
function parseExternal(cursor: Cursor): ExternalType {
  const kind = cursor.name("a declaration").text === "sig" ? "sig" : "type";
  cursor.take("<");
  cursor.name("a language");
  cursor.take(">");
  const external = cursor.text("a quoted name");
  if (cursor.skips("from")) cursor.text("a quoted file name");
  cursor.take("as");
  const alias = cursor.name("a name");
  cursor.take(";");
  return { kind, alias, external };
}

/** `aux global protocol P<type T>(role A, role B) { ... }` */
function parseProtocol(cursor: Cursor): GlobalProtocol {
  const { place } = cursor.peek();
  let aux = false;
  for (;;) {
    if (cursor.skips("aux")) aux = true;
    else if (!cursor.skips("explicit")) break;
  }
  if (cursor.sees("local") || cursor.sees("nested")) {
    throw refuseAt(
      cursor.peek().place,
      `a ${cursor.peek().text} protocol is not read`,
      "Give global protocols only: local ones are projected from them",
    );
  }
  const isGlobal = cursor.skips("global");
  if (!cursor.skips("protocol") && !isGlobal) throw cursor.unexpected("'global protocol'");
  const name = cursor.name("the protocol's name");
  const parameters = parseParameters(cursor);
  const roles = parseRoles(cursor);
  skipAnnotation(cursor);
  const body = parseBlock(cursor, 1);
  return { place, name, aux, parameters, roles, body, end: cursor.take("}") };
}

function parseParameters(cursor: Cursor): readonly Parameter[] {
  if (!cursor.skips("<")) return [];
  const parameters = separated(cursor, (): Parameter => {
    const kind = cursor.sees("sig") ? "sig" : "type";
    cursor.take(kind);
    return { kind, name: cursor.name("a parameter") };
  });
  cursor.take(">");
  refuseTwins(
    parameters.map((parameter) => parameter.name),
    "parameter",
  );
  return parameters;
}

function parseRoles(cursor: Cursor): readonly Name[] {
  cursor.take("(");
  const roles = separated(cursor, () => {
    cursor.take("role");
    return cursor.name("a role");
  });
  if (cursor.sees(";")) {
    throw refuseAt(
      cursor.peek().place,
      "'new': roles made during a session have no counterpart in a choreography",
      "Declare all roles alike",
    );
  }
  cursor.take(")");
  refuseTwins(roles, "role");
  return roles;
}

function refuseTwins(names: readonly Name[], what: string): void {
  const seen = new Set<string>();
  for (const { text, place } of names) {
    if (seen.has(text)) {
      throw refuseAt(place, `there are two ${what}s '${text}'`, "Rename one of them");
    }
    seen.add(text);
  }
}
