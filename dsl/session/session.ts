/**
 * The session notation by value: what a choreography's steps must be, as a tree. `ParseSession`
 * reads the same in the type system, and both find the same first fault.
 */
import { malformed, sessionFaults as faults } from "./fault.ts";
import { checkBranches, checkStep, nameRecursion, startsWith } from "./label.ts";
import type { Way } from "./label.ts";
import { pinsIn } from "./pins.ts";
import { eventAt, tokenAt, upToBrace } from "./token.ts";
import type { Token } from "./token.ts";
import type {
  SessionAbort,
  SessionBranch,
  SessionItem,
  SessionRec,
  SessionStep,
  SessionTree,
} from "./tree.ts";

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
    throw malformed(faults.long(notation.length, maxNotationLength));
  }
  const input: Input = { notation, token: tokenAt(notation, 0) };
  return parseSequence(input, { kind: "top", depth: 0, seen: new Set(), bound: new Map() });
}

/** The notation, and the token that comes next. */
interface Input {
  readonly notation: string;
  token: Token;
}

function take(input: Input): void {
  input.token = tokenAt(input.notation, input.token.after);
}

/** The bracket around a sequence, and the way to it. */
interface Frame extends Way {
  readonly kind: "top" | "choice" | "parallel" | "rec";
  readonly depth: number;
}

/** Reads up to what ends the sequence, which is not taken. */
function parseSequence(input: Input, frame: Frame): SessionTree {
  if (frame.depth > maxDepth) throw malformed(faults.deep(maxDepth));
  const items: SessionItem[] = [];
  for (;;) {
    const item = parseItem(input, frame);
    items.push(item);
    if (endsSequence(input, frame)) return Object.freeze(items);
    const isLast = item.kind === "again" || item.kind === "abort";
    if (isLast) throw malformed(faults.unreached(item.label));
    if (input.token.kind !== ".") throw malformed(faults.noDot(input.token.text));
    take(input);
  }
}

/** Whether the next token ends the sequence that `frame` is around. */
function endsSequence({ token }: Input, { kind }: Frame): boolean {
  switch (token.kind) {
    case "|":
      if (kind !== "choice") throw malformed(faults.strayBar());
      return true;
    case "||":
      if (kind !== "parallel") throw malformed(faults.strayBars());
      return true;
    case "}":
      if (kind !== "choice" && kind !== "rec") throw malformed(faults.unopened("}"));
      return true;
    case ")":
      if (kind !== "parallel") throw malformed(faults.unopened(")"));
      return true;
    case "end":
      if (kind !== "top") throw unclosed(kind);
      return true;
    default:
      return false;
  }
}

function unclosed(kind: "choice" | "parallel" | "rec"): Error {
  return malformed(faults.unclosed(kind === "parallel" ? "(" : "{"));
}

function parseItem(input: Input, frame: Frame): SessionItem {
  const { kind, text } = input.token;
  switch (kind) {
    case "word":
      take(input);
      return parseWord(text, input, frame);
    case "{":
      return parseChoice(input, frame);
    case "(":
      return parseParallel(input, frame);
    case "|":
    case "||":
    case "}":
    case ")":
      throw malformed(faults.noStep(text));
    case "end":
      if (frame.kind !== "top") throw unclosed(frame.kind);
      throw malformed(faults.empty());
    default:
      throw malformed(faults.empty());
  }
}

function parseWord(word: string, input: Input, frame: Frame): SessionItem {
  const state = frame.bound.get(word);
  if (state === "guarded") return Object.freeze({ kind: "again", label: word });
  if (state === "unguarded") throw malformed(faults.unguarded(word));
  if (state === "blocked") throw malformed(faults.outOfParallel(word));
  if (word === "rec") return parseRec(input, frame);
  if (word === "abort") return parseAbort(input);
  const label = bare(word);
  checkStep(word, label, frame);
  const marks = word.slice(label.length);
  const step = {
    kind: "step",
    label,
    star: marks.startsWith("*"),
    optional: marks.endsWith("?"),
  } as const;
  return parseSuffixes(step, input);
}

/** The label of a word, without what marks it. */
function bare(word: string): string {
  if (word.endsWith("*")) return word.slice(0, -1);
  if (!word.endsWith("?")) return word;
  return word.endsWith("*?") ? word.slice(0, -2) : word.slice(0, -1);
}

/** Marks that stand apart from the label, and the long form. */
function parseSuffixes(step: SessionStep, input: Input): SessionStep {
  const { kind, text, after } = input.token;
  if (kind === "*" || kind === "?") {
    const isTaken = step.optional || (kind === "*" && step.star);
    if (isTaken) throw malformed(faults.unreadable(`${step.label} ${text}`));
    take(input);
    const marked = kind === "*" ? { ...step, star: true } : { ...step, optional: true };
    return parseSuffixes(marked, input);
  }
  if (kind === "{") return parseSuffixes(pinned(step, input, after), input);
  if (kind === "(") return parseSuffixes(withEvent(step, input, after), input);
  return Object.freeze(step);
}

/** The long form `Label{…}`. */
function pinned(step: SessionStep, input: Input, at: number): SessionStep {
  const isGiven = step.role !== undefined || step.cast !== undefined;
  const found = isGiven ? undefined : upToBrace(input.notation, at);
  const read = found === undefined ? undefined : pinsIn(found.text);
  if (found === undefined || read === undefined) throw malformed(faults.noDot("{"));
  input.token = tokenAt(input.notation, found.after);
  return { ...step, ...read.pins, star: step.star || read.isFamily };
}

/** The long form `Label(Event)`. */
function withEvent(step: SessionStep, input: Input, at: number): SessionStep {
  const found = step.event === undefined ? eventAt(input.notation, at) : undefined;
  if (found === undefined) throw malformed(faults.noDot("("));
  input.token = tokenAt(input.notation, found.after);
  return { ...step, event: found.name };
}

/** `abort`, or the long form `abort{role}`. */
function parseAbort(input: Input): SessionAbort {
  const found = input.token.kind === "{" ? upToBrace(input.notation, input.token.after) : undefined;
  const read = found === undefined ? undefined : pinsIn(found.text);
  const { role, to } = read?.pins ?? {};
  if (found === undefined || read?.isFamily === true || role === undefined || to !== undefined) {
    return Object.freeze({ kind: "abort", label: "abort" });
  }
  input.token = tokenAt(input.notation, found.after);
  return Object.freeze({ kind: "abort", label: "abort", role });
}

function parseRec(input: Input, frame: Frame): SessionRec {
  const { kind, text: label } = input.token;
  if (kind !== "word") throw malformed(faults.recursion("rec"));
  nameRecursion(label, frame);
  take(input);
  if (input.token.kind !== "{") throw malformed(faults.recursion(`rec ${label}`));
  take(input);
  const bound = new Map(frame.bound).set(label, "unguarded");
  const items = parseSequence(input, inside(frame, "rec", { bound }));
  take(input);
  guard(frame);
  return Object.freeze({ kind: "rec", label, items });
}

function parseChoice(input: Input, frame: Frame): SessionItem {
  const before = new Set(frame.seen);
  const branches: SessionBranch[] = [];
  do {
    take(input);
    const own = inside(frame, "choice", { seen: new Set(before) });
    branches.push(branchOf(parseSequence(input, own)));
    for (const label of own.seen) frame.seen.add(label);
  } while (input.token.kind === "|");
  const label = branches.map((branch) => branch.label).join(" | ");
  if (branches.length < 2) throw malformed(faults.oneBranch(label));
  checkBranches(branches);
  take(input);
  guard(frame);
  return Object.freeze({ kind: "choice", label, branches: Object.freeze(branches) });
}

function parseParallel(input: Input, frame: Frame): SessionItem {
  const blocks: SessionBranch[] = [];
  do {
    take(input);
    const bound = new Map([...frame.bound.keys()].map((label) => [label, "blocked" as const]));
    blocks.push(branchOf(parseSequence(input, inside(frame, "parallel", { bound }))));
  } while (input.token.kind === "||");
  const label = blocks.map((block) => block.label).join(" || ");
  if (blocks.length < 2) throw malformed(faults.oneBlock(label));
  take(input);
  guard(frame);
  return Object.freeze({ kind: "parallel", label, blocks: Object.freeze(blocks) });
}

/** Within a bracket; its labels are on the same way unless they are given. */
function inside(frame: Frame, kind: Frame["kind"], own: Partial<Way>): Frame {
  const { seen, depth } = frame;
  return { seen, bound: new Map(frame.bound), ...own, kind, depth: depth + 1 };
}

function branchOf(items: SessionTree): SessionBranch {
  return Object.freeze({ label: startsWith(items)?.label ?? "", items });
}

/** A step was taken: going back is allowed. */
function guard({ bound }: Way): void {
  for (const [label, state] of bound) if (state === "unguarded") bound.set(label, "guarded");
}
