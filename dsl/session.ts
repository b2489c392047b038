/**
 * The session notation by value: what a choreography's steps must be, as a tree. `ParseSession`
 * reads the same in the type system.
 */
import { malformed, sessionFaults } from "./session-fault.ts";
import { checkLabels } from "./session-label.ts";
import { isRecursion, tokens } from "./session-token.ts";
import type { ItemToken, Token } from "./session-token.ts";

/** One step that a session expects. */
export interface SessionStep {
  readonly kind: "step";
  readonly label: string;
  /** Whether every member of a family takes it. */
  readonly star: boolean;
  /** Whether it may be missing. */
  readonly optional: boolean;
  /** The family of the long form `Label{p ∈ family}`. */
  readonly role?: string;
  /** The event of the long form `Label(Event)`. */
  readonly event?: string;
}

/** A branch of a choice or a block of a parallel, named by its first label. */
export interface SessionBranch {
  readonly label: string;
  readonly items: SessionTree;
}

export interface SessionChoice {
  readonly kind: "choice";
  readonly label: string;
  readonly branches: readonly SessionBranch[];
}

export interface SessionRec {
  readonly kind: "rec";
  readonly label: string;
  readonly items: SessionTree;
}

export interface SessionAgain {
  readonly kind: "again";
  readonly label: string;
}

export interface SessionParallel {
  readonly kind: "parallel";
  readonly label: string;
  readonly blocks: readonly SessionBranch[];
}

export interface SessionAbort {
  readonly kind: "abort";
  readonly label: "abort";
}

export type SessionItem =
  | SessionStep
  | SessionChoice
  | SessionRec
  | SessionAgain
  | SessionParallel
  | SessionAbort;

/** What a session expects, in order. */
export type SessionTree = readonly SessionItem[];

/** Longest notation that is read, in characters. */
const maxNotationLength = 65_536;

/** Deepest nesting of brackets that is read. */
const maxDepth = 64;

/**
 * Parses the notation by value.
 *
 * @returns the expected items in order, frozen
 * @throws ProtocolError `InvalidDeclaration` with the sentence that the compiler prints
 */
export function parseSession(notation: string): SessionTree {
  if (notation.length > maxNotationLength) {
    throw malformed(sessionFaults.long(notation.length, maxNotationLength));
  }
  const input: Input = { notation, tokens: tokens(notation), next: 0 };
  const items = parseSequence(input, []);
  const stray = peek(input);
  if (stray.kind !== "end") throw strayMark(stray, input);
  checkLabels(items);
  return items;
}

/** The notation and how far it is read. */
interface Input {
  readonly notation: string;
  readonly tokens: readonly Token[];
  next: number;
}

/** What encloses an item: a recursion by its label, a choice or a parallel by its bracket. */
type Enclosing = readonly string[];

function parseSequence(input: Input, enclosing: Enclosing): SessionTree {
  if (enclosing.length > maxDepth) throw malformed(sessionFaults.deep(maxDepth));
  const items: SessionItem[] = [];
  for (;;) {
    const start = input.next;
    const item = parseItem(input, enclosing);
    items.push(item);
    const { kind } = peek(input);
    if (kind === ".") {
      if (item.kind === "again" || item.kind === "abort") {
        throw malformed(sessionFaults.unreached(item.label, rest(input)));
      }
      input.next += 1;
    } else if (kind === "item" || kind === "{" || kind === "(") {
      throw malformed(sessionFaults.noDot(written(input, start), rest(input)));
    } else {
      return Object.freeze(items);
    }
  }
}

function parseItem(input: Input, enclosing: Enclosing): SessionItem {
  const token = peek(input);
  switch (token.kind) {
    case "item":
      input.next += 1;
      return parseNamed(token, input, enclosing);
    case "{": {
      const branches = parseBranches(input, enclosing, "|", "}");
      const label = branches.map((branch) => branch.label).join(" | ");
      if (branches.length < 2) throw malformed(sessionFaults.oneBranch(label));
      return Object.freeze({ kind: "choice", label, branches });
    }
    case "(": {
      const blocks = parseBranches(input, enclosing, "||", ")");
      const label = blocks.map((block) => block.label).join(" || ");
      if (blocks.length < 2) throw malformed(sessionFaults.oneBlock(label));
      return Object.freeze({ kind: "parallel", label, blocks });
    }
    case ".":
      return emptyStep;
    case "end":
      if (enclosing.length === 0) return emptyStep;
      throw malformed(sessionFaults.noStep(before(input), rest(input)));
    default:
      if (input.next === 0) throw strayMark(token, input);
      throw malformed(sessionFaults.noStep(before(input), rest(input)));
  }
}

/** Stands where no step is written; it is refused with the labels, in their order. */
const emptyStep: SessionStep = Object.freeze({
  kind: "step",
  label: "",
  star: false,
  optional: false,
});

function parseNamed(token: ItemToken, input: Input, enclosing: Enclosing): SessionItem {
  const { text, role, event } = token;
  if (isRecursion(text)) return parseRec(text, input, enclosing);
  if (token.source === "abort") return Object.freeze({ kind: "abort", label: "abort" });
  if (enclosing.includes(token.source)) return again(token.source, enclosing);
  const asked = text.endsWith("?");
  const shown = asked ? text.slice(0, -1).trimEnd() : text;
  const star = shown.endsWith("*");
  const label = star ? shown.slice(0, -1).trimEnd() : shown;
  return Object.freeze({
    kind: "step",
    label,
    star: star || role !== undefined,
    optional: asked || token.optional,
    ...(role === undefined ? {} : { role }),
    ...(event === undefined ? {} : { event }),
  });
}

function again(label: string, enclosing: Enclosing): SessionAgain {
  if (enclosing.lastIndexOf("(") > enclosing.lastIndexOf(label)) {
    throw malformed(sessionFaults.outOfParallel(label));
  }
  return Object.freeze({ kind: "again", label });
}

function parseRec(text: string, input: Input, enclosing: Enclosing): SessionRec {
  const label = text.slice("rec".length).trimStart();
  if (!/^[A-Z]\w*$/.test(label) || peek(input).kind !== "{") {
    throw malformed(sessionFaults.recursion(text));
  }
  if (enclosing.includes(label)) throw malformed(sessionFaults.shadowed(label));
  const opened = rest(input);
  input.next += 1;
  const items = parseSequence(input, [...enclosing, label]);
  close(input, "}", opened);
  return Object.freeze({ kind: "rec", label, items });
}

function parseBranches(
  input: Input,
  enclosing: Enclosing,
  bar: "|" | "||",
  closing: "}" | ")",
): readonly SessionBranch[] {
  const opened = rest(input);
  const inside = [...enclosing, peek(input).source];
  const branches: SessionBranch[] = [];
  do {
    input.next += 1;
    const items = parseSequence(input, inside);
    branches.push(Object.freeze({ label: firstLabel(items), items }));
  } while (peek(input).kind === bar);
  close(input, closing, opened);
  return Object.freeze(branches);
}

/** The label that is first in the text of `items`. */
function firstLabel(items: SessionTree): string {
  const [first] = items;
  switch (first?.kind) {
    case "choice":
      return first.branches[0]?.label ?? "";
    case "rec":
      return firstLabel(first.items);
    case "parallel":
      return first.blocks[0]?.label ?? "";
    default:
      return first?.label ?? "";
  }
}

function close(input: Input, closing: "}" | ")", opened: string): void {
  const token = peek(input);
  if (token.kind === "|" || token.kind === "||") throw strayMark(token, input);
  if (token.kind !== closing) throw malformed(sessionFaults.open(opened));
  input.next += 1;
}

function strayMark({ kind }: Token, input: Input): Error {
  const at = rest(input);
  if (kind === "|") return malformed(sessionFaults.strayBar(at));
  return malformed(kind === "||" ? sessionFaults.strayBars(at) : sessionFaults.unopened(at));
}

function peek({ tokens: all, next, notation }: Input): Token {
  return all[next] ?? { kind: "end", source: "", start: notation.length };
}

/** The notation from the next token on. */
function rest(input: Input): string {
  return input.notation.slice(peek(input).start).trimEnd();
}

/** The token before the next one; before a dot also the one before that. */
function before({ tokens: all, next }: Input): string {
  const last = all[next - 1];
  const earlier = all[next - 2];
  const dotted = last?.kind === "." && earlier !== undefined;
  return dotted ? `${earlier.source} .` : (last?.source ?? "");
}

/** What is written from token `start` to the next one. */
function written(input: Input, start: number): string {
  const from = input.tokens[start]?.start ?? 0;
  return input.notation.slice(from, peek(input).start).trimEnd();
}
