/** Which label a verb takes: the one that the session expects, or a sentence that says what to do. */
import type { AnyFacts } from "../head.ts";
import type { AnyPins } from "../notation/parse.ts";
import type { Ended, Form, SessionRest } from "../notation/notation.ts";

/** The label `Label`, where a step of form `F` is written by a verb of the forms `V`; or what to do. */
export type Taken<Label extends string, F extends Form, V extends Form> = string extends Label
  ? string
  : F extends V | "end"
    ? Label
    : Misformed<Label, F>;

/**
 * The same, where the long form says who takes the step: its verb must say as much. `Of` are the
 * kinds of long form that the verb fits.
 */
export type PinnedTaken<
  Label extends string,
  F extends Form,
  V extends Form,
  P extends AnyPins,
  Of extends string,
> = KindOf<P> extends Of ? Taken<Label, F, V> : Mispinned<Label, P>;

/** What kind of long form it is. */
type KindOf<P extends AnyPins> =
  P["cast"] extends Undecided<string, string>
    ? "undecided"
    : unknown extends P["cast"]
      ? unknown extends P["to"]
        ? "role"
        : "receiver"
      : "cast";

/** Says in the place of a cast that a branch is not begun by the one who decides on it. */
export interface Undecided<Decider extends string, By extends string> {
  readonly decider: Decider;
  readonly by: By;
}

type Mispinned<L extends string, P extends AnyPins> =
  P["cast"] extends Undecided<infer Decider, infer By>
    ? `'${L}' starts a branch that '${Decider}' decides on, and the session has it of '${By}'`
    : unknown extends P["cast"]
      ? unknown extends P["to"]
        ? `'${L}' is of '${P["by"]}' in the session: a nested choreography is of those who play in it`
        : `'${L}' is for '${P["to"] & string}' in the session: write it with send, or of a family with distribute`
      : `'${L}' says in the session who plays whom: write it with call, acquire or release`;

/**
 * The same of a step that computes a value; where that is nothing, what to do. A value of a type that
 * is not known, or of none, has its own message or needs none.
 */
export type Computed<Expected extends string, L, T> = [T] extends [void]
  ? unknown extends T | ([T] extends [never] ? unknown : T)
    ? Expected | (L & null)
    : `'${Expected}' computes nothing: return from its action what it made`
  : Expected | (L & null);

/** What to do where a step that the session always has is allowed to be missing. */
export type NeverMissing<L extends string> =
  `'${L}' cannot be missing: write '${L}?' in the session`;

/** What to write for a step that the session expects in another form. */
export type Misformed<L extends string, Expected extends Form> = Expected extends "first"
  ? `'${L}' is the first step of a branch: its decider writes it with broadcast or send`
  : Expected extends "star" | "star?"
    ? `'${L}*' is a step of every member of a family: write it with collect or distribute`
    : Expected extends "step"
      ? `'${L}' is a step of one role: write it with broadcast, send, local or wait, or '${L}*' in the session`
      : Expected extends "step?"
        ? `'${L}?' may be missing: write it with send, broadcast or call`
        : Expected extends "choice"
          ? `'${L}' is a choice: write it with choice`
          : Expected extends "rec"
            ? `'rec ${L}' is a recursion: write it with rec`
            : Expected extends "again"
              ? `'${L}' goes back to 'rec ${L}': write it with again`
              : Expected extends "parallel"
                ? `'${L}' are blocks side by side: write them with parallel`
                : "the session is given up here: write it with abort";

/**
 * The label `L`, where it can be the result; otherwise what to do. In tuples, so that the compiler
 * does not try every label that is known.
 */
export type Returned<
  Rest extends SessionRest,
  Views extends string,
  Shared,
  L extends string,
> = Rest extends Ended
  ? [L] extends [Nothing]
    ? L
    : [L] extends [Views]
      ? `'${L}' is a View, devices may hold different ones: combine it in a local step, or broadcast one`
      : [L] extends [keyof Shared]
        ? Partial<Pick<Shared, L>> extends Pick<Shared, L>
          ? `'${L}' is learned in a branch, and missing where another is taken: return what every branch makes known`
          : L
        : `'${L}' is not known to everyone: return the label of a step that everyone knows`
  : `the session still expects the step '${Rest["label"]}'`;

/** What a choreography without a result returns. */
export type Nothing = "nothing";

/** Labels that role `Role` knows. */
export type KnownTo<Facts extends AnyFacts, Role extends string> = keyof Facts[Role] & string;

/** Any string, in a form that keeps an editor's completion of the labels beside it. */
export type AnyLabel = string & Record<never, never>;
