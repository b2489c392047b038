/** Which label a verb takes: the one that the session expects, or a sentence that says what to do. */
import type { Ended, SessionRest } from "./notation.ts";

/** The label `L`, where the session expects it as a step of one role; otherwise what to do. */
export type Single<Rest extends SessionRest, L> = Rest["star"] extends true
  ? `'${Rest["label"]}*' is a step of every member of a family: write it with collect`
  : L extends Rest["label"]
    ? L
    : Rest["label"];

/** The label `L`, where the session expects it as a step of a family; otherwise what to do. */
export type Starred<Rest extends SessionRest, L> = Rest["star"] extends false
  ? `'${Rest["label"]}' is a step of one role: write it with broadcast, send, local or wait, or '${Rest["label"]}*' in the session`
  : L extends Rest["label"]
    ? L
    : Rest["label"];

/** The label `L`, where it can be the result; otherwise what to do. */
export type Returned<
  Rest extends SessionRest,
  Views extends string,
  Shared extends string,
  L extends string,
> = Rest extends Ended
  ? L extends Views
    ? `'${L}' is a View, devices may hold different ones: combine it in a local step, or broadcast one`
    : L extends Shared
      ? L
      : `'${L}' is not known to everyone: return the label of a step that everyone knows`
  : `the session still expects the step '${Rest["label"]}'`;

/** Labels that role `Role` knows. */
export type KnownTo<Facts, Role extends string> = keyof Facts[Role & keyof Facts] & string;

/** Any string, in a form that keeps an editor's completion of the labels beside it. */
export type AnyLabel = string & Record<never, never>;
