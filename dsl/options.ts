/** The options of the verbs. */
import type { Awaitable } from "./context.ts";
import type { AnyEvent, PayloadOf } from "./event.ts";
import type { Accept } from "./local.ts";
import type { Epochs } from "./time.ts";

export interface BroadcastOptions<By, E extends AnyEvent, Own, Shared> {
  /** The role that writes the event; a single device plays it. */
  readonly by: By;
  readonly event: E;
  /** Makes the event's payload, at `by`, from what `by` knows. */
  readonly payload: (context: Own) => Awaitable<PayloadOf<E>>;
  /** How long the others wait for it, in epochs, from when they come to this step. */
  readonly within: Epochs;
  /** Each receiver's own check of the event. */
  readonly accept?: Accept<PayloadOf<E>, Shared>;
}

/** The role `To`, where `By` can send to it; otherwise what to do. */
type Receiver<Ones extends string, By extends string, To extends string> = To extends Ones
  ? [By] extends [To]
    ? `'${By}' cannot send to itself: name another role`
    : To
  : Exclude<Ones, By>;

export interface SendOptions<
  Ones extends string,
  By extends string,
  To extends string,
  E extends AnyEvent,
  Own,
  Received,
> {
  /** The role that writes the event; a single device plays it. */
  readonly by: By;
  /** The role that waits for it: another one, played by a single device. */
  readonly to: Receiver<Ones, By, To>;
  readonly event: E;
  /** Makes the event's payload, at `by`, from what `by` knows. */
  readonly payload: (context: Own) => Awaitable<PayloadOf<E>>;
  /** Seals the payload with HPKE, so that the receiver's device alone can read it. */
  readonly sealed?: true;
  /** How long `to` waits for it, in epochs, from when it comes to this step. */
  readonly within: Epochs;
  /** The receiver's own check of the event. */
  readonly accept?: Accept<PayloadOf<E>, Received>;
}

export interface CollectOptions<By, E extends AnyEvent, Count, Own, Shared> {
  /** The family whose members each write the event. */
  readonly by: By;
  readonly event: E;
  /** Makes a member's payload from what the member knows. */
  readonly payload: (context: Own) => Awaitable<PayloadOf<E>>;
  /** How many distinct authors the wait needs: a number, a numeric parameter's name, or "all". */
  readonly atLeast: Count;
  /** How long everyone waits for them, in epochs, from when they come to this step. */
  readonly within: Epochs;
  /** Each receiver's own check of each event; one that fails does not count. */
  readonly accept?: Accept<PayloadOf<E>, Shared>;
}

export interface LocalOptions<At, Combines, Result, Own> {
  /** Where the value is computed. */
  readonly at: At;
  /** Computes the value from what is known there. */
  readonly action: (context: Own) => Awaitable<Result>;
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

/** The options that every step with an event has, by name. */
export type EventOption = "by" | "event" | "payload" | "accept" | "within";

/** Options of which those named `Given` are there: how a step's type knows that it has a check. */
export type Having<Given extends string> = { readonly [Name in Given]: unknown };

/** Whether the option `sealed` is among those given. */
export type IsSealed<Given> = "sealed" extends Given ? true : false;

/** Whether the option `accept` is among those given. */
export type IsChecked<Given> = "accept" extends Given ? true : false;
