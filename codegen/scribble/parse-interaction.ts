/** Parses the body of a global protocol. */
import type { Place } from "../../dsl/index.ts";
import { qualified, separated } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { refuseAt } from "./refuse.ts";
import type { Block, Interaction, Name, PayloadItem, RoleArgument, Signature } from "./syntax.ts";

/** Deepest nesting of blocks, so that no source overflows the stack. */
export const maxDepth = 200;

/** `{ interaction* }` */
export function parseBlock(cursor: Cursor, depth: number): Block {
  const place = cursor.take("{");
  if (depth > maxDepth) {
    throw refuseAt(
      place,
      `the blocks are nested deeper than ${maxDepth}`,
      "Move the inner ones into an aux protocol",
    );
  }
  const interactions: Interaction[] = [];
  while (!cursor.sees("}")) interactions.push(parseInteraction(cursor, depth));
  return { place, interactions };
}

function closedBlock(cursor: Cursor, depth: number): Block {
  const block = parseBlock(cursor, depth + 1);
  cursor.take("}");
  return block;
}

/** What begins with these words is Scribble, but has no counterpart here. */
const foreign: ReadonlyMap<string, string> = new Map([
  ["connect", "connections between roles"],
  ["disconnect", "connections between roles"],
  ["wrap", "connections between roles"],
  ["interruptible", "interruptible blocks"],
  ["new", "roles made during a session"],
  ["nested", "nested protocols"],
  ["spawn", "spawned protocols"],
]);

function parseInteraction(cursor: Cursor, depth: number): Interaction {
  const { kind, text, place } = cursor.peek();
  // A label may be named like a keyword: `choice() from A to B` is a message.
  if (kind !== "name" || cursor.sees("(", 1)) return parseMessage(cursor);
  const unknown = foreign.get(text);
  if (unknown !== undefined && !cursor.sees("from", 1)) throw notCarriedOver(place, text, unknown);
  if (cursor.sees("calls", 1)) {
    throw notCarriedOver(cursor.peek(1).place, "calls", "nested protocols");
  }
  switch (text) {
    case "choice":
      return parseChoice(cursor, depth);
    case "rec":
      return parseRecursion(cursor, depth);
    case "continue":
      return parseContinue(cursor);
    case "par":
      cursor.take("par");
      return { kind: "par", place, blocks: parseBlocks(cursor, "and", depth) };
    case "do":
      return parseDo(cursor);
    default:
      return parseMessage(cursor);
  }
}

function notCarriedOver(place: Place, word: string, what: string) {
  return refuseAt(
    place,
    `'${word}': ${what} have no counterpart in a choreography`,
    "Write the protocol without them: all roles are there from the start to the end",
  );
}

function parseBlocks(cursor: Cursor, separator: string, depth: number): readonly Block[] {
  const blocks = [closedBlock(cursor, depth)];
  while (cursor.skips(separator)) blocks.push(closedBlock(cursor, depth));
  return blocks;
}

function parseChoice(cursor: Cursor, depth: number): Interaction {
  const place = cursor.take("choice");
  cursor.take("at");
  const at = cursor.name("the role that chooses");
  return { kind: "choice", place, at, branches: parseBlocks(cursor, "or", depth) };
}

function parseRecursion(cursor: Cursor, depth: number): Interaction {
  const place = cursor.take("rec");
  const variable = cursor.name("the name of the recursion");
  refuseState(cursor);
  return { kind: "rec", place, variable, body: closedBlock(cursor, depth) };
}

function parseContinue(cursor: Cursor): Interaction {
  const place = cursor.take("continue");
  const variable = cursor.name("the name of the recursion");
  refuseState(cursor);
  cursor.take(";");
  return { kind: "continue", place, variable };
}

/** NuScr's recursion variables with a value: `rec X [n<A>: int = 0]`. */
function refuseState(cursor: Cursor): void {
  if (!cursor.sees("[")) return;
  throw refuseAt(
    cursor.peek().place,
    "a recursion with values of its own has no counterpart in a choreography",
    "Leave the values out: each device keeps its own",
  );
}

/** `do P<T>(A, B as X);`, also with a scope before the protocol. */
function parseDo(cursor: Cursor): Interaction {
  const place = cursor.take("do");
  let protocol = qualified(cursor, "the name of a protocol");
  if (cursor.skips(":")) protocol = qualified(cursor, "the name of a protocol");
  let types: readonly Signature[] = [];
  if (cursor.skips("<")) {
    types = separated(cursor, () => parseSignature(cursor));
    cursor.take(">");
  }
  cursor.take("(");
  const roles = cursor.sees(")") ? [] : separated(cursor, () => parseRoleArgument(cursor));
  cursor.take(")");
  cursor.take(";");
  skipAnnotation(cursor);
  return { kind: "do", place, protocol, types, roles };
}

function parseRoleArgument(cursor: Cursor): RoleArgument {
  const role = cursor.name("a role");
  return cursor.skips("as") ? { role, as: cursor.name("the callee's role") } : { role };
}

/** `label(T1, x: T2) from A to B, C;` */
function parseMessage(cursor: Cursor): Interaction {
  const { kind, place } = cursor.peek();
  if (kind !== "name" && !cursor.sees("(")) throw cursor.unexpected("a message or '}'");
  const signature = parseSignature(cursor);
  const next = cursor.peek();
  if (next.text === "connect") {
    throw notCarriedOver(next.place, "connect", "connections between roles");
  }
  cursor.take("from");
  const from = cursor.name("the role that sends");
  cursor.take("to");
  const to = separated(cursor, () => cursor.name("the role that receives"));
  cursor.take(";");
  skipAnnotation(cursor);
  return { kind: "message", place, signature, from, to };
}

function parseSignature(cursor: Cursor): Signature {
  const { place } = cursor.peek();
  const name: Name = cursor.sees("(") ? { text: "", place } : qualified(cursor, "a message");
  if (!cursor.skips("(")) return { name };
  const payload = cursor.sees(")") ? [] : separated(cursor, () => parsePayloadItem(cursor));
  cursor.take(")");
  return { name, payload };
}

function parsePayloadItem(cursor: Cursor): PayloadItem {
  const first = payloadType(cursor);
  const named = cursor.skips(":");
  const type = named ? payloadType(cursor) : first;
  if (cursor.sees("@")) {
    throw refuseAt(
      cursor.peek().place,
      "a message that hands a session on has no counterpart in a choreography",
      "Let the other role take part from the start",
    );
  }
  if (cursor.sees("{")) {
    throw refuseAt(
      cursor.peek().place,
      "a payload type with a condition is not carried over",
      "Leave the condition out, and check it in the step's `accept`",
    );
  }
  return named ? { name: first.text, type } : { type };
}

/** Most dimensions of a list. */
const maxDimensions = 8;

/** `a.b.T`, `T[]` */
function payloadType(cursor: Cursor): Name {
  const { text, place } = qualified(cursor, "a payload type");
  let dimensions = "";
  while (dimensions.length < 2 * maxDimensions && cursor.skips("[")) {
    cursor.take("]");
    dimensions = `${dimensions}[]`;
  }
  return { text: `${text}${dimensions}`, place };
}

/** NuScr's `@"words for other tools"`. */
export function skipAnnotation(cursor: Cursor): void {
  if (cursor.skips("@")) cursor.text("a quoted text");
}
