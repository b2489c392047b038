/**
 * The language: a choreography is a chain of steps, and the session type at its head decides which
 * step may come next. Each verb's type carries what is left of the session type (`Rest`), what each
 * role knows (`Facts`), which of that is only a view (`Views`), the steps so far by name (`Steps`),
 * and under each step's label its event or the type of its value (`Declared`).
 */
import { buildChain } from "./build.ts";
import type { Awaitable } from "./context.ts";
import type { AbortEvent, AnyEvent, PayloadOf } from "./event.ts";
import type { BroadcastStep, CollectStep, GlobalType, LocalStep } from "./global.ts";
import type { Agreed, Collected, Fact, Known, View } from "./knowledge.ts";
import type { Accept } from "./local.ts";
import type { Ended, Nil, ParseSession, SessionFault, SessionRest, Snoc } from "./notation.ts";
import type { ContextAt, SharedContext } from "./project.ts";
import type { Cast, Everyone, Family, OneRole, RoleName, Roles } from "./role.ts";
import type { Epochs } from "./time.ts";

/** Names a type where a value is asked for; see `type`. */
export interface TypeWitness<T> {
  readonly witness?: (value: T) => T;
}

/** Says what type a choreography's parameters have: `params: type<DkdParams>()`. */
export function type<T>(): TypeWitness<T> {
  return Object.freeze({});
}

/**
 * Type level: the head of a choreography. It holds names and types of the author's, worked out once:
 * every step of the chain reads them.
 */
export interface HeadType {
  readonly name: string;
  /** Names of the roles that one device plays. */
  readonly ones: string;
  /** Names of the role families. */
  readonly families: string;
  /** Names of all roles. */
  readonly roles: string;
  readonly params: unknown;
  /** Names of the numeric parameters. */
  readonly counts: string;
  readonly device: unknown;
  readonly cast: unknown;
  readonly abort: AbortEvent;
}

export interface Head<
  Name extends string,
  Ones extends string,
  Families extends string,
  Params,
  Device,
  Abort extends AbortEvent,
> extends HeadType {
  readonly name: Name;
  readonly ones: Ones;
  readonly families: Families;
  readonly roles: Ones | Families;
  readonly params: Params;
  readonly counts: NumberParam<Params>;
  readonly device: Device;
  readonly cast: Cast<Ones, Families>;
  readonly abort: Abort;
}

/** Type level: a finished choreography. */
export interface ChoreographyType<
  H extends HeadType,
  Facts,
  Steps,
  Declared,
  Result extends string,
> {
  readonly "~type"?: {
    readonly head: H;
    readonly facts: Facts;
    readonly steps: Steps;
    readonly declared: Declared;
    readonly result: Result;
  };
}

/** A finished choreography: its global type as data, its session type in `ChoreographyType`. */
export interface Choreography<H extends HeadType, Facts, Steps, Declared, Result extends string>
  extends GlobalType<unknown>, ChoreographyType<H, Facts, Steps, Declared, Result> {}

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

/** Names of the numeric parameters in `Params`. */
type NumberParam<Params> = {
  [K in keyof Params]: Params[K] extends number ? K : never;
}[keyof Params] &
  string;

/** The label `L`, where the session expects it as a step of one role; otherwise what to do. */
type Single<Rest extends SessionRest, L> = Rest["star"] extends true
  ? `'${Rest["label"]}*' is a step of every member of a family: write it with collect`
  : L extends Rest["label"]
    ? L
    : Rest["label"];

/** The label `L`, where the session expects it as a step of a family; otherwise what to do. */
type Starred<Rest extends SessionRest, L> = Rest["star"] extends false
  ? `'${Rest["label"]}' is a step of one role: write it with broadcast or local, or '${Rest["label"]}*' in the session`
  : L extends Rest["label"]
    ? L
    : Rest["label"];

/** One mistake, one message: what follows a step out of order is not judged by it. */
type Continue<Rest extends SessionRest, Star extends boolean, L, NextChain> = [L, Star] extends [
  Rest["label"],
  Rest["star"],
]
  ? NextChain
  : Halted;

/** The label `L`, where it can be the result; otherwise what to do. */
type Returned<
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
type KnownTo<Facts, Role extends string> = keyof Facts[Role & keyof Facts] & string;

/** The options of steps that are events, by name. */
type OptionName = "by" | "event" | "payload" | "accept" | "atLeast" | "within";

/** Options of which those named `Given` are there: how a step's type knows that it has a check. */
type Having<Given extends OptionName> = { readonly [Name in Given]: unknown };

type IsChecked<Given> = "accept" extends Given ? true : false;

/** Any string, in a form that keeps an editor's completion of the labels beside it. */
type AnyLabel = string & Record<never, never>;

/** The roles that compute a `local` step placed at `At`. */
type PlacedAt<H extends HeadType, At extends string> = At extends Everyone ? H["roles"] : At;

/** Is a value computed at `At` the same on all devices that hold it? */
type LocalViews<H extends HeadType, At extends string, Combines, Views extends string, L> = [
  Combines,
] extends [never]
  ? At extends H["families"]
    ? L
    : [Views] extends [never]
      ? never
      : L
  : never;

type Marked<T, IsView> = [IsView] extends [never] ? Agreed<T> : View<T>;

/** A choreography under construction. */
export interface Chain<
  H extends HeadType,
  Rest extends SessionRest,
  Facts,
  Views extends string,
  Steps,
  Declared,
> {
  /**
   * One role tells everyone: `by` writes an event that all others wait for.
   *
   * @param label the next step of the session type
   * @param options who writes what, and how long the others wait
   */
  broadcast<
    const L extends Rest["label"] | AnyLabel,
    const By extends H["ones"],
    E extends AnyEvent,
    const Given extends OptionName,
  >(
    label: Single<Rest, L>,
    options: Having<Given> &
      BroadcastOptions<By, E, ContextAt<H, Facts, By>, SharedContext<H, Facts>>,
  ): Continue<
    Rest,
    false,
    L,
    Chain<
      H,
      Rest["next"],
      Facts & Fact<H["roles"], L, Agreed<PayloadOf<E>>>,
      Views,
      Snoc<Steps, BroadcastStep<L, By, IsChecked<Given>>>,
      Declared & Known<L, E>
    >
  >;

  /**
   * Each member of a family tells everyone; all wait for `atLeast` distinct authors. Unless that
   * is `"all"`, devices can hold different sets: what they know under `label` is a `View`.
   *
   * @param label the next step of the session type, marked `*` there
   * @param options who writes what, how many make a quorum, and how long everyone waits
   */
  collect<
    const L extends Rest["label"] | AnyLabel,
    const By extends H["families"],
    E extends AnyEvent,
    const Count extends number | "all" | H["counts"],
    const Given extends OptionName,
  >(
    label: Starred<Rest, L>,
    options: Having<Given> &
      CollectOptions<By, E, Count, ContextAt<H, Facts, By>, SharedContext<H, Facts>>,
  ): Continue<
    Rest,
    true,
    L,
    Chain<
      H,
      Rest["next"],
      Facts & Fact<H["roles"], L, Marked<Collected<PayloadOf<E>>, Count extends "all" ? never : L>>,
      Count extends "all" ? Views : Views | L,
      Snoc<Steps, CollectStep<L, By, Count, IsChecked<Given>>>,
      Declared & Known<L, E>
    >
  >;

  /**
   * A computation at one role, or at everyone. Its value is `Agreed` if it combines a collect, or
   * if nothing that is known so far is a `View`.
   *
   * @param label the next step of the session type
   * @param options where it is computed, how, and what it combines
   */
  local<
    const L extends Rest["label"] | AnyLabel,
    const At extends H["roles"] | Everyone,
    T,
    const Combines extends KnownTo<Facts, PlacedAt<H, At>> = never,
  >(
    label: Single<Rest, L>,
    options: LocalOptions<At, Combines, T, ContextAt<H, Facts, PlacedAt<H, At>>>,
  ): Continue<
    Rest,
    false,
    L,
    Chain<
      H,
      Rest["next"],
      Facts & Fact<PlacedAt<H, At>, L, Marked<T, LocalViews<H, At, Combines, Views, L>>>,
      Views | LocalViews<H, At, Combines, Views, L>,
      Snoc<Steps, LocalStep<L, At, Combines>>,
      Declared & Known<L, T>
    >
  >;

  /** Ends the choreography: `label` names its result, which everyone knows and agrees on. */
  returns<const L extends KnownTo<Facts, H["roles"]> | AnyLabel>(
    label: Returned<Rest, Views, KnownTo<Facts, H["roles"]>, L>,
  ): Choreography<H, Facts, Steps, Declared, L>;
}

/** Any step, after one that was refused. */
interface HaltedOptions {
  readonly [option: string]: unknown;
  readonly payload?: (context: never) => unknown;
  readonly action?: (context: never) => unknown;
  readonly accept?: (payload: never, context: never) => unknown;
}

/** A chain after a step out of order, which was refused on its line: it takes any step. */
export interface Halted {
  broadcast(label: string, options: HaltedOptions): Halted;
  collect(label: string, options: HaltedOptions): Halted;
  local(label: string, options: HaltedOptions): Halted;
  returns(label: string): Choreography<HeadType, unknown, Nil, unknown, never>;
}

/** What is wrong with the roles' names, as a sentence; `never` where nothing is. */
type RolesFault<R extends Roles> = [keyof R] extends [never]
  ? "the choreography has no roles"
  : {
      [K in RoleName<R>]: K extends Everyone
        ? `'${K}' cannot be a role's name`
        : string extends K
          ? never
          : K extends Uncapitalize<K>
            ? never
            : `the role '${K}' is not a camelCase name`;
    }[RoleName<R>];

export interface ChoreographyOptions<
  R extends Roles,
  S extends string,
  Params,
  Device,
  Abort extends AbortEvent,
> {
  /** The roles, by name: `{ coordinator: one, participant: many }`. */
  readonly roles: [RolesFault<R>] extends [never] ? R : RolesFault<R>;
  /** The session type: `"Initiate . Commit* . Finalize"`. */
  readonly session: [SessionFault<S>] extends [never] ? S : SessionFault<S>;
  /** Type of the session's public parameters. */
  readonly params: TypeWitness<Params>;
  /** Type of what each device brings and keeps to itself. */
  readonly device?: TypeWitness<Device>;
  /** The event that a device writes when it gives the session up. */
  readonly abort: Abort;
}

/** The chain of a choreography that has no steps yet. */
type OpenChain<
  Name extends string,
  R extends Roles,
  S extends string,
  Params,
  Device,
  Abort extends AbortEvent,
> = Chain<
  Head<Name, OneRole<R>, Family<R>, Params, Device, Abort>,
  ParseSession<S> extends infer Rest extends SessionRest ? Rest : Ended,
  Readonly<Record<RoleName<R>, unknown>>,
  never,
  Nil,
  unknown
>;

/**
 * Opens a choreography.
 *
 * @param name the protocol's name, unique in the program
 * @param options its roles, session type, parameters, and abort event
 * @returns a chain that takes the steps in the order of the session type
 * @throws ProtocolError `InvalidDeclaration` where the compiler was not asked
 */
export function choreography<
  const Name extends string,
  const R extends Roles,
  const S extends string,
  Params,
  Abort extends AbortEvent,
  Device = unknown,
>(
  name: Name,
  options: ChoreographyOptions<R, S, Params, Device, Abort>,
): OpenChain<Name, R, S, Params, Device, Abort> {
  const { roles, session, abort } = options;
  // The boundary between the language's types and its data: `Chain` says what each call may be.
  const chain: unknown = buildChain(name, roles as Roles, session, abort);
  return chain as OpenChain<Name, R, S, Params, Device, Abort>;
}
