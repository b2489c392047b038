/**
 * The language: a choreography is a chain of steps, and the session type at its head decides which
 * step may come next. Each verb's type carries what is left of the session type (`Rest`), what each
 * role knows (`Facts`), which of that is only a view (`Views`), the steps so far by name (`Steps`),
 * and under each step's label its event or the type of its value (`Declared`).
 */
import { buildChain } from "./build.ts";
import type { AbortEvent, AnyEvent, PayloadOf } from "./event.ts";
import type { GlobalType } from "./global.ts";
import type { ChoreographyOptions, Head, HeadType } from "./head.ts";
import type { Agreed, Collected, Fact, Known, View } from "./knowledge.ts";
import type { AnyLabel, KnownTo, Returned, Single, Starred } from "./label.ts";
import type { Ended, Nil, ParseSession, SessionRest, Snoc } from "./notation.ts";
import type {
  BroadcastOptions,
  CollectOptions,
  EventOption,
  Having,
  IsChecked,
  IsSealed,
  LocalOptions,
  SendOptions,
  WaitOptions,
} from "./options.ts";
import type { BroadcastStep, CollectStep, LocalStep, SendStep, WaitStep } from "./steps.ts";
import type { ContextAt, LocalContext, SharedContext } from "./project-type.ts";
import type { Epochs } from "./time.ts";
import type { Everyone, Many, One, RoleName, Roles } from "./role.ts";

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

/** One mistake, one message: what follows a step out of order is not judged by it. */
type Continue<Rest extends SessionRest, Star extends boolean, L, NextChain> = [L, Star] extends [
  Rest["label"],
  Rest["star"],
]
  ? NextChain
  : Halted;

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
    const Given extends EventOption,
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
   * One role tells one other: `by` writes an event that `to` waits for. The event is on the ledger
   * like every other, and all devices of the account can read it unless it is `sealed`; the other
   * roles do not wait for it, and their actions are not given it.
   *
   * @param label the next step of the session type
   * @param options who writes what for whom, and how long the receiver waits
   */
  send<
    const L extends Rest["label"] | AnyLabel,
    const By extends H["ones"],
    const To extends H["ones"] | AnyLabel,
    E extends AnyEvent,
    const Given extends EventOption | "to" | "sealed",
  >(
    label: Single<Rest, L>,
    options: Having<Given> &
      SendOptions<H["ones"], By, To, E, ContextAt<H, Facts, By>, ContextAt<H, Facts, To>>,
  ): Continue<
    Rest,
    false,
    L,
    Chain<
      H,
      Rest["next"],
      Facts & Fact<By | To, L, Agreed<PayloadOf<E>>>,
      Views,
      Snoc<Steps, SendStep<L, By, To, IsSealed<Given>, IsChecked<Given>>>,
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
    const Given extends EventOption | "atLeast",
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
   * if nothing that is known so far is a `View`. At everyone it is given nothing that only one
   * device has, unless it combines: else every device could compute another value.
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
    options: LocalOptions<At, Combines, T, LocalContext<H, Facts, At, Combines>>,
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

  /**
   * A cooperative sleep. It ends early, with an error, where the session is given up meanwhile.
   *
   * @param label the next step of the session type
   * @param options who sleeps, and how long
   */
  wait<
    const L extends Rest["label"] | AnyLabel,
    const At extends H["roles"] | Everyone,
    const Span extends Epochs | H["counts"],
  >(
    label: Single<Rest, L>,
    options: WaitOptions<At, Span>,
  ): Continue<
    Rest,
    false,
    L,
    Chain<H, Rest["next"], Facts, Views, Snoc<Steps, WaitStep<L, At, Span>>, Declared>
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
  send(label: string, options: HaltedOptions): Halted;
  collect(label: string, options: HaltedOptions): Halted;
  local(label: string, options: HaltedOptions): Halted;
  wait(label: string, options: HaltedOptions): Halted;
  returns(label: string): Choreography<HeadType, unknown, Nil, unknown, never>;
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
  Head<
    Name,
    // Not named by an alias: the compiler is to print the roles, and not the alias.
    { [K in RoleName<R>]: R[K] extends One ? K : never }[RoleName<R>],
    { [K in RoleName<R>]: R[K] extends Many ? K : never }[RoleName<R>],
    Params,
    Device,
    Abort
  >,
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
