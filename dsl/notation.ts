/**
 * The session notation in the type system; `parseSession` reads it by value. `A . B` is "then";
 * `A*` is a step of every member of a role family.
 */

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
