/**
 * What a role knows, and how far the devices agree on it.
 *
 * A collect that waits for M of N is satisfied by different sets on different devices. What it
 * gives is a `View`. A value of which all devices hold the same copy is `Agreed`. The marks are
 * phantom: they exist for the compiler only.
 */

declare const agreement: unique symbol;

// Interfaces, and not type literals: the compiler walks a literal again at every step of a chain
// to see whether it holds a type parameter, and knows at once of an interface that it does not.
export interface AgreedMark {
  readonly [agreement]: "agreed";
}

export interface ViewMark {
  readonly [agreement]: "view";
}

/** No value: it carries no mark, and marked it would be `never`, which fits everywhere. */
type NoValue = null | undefined | void;

/** All devices of the session that hold this value hold the same one. */
export type Agreed<T> = (T & AgreedMark) | (T & NoValue);

/** Devices may hold different values of this: never decide for others by it. */
export type View<T> = (T & ViewMark) | (T & NoValue);

/** What one member of a family wrote in a `collect`. */
export interface Contribution<Payload> {
  /** Device id of the author. */
  readonly author: string;
  readonly payload: Payload;
  /** Hex hash of the signed ledger event. */
  readonly hash: string;
}

/** The value of a `collect`: one contribution an author, ordered by author. */
export type Collected<Payload> = readonly Contribution<Payload>[];

/** The value `T` under the label `L`. */
export type Known<L extends string, T> = { readonly [K in L]: T };

/**
 * A fact: the roles of `Audience` know `T` under the label `L`. The facts of a choreography are
 * the intersection of these, and `Facts[R]` is everything that role `R` knows: adding a fact costs
 * the same at the hundredth step as at the first.
 */
export type Fact<Audience extends string, L extends string, T> = {
  readonly [R in Audience]: Known<L, T>;
};

/** Answers of a step's `accept`: the event counts, or it is refused and its author blamed. */
export type Verdict = { readonly accepted: true } | Rejection;

export interface Rejection {
  readonly accepted: false;
  /** One word of the protocol's abort reasons, for example `BadProof`. */
  readonly reason: string;
  /** A sentence for a person. */
  readonly detail: string;
}

export const accepted: Verdict = Object.freeze({ accepted: true });

/** Refuses an event and blames its author. */
export function rejected(reason: string, detail: string): Rejection {
  return Object.freeze({ accepted: false, reason, detail });
}
