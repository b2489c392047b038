/**
 * The session notation at the type level: what a session expects next. `parseSession` reads the same
 * notation by value.
 *
 * `A . B` then; `A*` every member of a family; `A?` may be missing; `{ A … | B … }` a choice, each
 * branch named by its first label; `rec X { … X … }` a recursion; `( A … || B … )` blocks side by
 * side; `abort` the end by giving up; `A{p ∈ role}(Event)` the long form of the specification, and
 * `A{role}`, `A{role → role}`, `A{calleeRole: role}` that of other steps.
 */
import type { Misformed, NeverMissing, PinnedTaken, Taken, Undecided } from "../chain/label.ts";
import type {
  AnyPins,
  Bare,
  Fault,
  FormOf,
  Part,
  Parts,
  Pins,
  Plain,
  Reading,
  Step,
} from "./parse.ts";

/** A snoc list: its last element is at hand, so that appending costs the same at any length. */
export interface Snoc<Init, Last> {
  readonly init: Init;
  readonly last: Last;
}

/** The empty list; not an object, so that the compiler sees at once that no other list is one. */
export type Nil = "nil";

/** What kind of step a session expects next. */
export type Form =
  | "step"
  /** The first step of a branch: its decider sends it. */
  | "first"
  | "star"
  | "step?"
  | "star?"
  | "choice"
  | "rec"
  | "again"
  | "parallel"
  | "abort"
  | "end";

/**
 * What each kind of verb may be given as its label here: the label that is expected, or a sentence
 * that says what to write. Worked out once a step, whatever the number of passes of the compiler.
 */
interface Taking<Label extends string, F extends Form> {
  readonly label: Label;
  readonly form: F;
  readonly sent: Taken<Label, F, "step" | "step?" | "first">;
  readonly step: Taken<Label, F, "step">;
  readonly called: Taken<Label, F, "step" | "step?">;
  readonly star: Taken<Label, F, "star" | "star?">;
  readonly choice: Taken<Label, F, "choice">;
  readonly rec: Taken<Label, F, "rec">;
  readonly again: Taken<Label, F, "again">;
  readonly parallel: Taken<Label, F, "parallel">;
  readonly abort: Taken<Label, F, "abort">;
  /** What the option `onTimeout` may be. */
  readonly late: F extends `${string}?` ? "absent" : NeverMissing<Label>;
  /** The label, where its value may be missing. */
  readonly missing: F extends `${string}?` ? Label : never;
  /** The option that says so, for the local script. */
  readonly option: F extends `${string}?` ? "onTimeout" : never;
  readonly absence: F extends `${string}?` ? undefined : never;
  /** What the options must say: the step would always be there without it. */
  readonly marked: F extends `${string}?` ? MayBeMissing<Label> : unknown;
  readonly markedCall: F extends `${string}?` ? MayBeGivenUp<Label> : unknown;
}

/** The options of `Label?`; the compiler prints their name. */
interface MayBeMissing<Label extends string> {
  readonly onTimeout: "absent";
  readonly "~step"?: Label;
}

/** What the options must say where the session says for whom the event is. */
type ForOne<To> = unknown extends To ? unknown : { readonly to: unknown };

interface MayBeGivenUp<Label extends string> {
  readonly onAbort: "absent";
  readonly "~step"?: Label;
}

/**
 * The session expects step `L` of one role next, and then what the items of `Tail` say. That is
 * worked out only when the chain comes to it: the compiler would compare the whole of it at once.
 * The commonest steps have their table written out, for the compiler looks up at every one.
 */
interface ExpectStep<in out L extends string, in out Tail, in out End> {
  readonly label: L;
  readonly form: "step";
  readonly sent: L;
  readonly step: L;
  readonly called: L;
  readonly star: Misformed<L, "step">;
  readonly choice: Misformed<L, "step">;
  readonly rec: Misformed<L, "step">;
  readonly again: Misformed<L, "step">;
  readonly parallel: Misformed<L, "step">;
  readonly abort: Misformed<L, "step">;
  readonly late: NeverMissing<L>;
  readonly missing: never;
  readonly option: never;
  readonly absence: never;
  readonly marked: unknown;
  readonly markedCall: unknown;
  readonly next: RestOf<Tail, End>;
  readonly by: string;
  readonly to: unknown;
  readonly cast: unknown;
  readonly event: string;
  readonly parts: Nil;
}

/** The same, of every member of a family. */
interface ExpectStar<in out L extends string, in out Tail, in out End> {
  readonly label: L;
  readonly form: "star";
  readonly sent: Misformed<L, "star">;
  readonly step: Misformed<L, "star">;
  readonly called: Misformed<L, "star">;
  readonly star: L;
  readonly choice: Misformed<L, "star">;
  readonly rec: Misformed<L, "star">;
  readonly again: Misformed<L, "star">;
  readonly parallel: Misformed<L, "star">;
  readonly abort: Misformed<L, "star">;
  readonly late: NeverMissing<L>;
  readonly missing: never;
  readonly option: never;
  readonly absence: never;
  readonly marked: unknown;
  readonly markedCall: unknown;
  readonly next: RestOf<Tail, End>;
  readonly by: string;
  readonly to: unknown;
  readonly cast: unknown;
  readonly event: string;
  readonly parts: Nil;
}

/**
 * The session expects a step `Label` next, and then what the items of `Tail` say. That is worked out
 * only when the chain comes to it: the compiler would compare the whole of it at once.
 */
interface Expect<
  in out Label extends string,
  in out F extends Form,
  in out Tail,
  in out End,
  in out By extends string,
  in out Event extends string,
> extends Taking<Label, F> {
  readonly next: RestOf<Tail, End>;
  readonly by: By;
  readonly to: unknown;
  readonly cast: unknown;
  readonly event: Event;
  readonly parts: Nil;
}

/** The same, where the long form says who: each verb that says as much takes it. */
interface ExpectPinned<
  in out Label extends string,
  in out F extends Form,
  in out Tail,
  in out End,
  in out P extends AnyPins,
  in out Event extends string,
> {
  readonly label: Label;
  readonly form: F;
  readonly sent: PinnedTaken<Label, F, "step" | "step?" | "first", P, "role" | "receiver">;
  readonly step: PinnedTaken<Label, F, "step", P, "role" | "cast">;
  readonly called: PinnedTaken<Label, F, "step" | "step?", P, "cast">;
  readonly star: PinnedTaken<Label, F, "star" | "star?", P, "role" | "receiver">;
  readonly choice: Misformed<Label, F>;
  readonly rec: Misformed<Label, F>;
  readonly again: Misformed<Label, F>;
  readonly parallel: Misformed<Label, F>;
  readonly abort: Taken<Label, F, "abort">;
  readonly late: F extends `${string}?` ? "absent" : NeverMissing<Label>;
  readonly missing: F extends `${string}?` ? Label : never;
  readonly option: F extends `${string}?` ? "onTimeout" : never;
  readonly absence: F extends `${string}?` ? undefined : never;
  readonly marked: (F extends `${string}?` ? MayBeMissing<Label> : unknown) & ForOne<P["to"]>;
  readonly markedCall: F extends `${string}?` ? MayBeGivenUp<Label> : unknown;
  readonly next: RestOf<Tail, End>;
  readonly by: P["by"];
  readonly to: P["to"];
  readonly cast: P["cast"];
  readonly event: Event;
  readonly parts: Nil;
}

/** The session expects a choice, a recursion or blocks side by side, of these parts. */
interface ExpectParts<
  in out Label extends string,
  in out F extends Form,
  in out P,
  in out Tail,
  in out End,
  in out By extends string,
> extends Taking<Label, F> {
  readonly next: RestOf<Tail, End>;
  readonly by: By;
  readonly to: unknown;
  readonly cast: unknown;
  readonly event: string;
  readonly parts: P;
}

/** The session is at its end. Its `label` is what the compiler prints for a step too many. */
export interface Ended extends Taking<"no further step: the session type ends here", "end"> {
  readonly next: Ended;
  readonly by: string;
  readonly to: unknown;
  readonly cast: unknown;
  readonly event: string;
  readonly parts: Nil;
}

/** A branch, a block or a recursion's body is at its end; what follows is outside of it. */
export interface PartEnded extends Taking<
  "no further step: this branch of the session type ends here",
  "end"
> {
  readonly next: PartEnded;
  readonly by: string;
  readonly to: unknown;
  readonly cast: unknown;
  readonly event: string;
  readonly parts: Nil;
}

/** A session type, or what is left of it. */
export interface SessionRest extends Taking<string, Form> {
  readonly next: SessionRest;
  readonly by: string;
  readonly to: unknown;
  readonly cast: unknown;
  readonly event: string;
  readonly parts: unknown;
}

/** The session type that the notation `S` denotes; `S` must be without fault. */
export type ParseSession<S extends string> =
  Reading<S> extends infer Items
    ? Items extends Plain
      ? RestOf<`${S} . `, Ended>
      : Items extends Fault<string>
        ? Ended
        : RestOf<Forward<Items, Nil>, Ended>
    : never;

/** What is wrong with the notation `S`, as a sentence; `never` where nothing is. */
export type SessionFault<S extends string> =
  Reading<S> extends Fault<infer Sentence> ? Sentence : never;

/** The part named `L` of a choice, a recursion or blocks; its first step is taken by `By`. */
export type PartRest<P, L, By extends string> =
  P extends Snoc<infer Init, Part<infer Name, infer Items>>
    ? L extends Name
      ? string extends By
        ? RestOf<Forward<Items, Nil>, PartEnded>
        : Opened<Forward<Items, Nil>, By>
      : PartRest<Init, L, By>
    : never;

/** What these items expect, the first of them of `By`. */
type Opened<Items, By extends string> =
  Items extends Cons<Step<infer L, infer F, infer Who, infer Event>, infer Tail>
    ? OpenedStep<L, First<F>, Who, Event, Tail, By>
    : Items extends Cons<Parts<infer L, infer F, infer P>, infer Tail>
      ? ExpectParts<L, F, P, Tail, PartEnded, By>
      : PartEnded;

type OpenedStep<
  L extends string,
  F extends Form,
  Who,
  Event extends string,
  Tail,
  By extends string,
> = Who extends AnyPins
  ? ExpectPinned<L, F, Tail, PartEnded, Deciding<Who, By>, Event>
  : Expect<L, F, Tail, PartEnded, By, Event>;

type First<F extends Form> = F extends "step" ? "first" : F;

/** The first step of a branch is of the one who decides; the session may say so, too. */
type Deciding<P extends AnyPins, By extends string> = By extends P["by"]
  ? Pins<By, P["to"], P["count"], P["cast"]>
  : Pins<P["by"], P["to"], P["count"], Undecided<By, P["by"]>>;

/** A list whose first element is at hand. */
interface Cons<Head, Tail> {
  readonly head: Head;
  readonly tail: Tail;
}

type Forward<Items, Done> =
  Items extends Snoc<infer Init, infer Item> ? Forward<Init, Cons<Item, Done>> : Done;

/**
 * What a session of these items expects, or of labels as they are written, each with a dot after it;
 * and then `End`.
 */
type RestOf<Items, End> = Items extends `${infer Label} . ${infer Tail}`
  ? Label extends `${infer L}*`
    ? ExpectStar<L, Tail, End>
    : Label extends `${string}?`
      ? Expect<Bare<Label>, FormOf<Label>, Tail, End, string, string>
      : ExpectStep<Label, Tail, End>
  : Items extends Cons<Step<infer L, infer F, infer Who, infer Event>, infer Tail>
    ? RestOfStep<L, F, Who, Event, Tail, End>
    : Items extends Cons<Parts<infer L, infer F, infer P>, infer Tail>
      ? ExpectParts<L, F, P, Tail, End, string>
      : End;

type RestOfStep<
  L extends string,
  F extends Form,
  Who,
  Event extends string,
  Tail,
  End,
> = Who extends AnyPins
  ? ExpectPinned<L, F, Tail, End, Who, Event>
  : Expect<L, F, Tail, End, string, Event>;
