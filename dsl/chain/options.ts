/** The options of the verbs. */
import type { Awaitable } from "../context.ts";
import type { AnyEvent, PayloadOf } from "../event.ts";
import type { AnyFacts, HeadType } from "../head.ts";
import type { Accept } from "../projection/local.ts";
import type { SessionRest } from "../notation/notation.ts";
import type { Everyone } from "../role.ts";
import type { Epochs } from "../time.ts";

/**
 * What an action of role `R` is given. Named, as what follows: the compiler instantiates a type
 * without a name again in every pass over a call, part by part.
 */
export type Own<H extends HeadType, Facts extends AnyFacts, R extends string> = H["own"] & Facts[R];

/** The same, and something beside. */
type Told<H extends HeadType, Facts extends AnyFacts, R extends string, Beside> = H["own"] &
  Facts[R] &
  Beside;

/**
 * What the verbs that put an event on the ledger have in common. The state of the chain is handed on
 * as it is (`H`, `Rest`, `Facts`): the compiler works out a property where the author wrote one, and
 * a type argument in every pass over a call. `To` are those who wait, and `Beside` is what the
 * payload is told beside what is known.
 */
export interface EventOptions<
  H extends HeadType,
  Rest extends SessionRest,
  Facts extends AnyFacts,
  By extends string,
  To extends string,
  E extends AnyEvent,
  Beside,
> {
  /** The role, or the family, that writes the event. */
  readonly by: By;
  readonly event: E;
  /** Makes the event's payload, at `by`, from what `by` knows. */
  readonly payload: (context: Told<H, Facts, By, Beside>) => Awaitable<PayloadOf<E>>;
  /** How long the others wait for it, in epochs, from when they come to this step. */
  readonly within: Epochs;
  /**
   * At the deadline the wait goes on without the event: its value is then `undefined`, and a
   * collect's the contributions that came. Without this option the session is given up.
   */
  readonly onTimeout?: Rest["late"];
  /** Each receiver's own check of the event; one that fails does not count. */
  readonly accept?: Accept<PayloadOf<E>, Own<H, Facts, To>>;
}

/** The role `To`, where `By` can send to it; otherwise what to do. */
type Receiver<Roles extends string, By extends string, To extends string> = To extends Roles
  ? [By] extends [To]
    ? `'${By}' cannot send to itself: name another role`
    : To
  : Exclude<Roles, By>;

/** What the payload of a send to a family is told beside: whom it is for. */
export interface Addressee {
  /** Device id of the receiver. */
  readonly to: string;
}

/** Of `send`, beside. */
export interface Receiving<Roles extends string, By extends string, To extends string> {
  /** The role that waits for it: another one; of a family, each member gets its own. */
  readonly to: Receiver<Roles, By, To>;
  /** Seals the payload with HPKE, so that the receiver's device alone can read it. */
  readonly sealed?: true;
}

/** Of `collect` and `distribute`, beside. */
export interface Quorum<Count> {
  /** How many distinct authors the wait needs: a number, a numeric parameter's name, or "all". */
  readonly atLeast: Count;
}

/** Of `distribute`, beside. */
export interface Spread<To> {
  /** The family whose members each get something of their own from each member of `by`. */
  readonly to: To;
  /** Seals each payload with HPKE, so that its receiver's device alone can read it. */
  readonly sealed?: true;
}

/** The options of every step with an event, by name. */
export type EventOption = "by" | "event" | "payload" | "accept" | "within" | "onTimeout";

/**
 * The options that are written, `Given`, by name: so a step's type knows whether it has a check, and
 * a name that is no option is refused, even where it is spread in from another object.
 */
export type Having<Given extends string> = { readonly [Name in Given]: unknown };

/** Those of the options that a local script must repeat. */
export type Kept<Given> = Given & ("accept" | "sealed");

export interface LocalOptions<At, Combines, Result, Context> {
  /** Where the value is computed. */
  readonly at: At;
  /** Computes the value from what is known there. */
  readonly action: (context: Context) => Awaitable<Result>;
  /**
   * A collect that the action combines in such a way that every quorum gives the same value
   * (Lagrange interpolation, a threshold signature). It makes the value `Agreed`.
   */
  readonly combines?: Combines;
}

export interface WaitOptions<At, Span> {
  /** Who sleeps. */
  readonly at: At;
  /** How long, in epochs, from when they come to this step; or the numeric parameter that says it. */
  readonly epochs: Span;
}

export interface CheckOptions<At, Of> {
  /** Who looks. */
  readonly at: At;
  /** The earlier step whose event it looks for, without waiting. */
  readonly of: Of;
}

export interface ChoiceOptions<By, Labels extends string, Context, Branches> {
  /** The role that decides; or `everyone`, from what all agree on. */
  readonly by: By;
  /** Names the branch that is taken. */
  readonly decide: (context: Context) => Awaitable<Labels>;
  /** How it goes on, by the first label of each branch. */
  readonly branches: Branches;
}

export interface RecOptions<Most> {
  /** Most turns: a number, or the name of a numeric parameter. One more gives the session up. */
  readonly atMost: Most;
}

export interface CallOptions<G, Roles, Params, Context, Late> {
  /** The choreography that runs here, in a session of its own. */
  readonly choreography: G;
  /** Role of it → the role here that plays it, each at most once. */
  readonly roles: Roles;
  /** Makes its parameters: the same on every device, so from what all agree on. */
  readonly params: (context: Context) => Awaitable<Params>;
  /** Where it is given up, its value is `undefined`. Without this option this session is, too. */
  readonly onAbort?: Late;
}

export interface LockOptions<Lock, G, Roles, Params, Context> extends CallOptions<
  G,
  Roles,
  Params,
  Context,
  never
> {
  /** The operation lock. */
  readonly lock: Lock;
}

export interface AbortOptions<By> {
  /** Who gives the session up; the others wait for it. */
  readonly by: By;
  /** Why: a sentence without its full stop. It is on the ledger, so it holds no secret. */
  readonly reason: string;
  /** How long the others wait, in epochs. */
  readonly within: Epochs;
}

/** Where a role decides. */
export type Decider<Ones extends string> = Ones | Everyone;
