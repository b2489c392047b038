/**
 * The session notation, parsed twice: by the TypeScript compiler (`ParseSession`) and by value
 * (`parseSession`). `A . B` is "then"; `A*` is a step of every member of a role family.
 */
import { ProtocolError } from "./errors.ts";

/** A snoc list: its last element is at hand, so that appending costs the same at any length. */
export interface Snoc<Init, Last> {
  readonly init: Init;
  readonly last: Last;
}

export interface Nil {
  readonly init: "nil";
}

/** The session expects a step `Label` next; `Star` says whether every member of a family takes it. */
export interface Expect<Label extends string, Star extends boolean, Next> {
  readonly label: Label;
  readonly star: Star;
  readonly next: Next;
}

/** The session is at its end. Its `label` is what the compiler prints for a step too many. */
export interface Ended {
  readonly label: "no further step: the session type ends here";
  readonly star: boolean;
  readonly next: Ended;
}

/** A session type, or what is left of it. */
export interface SessionRest {
  readonly label: string;
  readonly star: boolean;
  readonly next: SessionRest;
}

/** The session type that the notation `S` denotes; `S` must be without fault. */
export type ParseSession<S extends string> = FromLabels<SplitLabels<S>, Ended>;

/** What is wrong with the notation `S`, as a sentence; `never` where nothing is. */
export type SessionFault<S extends string> = FirstFault<SplitLabels<S>, never>;

/** Splits at " . ", as notations are mostly written; what is left is split with more care. */
type SplitLabels<S extends string, Done = Nil> = S extends `${infer Head} . ${infer Tail}`
  ? SplitLabels<Tail, PushLabels<Head, Done>>
  : PushLabels<S, Done>;

type PushLabels<S extends string, Done> = S extends `${string}${Blank | "."}${string}`
  ? SplitAnyhow<S, Done>
  : Snoc<Done, S>;

type SplitAnyhow<S extends string, Done> = S extends `${infer Head}.${infer Tail}`
  ? SplitAnyhow<Tail, Snoc<Done, Trim<Head>>>
  : Snoc<Done, Trim<S>>;

type FromLabels<Labels, Rest> =
  Labels extends Snoc<infer Init, infer Last extends string>
    ? FromLabels<Init, Expect<Bare<Last>, IsStarred<Last>, Rest>>
    : Rest;

type Bare<Item extends string> = Item extends `${infer Label}*`
  ? Label extends `${string}${Blank}`
    ? Trim<Label>
    : Label
  : Item;

type IsStarred<Item extends string> = Item extends `${string}*` ? true : false;

type FirstFault<Labels, Seen extends string> =
  Labels extends Snoc<infer Init, infer Last extends string>
    ? FaultOf<Init, Bare<Last>, Seen>
    : never;

type FaultOf<Init, Label extends string, Seen extends string> = [LabelFault<Label, Seen>] extends [
  never,
]
  ? FirstFault<Init, Seen | Label>
  : LabelFault<Label, Seen>;

type LabelFault<Label extends string, Seen extends string> = Label extends Seen
  ? `the session names the step '${Label}' twice: a label stands for one step`
  : Label extends ""
    ? "the session has an empty step: write one label between two dots"
    : Label extends `${string}${Blank | "*" | "{" | "}" | "(" | ")" | "|" | ","}${string}`
      ? `the session cannot read '${Label}': write steps as 'A . B' and families as 'A*'`
      : Label extends Uncapitalize<Label>
        ? `the session's step '${Label}' must start with a capital letter`
        : never;

type Blank = " " | "\n" | "\t" | "\r";

type Trim<S extends string> = S extends `${Blank}${infer Rest}`
  ? Trim<Rest>
  : S extends `${infer Rest}${Blank}`
    ? Trim<Rest>
    : S;

/** One step that a session expects. */
export interface SessionStep {
  readonly label: string;
  readonly star: boolean;
}

/** Longest notation that is read, in characters. */
const maxNotationLength = 65_536;

/**
 * Parses the notation by value.
 *
 * @returns the expected steps in order
 * @throws ProtocolError `InvalidDeclaration` with the sentence that the compiler prints
 */
export function parseSession(notation: string): readonly SessionStep[] {
  if (notation.length > maxNotationLength) {
    throw malformed(
      `the session is ${notation.length} characters long; ${maxNotationLength} at most`,
    );
  }
  const seen = new Set<string>();
  // From the last step to the first, as the compiler goes: of two mistakes both name the same.
  const steps = notation
    .split(".")
    .toReversed()
    .map((part) => {
      const text = part.trim();
      const star = text.endsWith("*");
      const label = star ? text.slice(0, -1).trim() : text;
      checkLabel(label, seen);
      seen.add(label);
      return Object.freeze({ label, star });
    });
  return Object.freeze(steps.toReversed());
}

function checkLabel(label: string, seen: ReadonlySet<string>): void {
  if (seen.has(label)) {
    throw malformed(`the session names the step '${label}' twice: a label stands for one step`);
  }
  if (label === "") {
    throw malformed("the session has an empty step: write one label between two dots");
  }
  if (/[\s*{}()|,]/.test(label)) throw unreadable(label);
  const first = label.charAt(0);
  if (first === first.toLowerCase()) {
    throw malformed(`the session's step '${label}' must start with a capital letter`);
  }
  // Labels become steps on the ledger, whose names are of these characters.
  if (!/^[A-Z]\w*$/.test(label)) throw unreadable(label);
}

function unreadable(label: string): ProtocolError {
  return malformed(
    `the session cannot read '${label}': write steps as 'A . B' and families as 'A*'`,
  );
}

function malformed(what: string): ProtocolError {
  return new ProtocolError({
    code: "InvalidDeclaration",
    what,
    todo: "Correct the session notation at the head of the choreography",
  });
}
