/**
 * The session notation, parsed by the TypeScript compiler: a machine over tokens, one recursion in
 * tail position a token, of which the compiler takes 999.
 */
import type { Form, Nil, Snoc } from "./notation.ts";

/** Type level: one step of a session. */
export interface Step<
  Label extends string,
  F extends Form,
  By extends string = string,
  Event extends string = string,
> {
  readonly step: Label;
  readonly form: F;
  readonly by: By;
  readonly event: Event;
}

/** Type level: a step with parts, each a `Part`, in a snoc list. */
export interface Parts<Label extends string, F extends Form, P> {
  readonly composite: Label;
  readonly form: F;
  readonly parts: P;
}

/** Type level: a branch, a block or a recursion's body, with the label that names it. */
export interface Part<Label extends string, Items> {
  readonly label: Label;
  readonly items: Items;
}

export interface Fault<Sentence extends string> {
  readonly fault: Sentence;
}

/**
 * Labels only, split at " . ", as most notations are written, are `Plain`: a session reads them step
 * by step. The rest goes to the machine.
 */
export type Parse<S extends string> = S extends `${string}${Bracket}${string}`
  ? Machine<S, "item", Nil, never, never, Top>
  : Labels<S, S, never>;

export interface Plain {
  readonly plain: true;
}

type Labels<
  S extends string,
  Whole extends string,
  Seen extends string,
> = S extends `${infer Head} . ${infer Tail}`
  ? Bare<Head> extends Odd | Seen | Uncapitalize<Head>
    ? Machine<Whole, "item", Nil, never, never, Top>
    : Labels<Tail, Whole, Seen | Bare<Head>>
  : Bare<S> extends Odd | Seen | Uncapitalize<S>
    ? Machine<Whole, "item", Nil, never, never, Top>
    : Plain;

/** What is not a label, or needs more care. */
type Odd = `${string}${Blank | Sign | "*" | "?"}${string}` | "" | "abort";

/** How a label is written tells its form. */
export type FormOf<W extends string> = W extends `${string}*`
  ? "star"
  : W extends `${string}?`
    ? W extends `${string}*?`
      ? "star?"
      : "step?"
    : "step";

type Starred<W extends string> = Step<Bare<W>, FormOf<W>>;

export type Bare<W extends string> = W extends `${infer L}*`
  ? L
  : W extends `${infer L}?`
    ? L extends `${infer L2}*`
      ? L2
      : L
    : W;

type Blank = " " | "\n" | "\t" | "\r";
type Bracket = "{" | "(" | "|" | "→";
type Sign = Bracket | "}" | ")" | "." | ",";

/** The bracket that is open: what it is of, its finished parts, and what stands around it. */
interface Frame<
  Kind extends "choice" | "parallel" | "rec",
  Name extends string,
  Done,
  Before extends string,
  After extends string,
  Items,
  Bound extends string,
  Up,
> {
  readonly kind: Kind;
  readonly name: Name;
  /** Parts that are closed. */
  readonly done: Done;
  /** Labels on the path to this bracket, and those of all its parts. */
  readonly before: Before;
  readonly after: After;
  /** The items before the bracket, and the recursions around it. */
  readonly items: Items;
  readonly bound: Bound;
  readonly up: Up;
}

interface Top {
  readonly kind: "top";
  readonly up: Top;
}

/**
 * Reads the next token of `S`. `At` says what may come: an "item", a "joint" after one, the "end" of
 * a part after a jump, the "name" of a recursion, its "body".
 */
type Machine<
  S extends string,
  At,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = S extends `${infer W} ${infer R}`
  ? W extends ""
    ? Machine<R, At, Items, Seen, Bound, F>
    : Token<W, R, At, Items, Seen, Bound, F>
  : S extends ""
    ? Finish<At, Items, F>
    : Token<S, "", At, Items, Seen, Bound, F>;

type Token<
  W extends string,
  R extends string,
  At,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = W extends Sign | "||" | "rec" | "abort" | "*" | "?"
  ? At extends "item"
    ? AtItem<W, R, Items, Seen, Bound, F>
    : At extends "name"
      ? Fault<`the session expects the name of a recursion after 'rec', at '${W} ${R}'`>
      : At extends Named<infer X>
        ? W extends "{"
          ? Machine<
              R,
              "item",
              Nil,
              Seen,
              Bound | X,
              Frame<"rec", X, Nil, Seen, never, Items, Bound, F>
            >
          : Fault<`the session expects '{' after 'rec ${X}', at '${W} ${R}'`>
        : AtJoint<W, R, At, Items, Seen, Bound, F>
  : W extends `${string}${Blank | Sign}${string}`
    ? Machine<`${Spaced<W>} ${R}`, At, Items, Seen, Bound, F>
    : At extends "item"
      ? W extends Bound
        ? Items extends Snoc<unknown, unknown>
          ? Machine<R, "end", Snoc<Items, Step<W, "again">>, Seen, Bound, F>
          : F extends Frame<"rec", string, unknown, string, string, unknown, string, unknown>
            ? Fault<`the recursion '${W}' takes no step before it comes again: write one before '${W}'`>
            : Machine<R, "end", Snoc<Items, Step<W, "again">>, Seen, Bound, F>
        : Label<W, R, Items, Seen, Bound, F>
      : At extends "name"
        ? W extends Bound
          ? Fault<`the session names the recursion '${W}' within itself: give the inner one another name`>
          : W extends Uncapitalize<W>
            ? Fault<`the recursion '${W}' must start with a capital letter`>
            : Machine<R, Named<W>, Items, Seen, Bound, F>
        : At extends Named<infer X>
          ? Fault<`the session expects '{' after 'rec ${X}', at '${W} ${R}'`>
          : Fault<AfterItem<At, Items, `${W} ${R}`>>;

interface Named<X extends string> {
  readonly recursion: X;
}

type AfterItem<At, Items, Where extends string> = At extends "end"
  ? Items extends Snoc<unknown, Step<infer X, infer F>>
    ? F extends "again"
      ? `nothing can follow '${X}', which goes back to 'rec ${X}': remove '${Trim<Where>}'`
      : `nothing can follow 'abort': remove '${Trim<Where>}'`
    : never
  : `the session expects '.' between two steps, at '${Trim<Where>}'`;

type Label<
  W extends string,
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> =
  Bare<W> extends infer L extends string
    ? L extends Seen
      ? Fault<`the session names the step '${L}' twice: a label stands for one step`>
      : L extends ""
        ? Fault<Empty>
        : L extends `${string}${"*" | "?"}${string}`
          ? Fault<`the session cannot read '${W}': write steps as 'A . B' and families as 'A*'`>
          : L extends Uncapitalize<L>
            ? Fault<`the session's step '${L}' must start with a capital letter`>
            : Machine<R, "joint", Snoc<Items, Starred<W>>, Seen | L, Bound, F>
    : never;

type Empty = "the session has an empty step: write one label between two dots";

type AtItem<
  W extends string,
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = W extends "{"
  ? Machine<R, "item", Nil, Seen, Bound, Frame<"choice", "", Nil, Seen, never, Items, Bound, F>>
  : W extends "("
    ? Machine<R, "item", Nil, Seen, Bound, Frame<"parallel", "", Nil, Seen, never, Items, Bound, F>>
    : W extends "rec"
      ? Machine<R, "name", Items, Seen, Bound, F>
      : W extends "abort"
        ? Machine<R, "end", Snoc<Items, Step<"abort", "abort">>, Seen, Bound, F>
        : Fault<Empty>;

type AtJoint<
  W extends string,
  R extends string,
  At,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = W extends "." | "→"
  ? At extends "joint"
    ? Machine<R, "item", Items, Seen, Bound, F>
    : Fault<AfterItem<At, Items, Trim<`${W} ${R}`>>>
  : W extends "|"
    ? F extends Frame<
        "choice",
        infer N,
        infer Done,
        infer Before,
        infer After,
        infer Up,
        infer B,
        infer U
      >
      ? Machine<
          R,
          "item",
          Nil,
          Before,
          Bound,
          Frame<"choice", N, Snoc<Done, PartOf<Items>>, Before, After | Seen, Up, B, U>
        >
      : Fault<`'|' stands outside of a choice '{ … | … }', at '| ${R}'`>
    : W extends "||"
      ? F extends Frame<
          "parallel",
          infer N,
          infer Done,
          infer Before,
          infer After,
          infer Up,
          infer B,
          infer U
        >
        ? Machine<
            R,
            "item",
            Nil,
            Seen,
            Bound,
            Frame<"parallel", N, Snoc<Done, PartOf<Items>>, Before, After | Seen, Up, B, U>
          >
        : Fault<`'||' stands outside of blocks '( … || … )', at '|| ${R}'`>
      : W extends "}"
        ? F extends Frame<
            infer Kind,
            infer N,
            infer Done,
            string,
            infer After,
            infer Up,
            infer B,
            infer U
          >
          ? Kind extends "rec"
            ? Machine<R, "joint", Snoc<Up, Parts<N, "rec", Snoc<Nil, PartOf<Items>>>>, Seen, B, U>
            : Kind extends "choice"
              ? Close<"choice", " | ", Snoc<Done, PartOf<Items>>, R, Up, Seen | After, B, U>
              : Fault<`'}' closes no '{', at '} ${R}'`>
          : LongRole<R, At, Items, Seen, Bound, F>
        : W extends ")"
          ? F extends Frame<
              "parallel",
              string,
              infer Done,
              string,
              infer After,
              infer Up,
              infer B,
              infer U
            >
            ? Close<"parallel", " || ", Snoc<Done, PartOf<Items>>, R, Up, Seen | After, B, U>
            : Fault<`')' closes no '(', at ') ${R}'`>
          : W extends "{"
            ? LongRole<R, At, Items, Seen, Bound, F>
            : W extends "("
              ? LongEvent<R, At, Items, Seen, Bound, F>
              : W extends "*" | "?"
                ? Suffix<W, R, Items, Seen, Bound, F>
                : Fault<AfterItem<At, Items, Trim<`${W} ${R}`>>>;

/** A choice or blocks side by side: at least two parts, named apart. */
type Close<
  Kind extends "choice" | "parallel",
  Bar extends string,
  Done,
  R extends string,
  Up,
  Seen extends string,
  Bound extends string,
  U,
> =
  Done extends Snoc<Nil, Part<infer L, unknown>>
    ? Fault<`the ${Kind} at '${L}' has one part: write two or more`>
    : [PartsFault<Done, never>] extends [never]
      ? Machine<R, "joint", Snoc<Up, Parts<JoinLabels<Done, Bar>, Kind, Done>>, Seen, Bound, U>
      : Fault<PartsFault<Done, never>>;

type PartsFault<Done, Seen extends string> =
  Done extends Snoc<infer Init, Part<infer L, unknown>>
    ? L extends Seen
      ? `two branches start with '${L}': name each by a label of its own`
      : L extends `rec ${infer X}`
        ? `a branch cannot start with '${X}': its decider sends first`
        : PartsFault<Init, Seen | L>
    : never;

/** The first labels of the parts, joined: how a composite step is called. */
type JoinLabels<Done, Bar extends string, After extends string = ""> =
  Done extends Snoc<infer Init, Part<infer L, unknown>>
    ? JoinLabels<Init, Bar, After extends "" ? L : `${L}${Bar}${After}`>
    : After;

/** A part by its first label: that of its first step, however deep. */
type PartOf<Items> = Part<FirstLabel<Items>, Items>;

type FirstLabel<Items> =
  Items extends Snoc<infer Init, infer Item>
    ? Init extends Nil
      ? Item extends Step<infer L, infer F, string, string>
        ? F extends "again"
          ? `rec ${L}`
          : L
        : Item extends Parts<string, Form, infer P>
          ? FirstPart<P>
          : ""
      : FirstLabel<Init>
    : "";

type FirstPart<P> =
  P extends Snoc<infer Init, Part<infer L, unknown>>
    ? Init extends Nil
      ? L
      : FirstPart<Init>
    : "";

/** The long form names the family: `Commit{p ∈ participant}`. */
type LongRole<
  R extends string,
  At,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = At extends "joint"
  ? Items extends Snoc<infer Init, Step<infer L, infer Fo, string, infer E>>
    ? R extends `${string}∈${infer Role}}${infer Tail}`
      ? Machine<Tail, "joint", Snoc<Init, Step<L, LongForm<Fo>, Trim<Role>, E>>, Seen, Bound, F>
      : Fault<`the session cannot read '{${R}': write '${L}{p ∈ role}'`>
    : Fault<`the session expects '.' between two steps, at '{ ${R}'`>
  : Fault<AfterItem<At, Items, `{ ${R}`>>;

type LongForm<F> = F extends "step"
  ? "star"
  : F extends "step?"
    ? "star?"
    : F extends Form
      ? F
      : never;

/** The long form names the event: `Commit(RecordCommitment)`. */
type LongEvent<
  R extends string,
  At,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> = At extends "joint"
  ? Items extends Snoc<infer Init, Step<infer L, infer Fo, infer By, string>>
    ? R extends `${infer Event})${infer Tail}`
      ? Machine<Tail, "joint", Snoc<Init, Step<L, Fo, By, Trim<Event>>>, Seen, Bound, F>
      : Fault<`the session cannot read '(${R}': write '${L}(Event)'`>
    : Fault<`the session expects '.' between two steps, at '( ${R}'`>
  : Fault<AfterItem<At, Items, `( ${R}`>>;

/** A star or a question mark that stands apart from its label. */
type Suffix<
  W extends string,
  R extends string,
  Items,
  Seen extends string,
  Bound extends string,
  F,
> =
  Items extends Snoc<infer Init, Step<infer L, infer Fo, infer By, infer E>>
    ? W extends "*"
      ? Fo extends "step"
        ? Machine<R, "joint", Snoc<Init, Step<L, "star", By, E>>, Seen, Bound, F>
        : Fault<`the session cannot read '${L}* *': write steps as 'A . B' and families as 'A*'`>
      : Fo extends "step" | "star"
        ? Machine<R, "joint", Snoc<Init, Step<L, `${Fo}?`, By, E>>, Seen, Bound, F>
        : Fault<`the session cannot read '${L}? ?': write steps as 'A . B' and families as 'A*'`>
    : Fault<`the session cannot read '${W}': write steps as 'A . B' and families as 'A*'`>;

type Finish<At, Items, F> =
  F extends Frame<infer Kind, string, unknown, string, string, unknown, string, unknown>
    ? Fault<
        Kind extends "parallel"
          ? "a '(' of the session is not closed"
          : "a '{' of the session is not closed"
      >
    : At extends "item"
      ? Fault<Empty>
      : At extends "joint" | "end"
        ? Items
        : Fault<"the session ends after 'rec': write 'rec X { … X … }'">;

/** `W` with blanks around its symbols. */
type Spaced<W extends string, Done extends string = ""> = W extends `||${infer R}`
  ? Spaced<R, `${Done} || `>
  : W extends `${infer C}${infer R}`
    ? C extends Sign
      ? Spaced<R, `${Done} ${C} `>
      : C extends Blank
        ? Spaced<R, `${Done} `>
        : Spaced<R, `${Done}${C}`>
    : Done;

type Trim<S extends string> = S extends `${Blank}${infer Rest}`
  ? Trim<Rest>
  : S extends `${infer Rest}${Blank}`
    ? Trim<Rest>
    : S;
