/**
 * The chain of steps of a choreography: the session type at its head decides which step may come
 * next. Each verb's type carries what is left of the session type (`Rest`), what each role knows
 * (`Facts`), which of that is only a view (`Views`), the steps so far by name (`Steps`), under each
 * step's label its event or the type of its value (`Declared`), and what is to be closed before the
 * end (`Open`): locks that are held, and choices that need what follows them.
 */
import type { Acquiring, Calling, Releasing } from "./call.ts";
import type {
  Audience,
  CollectFact,
  Common,
  EventFact,
  EventLabel,
  LocalViews,
  Looked,
  Marked,
  Partly,
  PlacedAt,
} from "./facts.ts";
import type { Choosing, Parallel, Repeating } from "./chain-parts.ts";
import type { Choreography } from "../choreography-type.ts";
import type { EventType, PayloadOf } from "../event.ts";
import type { Halted } from "./halted.ts";
import type { AnyFacts, HeadType } from "../head.ts";
import type { Collected, Fact, Known, View } from "../projection/knowledge.ts";
import type { AnyLabel, Computed, KnownTo, Nothing, Returned } from "./label.ts";
import type { SessionRest, Snoc } from "../notation/notation.ts";
import type {
  AbortOptions,
  Addressee,
  CheckOptions,
  EventOption,
  EventOptions,
  LocalOptions,
  Own,
  Quorum,
  Receiving,
  Having,
  Kept,
  Spread,
  WaitOptions,
} from "./options.ts";
import type { Gathered, Quoted, Standing } from "./parts.ts";
import type { ConflictOf } from "../projection/project-type.ts";
import type { Everyone } from "../role.ts";
import type {
  AbortStep,
  AgainStep,
  BroadcastStep,
  CheckStep,
  CollectStep,
  DistributeStep,
  LocalStep,
  SendStep,
  WaitStep,
} from "./steps.ts";
import type { Epochs } from "../time.ts";

/**
 * The label `L`, where it is the expected one; otherwise that, or what to do. Nothing is a label and
 * `null`: of that part, the compiler infers what was written. `L` is not bound to strings, for it
 * would look through all that a string has.
 */
export type Fits<Expected extends string, L> = Expected | (L & null);

/** The label of the result, where nothing is left open; otherwise what to do. */
type Closed<Steps, H extends HeadType, Open extends string, L> = [Open] extends [never]
  ? L
  : Quoted<Open> extends infer Lock extends string
    ? [Lock] extends [never]
      ? ConflictOf<Steps, H["roles"]> extends infer Conflict
        ? [Conflict] extends [never]
          ? L
          : Conflict
        : never
      : `the lock ${Lock} is still held: release it before the end`
    : never;

/**
 * A choreography under construction. No chain stands for another, so the parameters are `in out`:
 * else the compiler would find that out by comparing all verbs with each other.
 */
export interface Chain<
  in out H extends HeadType,
  in out Rest extends SessionRest,
  in out Facts extends AnyFacts,
  in out Views extends string,
  in out Steps,
  in out Declared,
  in out Open extends string,
> {
  readonly "~chain"?: Standing<Rest, Facts, Views, Steps, Declared, Open>;

  /**
   * One role tells everyone: `by` writes an event that all others wait for.
   *
   * @param label the next step of the session type
   * @param options who writes what, and how long the others wait
   */
  broadcast<
    const By extends H["ones"] & Rest["by"],
    E extends EventType<Rest["event"], unknown>,
    const Given extends EventOption,
    const L = Rest["label"],
  >(
    label: Fits<Rest["sent"], L>,
    options: Having<Given> &
      EventOptions<H, Rest, Facts, By, Everyone, E, unknown> &
      Rest["marked"],
  ): L extends Rest["sent"]
    ? Chain<
        H,
        Rest["next"],
        Facts & EventFact<H["all"], L, E, Rest["absence"]>,
        Views | Rest["missing"],
        Snoc<Steps, BroadcastStep<L, By, Kept<Given> | Rest["option"]>>,
        Declared & Known<L, E>,
        Open
      >
    : Halted;

  /**
   * One role tells one other, or each member of a family something of its own: `by` writes an event
   * that `to` waits for. The event is on the ledger like every other, and all devices of the account
   * can read it unless it is `sealed`; the other roles do not wait for it, and their actions are not
   * given it.
   *
   * @param label the next step of the session type
   * @param options who writes what for whom, and how long the receiver waits
   */
  send<
    const By extends H["ones"] & Rest["by"],
    const To extends H["roles"] | AnyLabel,
    E extends EventType<Rest["event"], unknown>,
    const Given extends EventOption | "to" | "sealed",
    const L = Rest["label"],
  >(
    label: Fits<Rest["sent"], L>,
    options: Having<Given> &
      EventOptions<H, Rest, Facts, By, To, E, To extends H["families"] ? Addressee : unknown> &
      Receiving<H["roles"] & Rest["to"], By, To> &
      Rest["marked"],
  ): L extends Rest["sent"]
    ? To extends H["families"]
      ? Chain<
          H,
          Rest["next"],
          Facts & Fact<To, L, View<PayloadOf<E>> | Rest["absence"]>,
          Views | L,
          Snoc<Steps, SendStep<L, By, To, true, Kept<Given> | Rest["option"]>>,
          Declared & Known<L, E>,
          Open
        >
      : Chain<
          H,
          Rest["next"],
          Facts & EventFact<Audience<H, By | To>, L, E, Rest["absence"]>,
          Views | Rest["missing"],
          Snoc<Steps, SendStep<L, By, To, false, Kept<Given> | Rest["option"]>>,
          Declared & Known<L, E>,
          Open
        >
    : Halted;

  /**
   * Each member of a family tells everyone; all wait for `atLeast` distinct authors. Unless that
   * is `"all"`, devices can hold different sets: what they know under `label` is a `View`.
   *
   * @param label the next step of the session type, marked `*` there
   * @param options who writes what, how many make a quorum, and how long everyone waits
   */
  collect<
    const By extends H["families"] & Rest["by"],
    E extends EventType<Rest["event"], unknown>,
    const Count extends number | "all" | H["counts"],
    const Given extends EventOption | "atLeast",
    const L = Rest["label"],
  >(
    label: Fits<Rest["star"], L>,
    options: Having<Given> &
      EventOptions<H, Rest, Facts, By, Everyone, E, unknown> &
      Quorum<Count> &
      Rest["marked"],
  ): L extends Rest["star"]
    ? Chain<
        H,
        Rest["next"],
        Facts & CollectFact<H["all"], L, E, Partly<Rest, Count>>,
        Views | Partly<Rest, Count>,
        Snoc<Steps, CollectStep<L, By, Count, Kept<Given> | Rest["option"]>>,
        Declared & Known<L, E & Gathered>,
        Open
      >
    : Halted;

  /**
   * Each member of a family tells each member of a family something of its own; each of these waits
   * for `atLeast` distinct authors. A member of both families tells itself, too.
   *
   * @param label the next step of the session type, marked `*` there
   * @param options who writes what for whom, how many make a quorum, and how long they wait
   */
  distribute<
    const By extends H["families"] & Rest["by"],
    const To extends H["families"] & Rest["to"],
    E extends EventType<Rest["event"], unknown>,
    const Count extends number | "all" | H["counts"],
    const Given extends EventOption | "to" | "atLeast" | "sealed",
    const L = Rest["label"],
  >(
    label: Fits<Rest["star"], L>,
    options: Having<Given> &
      EventOptions<H, Rest, Facts, By, To, E, Addressee> &
      Quorum<Count> &
      Spread<To> &
      Rest["marked"],
  ): L extends Rest["star"]
    ? Chain<
        H,
        Rest["next"],
        Facts & Fact<To, L, View<Collected<PayloadOf<E>>>>,
        Views | L,
        Snoc<Steps, DistributeStep<L, By, To, Count, Kept<Given> | Rest["option"]>>,
        Declared & Known<L, E & Gathered>,
        Open
      >
    : Halted;

  /**
   * A computation at one role, or at everyone. Its value is `Agreed` if it combines a collect, or
   * if nothing that is known so far is a `View`. At everyone it is given nothing that only one
   * device has, unless it combines: else every device could compute another value.
   *
   * @param label the next step of the session type
   * @param options where it is computed, how, and what it combines
   */
  local<
    const At extends H["all"] & Rest["by"],
    T,
    const Combines extends KnownTo<Facts, At> = never,
    const L = Rest["label"],
  >(
    label: Computed<Rest["step"], L, NoInfer<T>>,
    options: LocalOptions<
      At,
      Combines,
      T,
      At extends Everyone
        ? [Combines] extends [never]
          ? Common<H, Facts>
          : Own<H, Facts, Everyone>
        : Own<H, Facts, At>
    >,
  ): L extends Rest["step"]
    ? Chain<
        H,
        Rest["next"],
        Facts &
          Fact<Audience<H, PlacedAt<H, At>>, L, Marked<T, LocalViews<H, At, Combines, Views, L>>>,
        Views | LocalViews<H, At, Combines, Views, L>,
        Snoc<Steps, LocalStep<L, At, Combines>>,
        Declared & Known<L, T>,
        Open
      >
    : Halted;

  /**
   * A cooperative sleep. It ends early, with an error, where the session is given up meanwhile.
   *
   * @param label the next step of the session type
   * @param options who sleeps, and how long
   */
  wait<
    const At extends H["all"] & Rest["by"],
    const Span extends Epochs | H["counts"],
    const L = Rest["label"],
  >(
    label: Fits<Rest["step"], L>,
    options: WaitOptions<At, Span>,
  ): L extends Rest["step"]
    ? Chain<H, Rest["next"], Facts, Views, Snoc<Steps, WaitStep<L, At, Span>>, Declared, Open>
    : Halted;

  /**
   * A look, without waiting, whether the event of an earlier step is there. Its value is that
   * event's payload, of a collect the contributions so far, or `undefined`: a `View`.
   *
   * @param label the next step of the session type
   * @param options who looks, and for the event of which step
   */
  check<
    const At extends H["roles"] & Rest["by"],
    const Of extends EventLabel<Declared>,
    const L = Rest["label"],
  >(
    label: Fits<Rest["step"], L>,
    options: CheckOptions<At, Of>,
  ): L extends Rest["step"]
    ? Chain<
        H,
        Rest["next"],
        Facts & Fact<Audience<H, At>, L, Looked<Declared, Of>>,
        Views | L,
        Snoc<Steps, CheckStep<L, At, Of>>,
        Declared & Known<L, Looked<Declared, Of>>,
        Open
      >
    : Halted;

  /**
   * One role decides how it goes on, and tells it with the first step of the branch that it takes;
   * or everyone decides, from what all agree on. What a branch made known is `undefined` after the
   * choice, where that branch was not taken.
   */
  readonly choice: Choosing<H, Rest, Facts, Views, Steps, Declared, Open>;

  /**
   * Steps that can be taken again: `again` in them goes back to their start. Their actions are told
   * the `turn`. What was known in the last turn is known afterwards.
   */
  readonly rec: Repeating<H, Rest, Facts, Views, Steps, Declared, Open>;

  /**
   * Back to the start of the recursion `label`.
   *
   * @param label the name of a recursion around this step
   */
  again<const L = Rest["label"]>(
    label: Fits<Rest["again"], L>,
  ): L extends Rest["again"]
    ? Chain<H, Rest["next"], Facts, Views, Snoc<Steps, AgainStep<L>>, Declared, Open>
    : Halted;

  /**
   * Blocks that do not wait for each other; what follows waits for all of them.
   */
  readonly parallel: Parallel<H, Rest, Facts, Views, Steps, Declared, Open>;

  /**
   * A nested choreography, in a session of its own. Its value is the callee's result.
   */
  readonly call: Calling<H, Rest, Facts, Views, Steps, Declared, Open>;

  /**
   * Takes an operation lock by a nested choreography. It must be released on every path.
   */
  readonly acquire: Acquiring<H, Rest, Facts, Views, Steps, Declared, Open>;

  /**
   * Gives an operation lock back by a nested choreography.
   */
  readonly release: Releasing<H, Rest, Facts, Views, Steps, Declared, Open>;

  /**
   * One role gives the session up: all others wake with an error. Nothing follows in this branch.
   *
   * @param label `"abort"`
   * @param options who gives up, why, and how long the others wait for it
   */
  abort<const By extends H["ones"] & Rest["by"], const L = Rest["label"]>(
    label: Fits<Rest["abort"], L>,
    options: AbortOptions<By>,
  ): L extends Rest["abort"]
    ? Chain<H, Rest["next"], Facts, Views, Snoc<Steps, AbortStep<By>>, Declared, Open>
    : Halted;

  /**
   * Ends the choreography.
   *
   * @param label its result, which everyone knows and agrees on; `"nothing"` where it has none
   */
  returns<const L extends KnownTo<Facts, Everyone> | Nothing | AnyLabel>(
    label: Closed<Steps, H, Open, Returned<Rest, Views, Facts[Everyone], L>>,
  ): Choreography<H, Facts, Steps, Declared, L>;
}
