/** Type level: what stands in the braces of a long form. `pinsIn` reads the same by value. */
import type { Blank, Pins, Sign } from "./notation-parse.ts";
import type { Trim } from "./notation-part.ts";

/** What a step of a family says: it is a step of every member. */
export interface OfFamily<P> {
  readonly family: P;
}

/** The pins that `S` says; `never` where it cannot be read. */
export type PinsIn<S extends string> = S extends `${string}:${string}`
  ? CastIn<S, unknown>
  : S extends `${infer From}→${infer To}`
    ? IsRole<Trim<To>> extends true
      ? AuthorIn<Trim<From>, Trim<To>>
      : never
    : AuthorIn<Trim<S>, unknown>;

type AuthorIn<S extends string, To> = S extends `${infer Member}∈${infer Family}`
  ? IsName<Trim<Family>> extends true
    ? MemberIn<Trim<Member>, Trim<Family>, To>
    : never
  : IsRole<S> extends true
    ? Pins<S, To, unknown, unknown>
    : never;

type MemberIn<S extends string, Family extends string, To> =
  IsName<S> extends true
    ? OfFamily<Pins<Family, To, unknown, unknown>>
    : S extends `${infer Quorum extends "all" | "any"}${Blank}${infer Member}`
      ? IsName<Trim<Member>> extends true
        ? OfFamily<Pins<Family, To, Quorum extends "all" ? "all" : 1, unknown>>
        : never
      : never;

/** Role of the callee → role here, in pairs with a comma between. */
type CastIn<S extends string, Done> = S extends `${infer Pair},${infer Rest}`
  ? PairIn<Pair, Done> extends infer Cast
    ? [Cast] extends [never]
      ? never
      : CastIn<Rest, Cast>
    : never
  : PairIn<S, Done> extends infer Cast
    ? [Cast] extends [never]
      ? never
      : Pins<string, unknown, unknown, Cast>
    : never;

type PairIn<S extends string, Done> = S extends `${infer Played}:${infer By}`
  ? [IsName<Trim<Played>>, IsName<Trim<By>>] extends [true, true]
    ? Trim<Played> extends keyof Done
      ? never
      : Done & { readonly [K in Trim<Played>]: Trim<By> }
    : never
  : never;

type IsName<W extends string> = W extends ""
  ? false
  : W extends `${string}${Blank | Sign | "*" | "?" | "∈" | ":"}${string}`
    ? false
    : true;

/** A small letter tells a role from a step: so braces after a label are not taken for a choice. */
type IsRole<W extends string> = W extends Uncapitalize<W> ? IsName<W> : false;
