/** What a step makes known, to whom, and how far the devices agree on it. */
import type { AnyEvent, PayloadOf } from "../event.ts";
import type { AnyFacts, HeadType } from "../head.ts";
import type { Agreed, Collected, View } from "../projection/knowledge.ts";
import type { SessionRest } from "../notation/notation.ts";
import type { Outer } from "./parts.ts";
import type { Everyone } from "../role.ts";

/** The roles that compute a `local` step placed at `At`. */
export type PlacedAt<H extends HeadType, At extends string> = At extends Everyone ? H["all"] : At;

/** Those of `Told`; and everyone, where all roles are told. */
export type Audience<H extends HeadType, Told extends string> = [H["roles"]] extends [Told]
  ? H["all"]
  : Told;

/** Is a value computed at `At` the same on all devices that hold it? */
export type LocalViews<H extends HeadType, At extends string, Combines, Views extends string, L> = [
  Combines,
] extends [never]
  ? At extends H["families"]
    ? L
    : [Views] extends [never]
      ? never
      : L
  : never;

export type Marked<T, IsView> = [IsView] extends [never] ? Agreed<T> : View<T>;

/** What an event makes known. The payload's type is worked out where it is used, not at each step. */
export type EventFact<To extends string, L extends string, E extends AnyEvent, Absence> = {
  readonly [R in To]: { readonly [K in L]: Waited<PayloadOf<E>, Absence> };
};

export type CollectFact<To extends string, L extends string, E extends AnyEvent, IsView> = {
  readonly [R in To]: { readonly [K in L]: Marked<Collected<PayloadOf<E>>, IsView> };
};

/** A value that may be missing is no more than a view: another device may have waited longer. */
type Waited<T, Absence> = [Absence] extends [never] ? Agreed<T> : View<T> | Absence;

/** What every device computes the same from. */
export type Common<H extends HeadType, Facts extends AnyFacts> = H["common"] & Facts[Everyone];

/** What all agree on, and nothing that is only a view. */
export type AgreedContext<H extends HeadType, Facts extends AnyFacts, Views extends string> = [
  Views,
] extends [never]
  ? Common<H, Facts>
  : Omit<Common<H, Facts>, Views>;

/** Is what a collect gathered only a part of what there is? */
export type Partly<Rest extends SessionRest, Count> = Count extends "all"
  ? Rest["missing"]
  : Rest["label"];

/** Labels of steps that have an event, those around this part included. */
export type EventLabel<Declared> =
  | ({
      readonly [K in keyof Declared]: Declared[K] extends AnyEvent ? K : never;
    }[keyof Declared] &
      string)
  | (Declared extends Outer<infer Around> ? EventLabel<Around> : never);

/** What a look gives: what there is so far. */
export type Looked<Declared, Of extends string> = Of extends keyof Declared
  ? Declared[Of] extends infer E extends AnyEvent
    ? "~gathered" extends keyof E
      ? View<Collected<PayloadOf<E>>>
      : View<PayloadOf<E>> | undefined
    : never
  : Declared extends Outer<infer Around>
    ? Looked<Around, Of>
    : never;
