/** Type level: what stands in the braces of a long form. `pinsIn` reads the same by value. */
import type { Pins, Sign } from "./parse.ts";

/** What a step of a family says: it is a step of every member. */
export interface OfFamily<P> {
  readonly family: P;
}

/** The pins that `S` says, which is cut into words; "misread" where it cannot be read. */
export type PinsIn<S extends string> = S extends `${infer From} → ${infer To}`
  ? IsRole<To> extends true
    ? AuthorIn<From, To>
    : "misread"
  : S extends `${string}:${string}`
    ? CastIn<S, unknown>
    : AuthorIn<S, unknown>;

type AuthorIn<S extends string, To> = S extends `${infer Member}∈${infer Family}`
  ? IsName<Trim<Family>> extends true
    ? MemberIn<Trim<Member>, Trim<Family>, To>
    : "misread"
  : IsRole<S> extends true
    ? Pins<S, To, unknown, unknown>
    : "misread";

type MemberIn<S extends string, Family extends string, To> =
  IsName<S> extends true
    ? OfFamily<Pins<Family, To, unknown, unknown>>
    : S extends `${infer Quorum extends "all" | "any"} ${infer Member}`
      ? IsName<Member> extends true
        ? OfFamily<Pins<Family, To, Quorum extends "all" ? "all" : 1, unknown>>
        : "misread"
      : "misread";

/** Role of the callee → role here, in pairs with a comma between. */
type CastIn<S extends string, Done> = S extends `${infer Pair} , ${infer Rest}`
  ? PairIn<Pair, Done> extends infer Cast
    ? Cast extends "misread"
      ? Cast
      : CastIn<Rest, Cast>
    : never
  : PairIn<S, Done> extends infer Cast
    ? Cast extends "misread"
      ? Cast
      : Pins<string, unknown, unknown, Cast>
    : never;

type PairIn<S extends string, Done> = S extends `${infer Played}:${infer By}`
  ? [IsName<Trim<Played>>, IsName<Trim<By>>] extends [true, true]
    ? Trim<Played> extends keyof Done
      ? "misread"
      : Done & { readonly [K in Trim<Played>]: Trim<By> }
    : "misread"
  : "misread";

type IsName<W extends string> = W extends
  | ""
  | Sign
  | `${string}${" " | "*" | "?" | "∈" | ":"}${string}`
  ? false
  : true;

/** A small letter tells a role from a step: so braces after a label are not taken for a choice. */
type IsRole<W extends string> = W extends Uncapitalize<W> ? IsName<W> : false;

/** A colon and the sign of membership are not apart from their words. */
type Trim<S extends string> = S extends ` ${infer Rest}`
  ? Rest
  : S extends `${infer Rest} `
    ? Rest
    : S;
