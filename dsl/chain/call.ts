/** The verbs of a chain that run another choreography: a call, and taking and giving back a lock. */
import type { AgreedContext, Audience } from "./facts.ts";
import type { Chain, Fits } from "./chain.ts";
import type { Choreography, ChoreographyType } from "../choreography-type.ts";
import type { Halted } from "./halted.ts";
import type { AnyFacts, HeadType } from "../head.ts";
import type { Fact, Known } from "../projection/knowledge.ts";
import type { SessionRest, Snoc } from "../notation/notation.ts";
import type { CallOptions, LockOptions } from "./options.ts";
import type { Held } from "./parts.ts";
import type { Everyone } from "../role.ts";
import type { CallStep } from "./steps.ts";

/** Any finished choreography. */
type AnyChoreography = Choreography<HeadType, unknown, unknown, unknown, string>;

/** What a choreography that is called gives back. */
type ResultOf<G> =
  G extends ChoreographyType<infer _H, infer Facts extends AnyFacts, unknown, unknown, infer R>
    ? Facts[Everyone][R & keyof Facts[Everyone]]
    : never;

type HeadOf<G> =
  G extends ChoreographyType<infer H, infer _F, unknown, unknown, string> ? H : never;

type ParamsOf<G> = HeadOf<G>["params"];

/** Which role here plays each role of a callee: of the right kind, and each once; or what to do. */
type Playing<G, H extends HeadType, M, Cast> = [Exclude<HeadOf<G>["roles"], keyof M>] extends [
  never,
]
  ? [PlayFault<G, H, M, keyof M>] extends [never]
    ? unknown extends Cast
      ? M
      : As<M, Cast>
    : { readonly [K in keyof M]: Or<PlayFault<G, H, M, K>, M[K]> }
  : `nobody plays '${Exclude<HeadOf<G>["roles"], keyof M>}' of ${HeadOf<G>["name"]}: add it to roles`;

/** The roles as the session says who plays them. */
type As<M, Cast> = [Exclude<keyof Cast, keyof M>] extends [never]
  ? { readonly [K in keyof M]: K extends keyof Cast ? Cast[K] : M[K] }
  : `the session says who plays '${Exclude<keyof Cast, keyof M> & string}', which is no role of what is called`;

type Or<Fault, T> = [Fault] extends [never] ? T : Fault;

type PlayFault<G, H extends HeadType, M, K extends keyof M> = K extends HeadOf<G>["roles"]
  ? M[K] extends H["roles"]
    ? M[K] extends M[Exclude<keyof M, K>]
      ? `'${M[K]}' plays two roles of ${HeadOf<G>["name"]}: pass it for one`
      : K extends HeadOf<G>["families"]
        ? never
        : M[K] extends H["ones"]
          ? never
          : `'${M[K]}' is a family, and one device plays '${K}': pass a role of one device`
    : `'${M[K] & string}' is not a role of ${H["name"]}: pass one of its roles`
  : `${HeadOf<G>["name"]} has no role '${K & string}': take it out`;

/** The lock's name, where it is free; otherwise what to do. */
type FreeLock<Open extends string, Lock extends string> =
  Held<Lock> extends Open ? `the lock '${Lock}' is held already: release it first` : Lock;

/** The lock's name, where it is held; otherwise what to do. */
type HeldLock<Open extends string, Lock extends string> =
  Held<Lock> extends Open ? Lock : `the lock '${Lock}' is not held here: acquire it first`;

/** The verb `call` of a chain. */
export interface Calling<
  H extends HeadType,
  Rest extends SessionRest,
  Facts extends AnyFacts,
  Views extends string,
  Steps,
  Declared,
  Open extends string,
> {
  /**
   * A nested choreography, in a session of its own. Its value is the callee's result.
   *
   * @param label the next step of the session type
   * @param options what is called, who plays what in it, and its parameters
   */
  <
    G extends AnyChoreography,
    const M extends Readonly<Record<string, string>>,
    const L = Rest["label"],
  >(
    label: Fits<Rest["called"], L>,
    options: Rest["markedCall"] &
      CallOptions<
        G,
        Playing<G, H, M, Rest["cast"]>,
        ParamsOf<G>,
        AgreedContext<H, Facts, Views>,
        Rest["late"]
      >,
  ): L extends Rest["called"]
    ? Chain<
        H,
        Rest["next"],
        Facts & Fact<Audience<H, M[keyof M]>, L, ResultOf<G> | Rest["absence"]>,
        Views | Rest["missing"],
        Snoc<Steps, CallStep<L, HeadOf<G>, M, Rest["option"]>>,
        Declared & Known<L, ResultOf<G>>,
        Open
      >
    : Halted;
}

/** The verb `acquire` of a chain. */
export interface Acquiring<
  H extends HeadType,
  Rest extends SessionRest,
  Facts extends AnyFacts,
  Views extends string,
  Steps,
  Declared,
  Open extends string,
> {
  /**
   * Takes an operation lock by a nested choreography. It must be released on every path.
   *
   * @param label the next step of the session type
   * @param options the lock, and the choreography that grants it
   */
  <
    const Lock extends string,
    G extends AnyChoreography,
    const M extends Readonly<Record<string, string>>,
    const L = Rest["label"],
  >(
    label: Fits<Rest["step"], L>,
    options: LockOptions<
      FreeLock<Open, Lock>,
      G,
      Playing<G, H, M, Rest["cast"]>,
      ParamsOf<G>,
      AgreedContext<H, Facts, Views>
    >,
  ): L extends Rest["step"]
    ? Chain<
        H,
        Rest["next"],
        Facts & Fact<Audience<H, M[keyof M]>, L, ResultOf<G>>,
        Views,
        Snoc<Steps, CallStep<L, HeadOf<G>, M, never>>,
        Declared & Known<L, ResultOf<G>>,
        Open | Held<Lock>
      >
    : Halted;
}

/** The verb `release` of a chain. */
export interface Releasing<
  H extends HeadType,
  Rest extends SessionRest,
  Facts extends AnyFacts,
  Views extends string,
  Steps,
  Declared,
  Open extends string,
> {
  /**
   * Gives an operation lock back by a nested choreography.
   *
   * @param label the next step of the session type
   * @param options the lock, and the choreography that takes it back
   */
  <
    const Lock extends string,
    G extends AnyChoreography,
    const M extends Readonly<Record<string, string>>,
    const L = Rest["label"],
  >(
    label: Fits<Rest["step"], L>,
    options: LockOptions<
      HeldLock<Open, Lock>,
      G,
      Playing<G, H, M, Rest["cast"]>,
      ParamsOf<G>,
      AgreedContext<H, Facts, Views>
    >,
  ): L extends Rest["step"]
    ? Chain<
        H,
        Rest["next"],
        Facts & Fact<Audience<H, M[keyof M]>, L, ResultOf<G>>,
        Views,
        Snoc<Steps, CallStep<L, HeadOf<G>, M, never>>,
        Declared & Known<L, ResultOf<G>>,
        Exclude<Open, Held<Lock>>
      >
    : Halted;
}
