/**
 * The chain of steps of a choreography: the session type at its head decides which step may come
 * next. Each verb's type carries what is left of the session type (`Rest`), what each role knows
 * (`Facts`), which of that is only a view (`Views`), the steps so far by name (`Steps`), under each
 * step's label its event or the type of its value (`Declared`), and what is to be closed before the
 * end (`Open`): locks that are held, and choices that need what follows them.
 */
import type { Choreography, ChoreographyType } from "./choreography-type.ts";
import type { AnyEvent, EventType, PayloadOf } from "./event.ts";
import type { AnyFacts, HeadType } from "./head.ts";
import type { Agreed, Collected, Fact, Known, View } from "./knowledge.ts";
import type { AnyLabel, KnownTo, Nothing, Returned } from "./label.ts";
import type { IsDeferred } from "./merge-type.ts";
import type { Form, Nil, PartEnded, PartRest, SessionRest, Snoc } from "./notation.ts";
import type {
  AbortOptions,
  Addressee,
  CallOptions,
  CheckOptions,
  ChoiceOptions,
  Checked,
  Decider,
  EventOptions,
  Own,
  Quorum,
  Receiving,
  Sealed,
  Spread,
  LocalOptions,
  LockOptions,
  RecOptions,
  WaitOptions,
} from "./options.ts";
import type {
  AnyHalted,
  BodyFault,
  BranchesFault,
  ChoiceFacts,
  DeclaredIn,
  EndFault,
  FactsIn,
  Gathered,
  Held,
  Inner,
  LocksOf,
  OpenIn,
  Outer,
  ParallelFacts,
  PartDeclared,
  PartLabels,
  PartSteps,
  Quoted,
  Standing,
  StepsIn,
  ViewsIn,
} from "./parts.ts";
import type { ConflictOf } from "./project-type.ts";
import type { Everyone, Many, One, RoleName, Roles } from "./role.ts";
import type { ParamsOf } from "./script-type.ts";
import type {
  AbortStep,
  AgainStep,
  BroadcastStep,
  CallStep,
  CheckStep,
  ChoiceStep,
  CollectStep,
  DistributeStep,
  LocalStep,
  ParallelStep,
  RecStep,
  SendStep,
  WaitStep,
} from "./steps.ts";
import type { Epochs } from "./time.ts";

/** The roles that compute a `local` step placed at `At`. */
type PlacedAt<H extends HeadType, At extends string> = At extends Everyone ? H["all"] : At;

/** Those of `Told`; and everyone, where all roles are told. */
type Audience<H extends HeadType, Told extends string> = [H["roles"]] extends [Told]
  ? H["all"]
  : Told;

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

/** What an event makes known. The payload's type is worked out where it is used, not at each step. */
type EventFact<Audience extends string, L extends string, E extends AnyEvent, Absence> = {
  readonly [R in Audience]: { readonly [K in L]: Waited<PayloadOf<E>, Absence> };
};

type CollectFact<Audience extends string, L extends string, E extends AnyEvent, IsView> = {
  readonly [R in Audience]: { readonly [K in L]: Marked<Collected<PayloadOf<E>>, IsView> };
};

/** A value that may be missing is no more than a view: another device may have waited longer. */
type Waited<T, Absence> = [Absence] extends [never] ? Agreed<T> : View<T> | Absence;

/** What every device computes the same from. */
type Common<H extends HeadType, Facts extends AnyFacts> = H["common"] & Facts[Everyone];

/** The label `L`, where it is the expected one; otherwise that, or what to do. */
type Fits<Expected extends string, L> = Expected | (L & Expected);

/** After a step with parts: where one of them was refused, the rest is not judged. */
type ContinueParts<Expected extends string, L, B, NextChain> = L extends Expected
  ? unknown extends B
    ? NoPartsWritten
    : AnyHalted<B, Refused> extends true
      ? Halted
      : NextChain
  : Halted;

/** A part that was refused has its message. */
type Refused = Halted | NoPartsWritten;

/** After `branches: {}`, of which the compiler infers nothing: it takes no step. */
interface NoPartsWritten {
  readonly "~parts": "write the branches or blocks that the session names";
}

/** What a choreography that is called gives back. */
type ResultOf<G> =
  G extends ChoreographyType<infer _H, infer Facts extends AnyFacts, unknown, unknown, infer R>
    ? Facts[Everyone][R & keyof Facts[Everyone]]
    : never;

type HeadOf<G> =
  G extends ChoreographyType<infer H, infer _F, unknown, unknown, string> ? H : never;

/** Any finished choreography. */
type AnyChoreography = Choreography<HeadType, unknown, unknown, unknown, string>;

/** Which role here plays each role of a callee: of the right kind, and each once; or what to do. */
type Playing<G, H extends HeadType, M> = [Exclude<HeadOf<G>["roles"], keyof M>] extends [never]
  ? [PlayFault<G, H, M, keyof M>] extends [never]
    ? M
    : { readonly [K in keyof M]: Or<PlayFault<G, H, M, K>, M[K]> }
  : `nobody plays '${Exclude<HeadOf<G>["roles"], keyof M>}' of ${HeadOf<G>["name"]}: add it to roles`;

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

/** What all agree on, and nothing that is only a view. */
type AgreedContext<H extends HeadType, Facts extends AnyFacts, Views extends string> = [
  Views,
] extends [never]
  ? Common<H, Facts>
  : Omit<Common<H, Facts>, Views>;

type DecideContext<
  H extends HeadType,
  Facts extends AnyFacts,
  Views extends string,
  By extends string,
> = By extends Everyone ? AgreedContext<H, Facts, Views> : Own<H, Facts, By>;

type PartChain<
  H extends HeadType,
  Rest,
  Facts extends AnyFacts,
  Views extends string,
  Declared,
  Open extends string,
> = Rest extends SessionRest ? Chain<H, Rest, Facts, Views, Nil, Outer<Declared>, Open> : never;

/** The parts of a choice or of blocks side by side, each a function of its own chain. */
type Parts<
  H extends HeadType,
  Facts extends AnyFacts,
  P,
  By extends string,
  Views extends string,
  Declared,
  Open extends string,
  B,
> = {
  readonly [K in keyof B]: K extends PartLabels<P>
    ? (chain: PartChain<H, PartRest<P, K, By>, Facts, Views, Declared, Open>) => B[K]
    : (chain: Halted) => `the session has no branch '${K & string}' here`;
};

/**
 * The compiler looks at a label before it knows the parts, and then they are `unknown`; and where a
 * part was refused, that is the one message.
 */
type Unjudged<B> = unknown extends B ? true : AnyHalted<B, Refused>;

/** The label of a choice, where its branches are right; otherwise what is wrong with them. */
type ChoiceLabel<
  H extends HeadType,
  Rest extends SessionRest,
  By extends string,
  B,
  L,
> = L extends Rest["choice"]
  ? Unjudged<B> extends true
    ? L
    : [BranchesFault<H, Rest["parts"], By, B>] extends [never]
      ? L
      : BranchesFault<H, Rest["parts"], By, B>
  : Rest["choice"];

type ParallelLabel<Rest extends SessionRest, B, L> = L extends Rest["parallel"]
  ? Unjudged<B> extends true
    ? L
    : [EndFault<Rest["parts"], B, "block">] extends [never]
      ? L
      : EndFault<Rest["parts"], B, "block">
  : Rest["parallel"];

type RecLabel<
  Rest extends SessionRest,
  Open extends string,
  B,
  L extends string,
> = L extends Rest["rec"]
  ? Unjudged<{ readonly body: B }> extends true
    ? L
    : [BodyFault<B, L, Open>] extends [never]
      ? L
      : BodyFault<B, L, Open>
  : Rest["rec"];

/** The lock's name, where it is free; otherwise what to do. */
type FreeLock<Open extends string, Lock extends string> =
  Held<Lock> extends Open ? `the lock '${Lock}' is held already: release it first` : Lock;

/** The lock's name, where it is held; otherwise what to do. */
type HeldLock<Open extends string, Lock extends string> =
  Held<Lock> extends Open ? Lock : `the lock '${Lock}' is not held here: acquire it first`;

/** The label of the result, where nothing is left open; otherwise what to do. */
type Closed<Rest extends SessionRest, Steps, H extends HeadType, Open extends string, L> = [
  Open,
] extends [never]
  ? L
  : [LocksOf<Open>] extends [never]
    ? [ConflictOf<Steps, H["roles"]>] extends [never]
      ? L
      : ConflictOf<Steps, H["roles"]>
    : `the lock ${Quoted<LocksOf<Open>>} is still held: release it before the end`;

/** A choreography under construction. */
export interface Chain<
  H extends HeadType,
  Rest extends SessionRest,
  Facts extends AnyFacts,
  Views extends string,
  Steps,
  Declared,
  Open extends string,
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
    A,
    const L extends string = Rest["label"],
  >(
    label: Fits<Rest["sent"], L>,
    options: EventOptions<H, Rest, Facts, By, Everyone, E, A, unknown> & Rest["marked"],
  ): L extends Rest["sent"]
    ? Chain<
        H,
        Rest["next"],
        Facts & EventFact<H["all"], L, E, Rest["absence"]>,
        Views | Rest["missing"],
        Snoc<Steps, BroadcastStep<L, By, Checked<A> | Rest["option"]>>,
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
    A,
    const S extends true = never,
    const L extends string = Rest["label"],
  >(
    label: Fits<Rest["sent"], L>,
    options: EventOptions<
      H,
      Rest,
      Facts,
      By,
      To,
      E,
      A,
      To extends H["families"] ? Addressee : unknown
    > &
      Receiving<H["roles"], By, To, S> &
      Rest["marked"],
  ): L extends Rest["sent"]
    ? To extends H["families"]
      ? Chain<
          H,
          Rest["next"],
          Facts & Fact<To, L, View<PayloadOf<E>> | Rest["absence"]>,
          Views | L,
          Snoc<Steps, SendStep<L, By, To, true, Checked<A> | Sealed<S> | Rest["option"]>>,
          Declared & Known<L, E>,
          Open
        >
      : Chain<
          H,
          Rest["next"],
          Facts & EventFact<Audience<H, By | To>, L, E, Rest["absence"]>,
          Views | Rest["missing"],
          Snoc<Steps, SendStep<L, By, To, false, Checked<A> | Sealed<S> | Rest["option"]>>,
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
    A,
    const L extends string = Rest["label"],
  >(
    label: Fits<Rest["star"], L>,
    options: EventOptions<H, Rest, Facts, By, Everyone, E, A, unknown> &
      Quorum<Count> &
      Rest["marked"],
  ): L extends Rest["star"]
    ? Chain<
        H,
        Rest["next"],
        Facts & CollectFact<H["all"], L, E, Partly<Rest, Count>>,
        Views | Partly<Rest, Count>,
        Snoc<Steps, CollectStep<L, By, Count, Checked<A> | Rest["option"]>>,
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
    const To extends H["families"],
    E extends EventType<Rest["event"], unknown>,
    const Count extends number | "all" | H["counts"],
    A,
    const S extends true = never,
    const L extends string = Rest["label"],
  >(
    label: Fits<Rest["star"], L>,
    options: EventOptions<H, Rest, Facts, By, To, E, A, Addressee> &
      Quorum<Count> &
      Spread<To, S> &
      Rest["marked"],
  ): L extends Rest["star"]
    ? Chain<
        H,
        Rest["next"],
        Facts & Fact<To, L, View<Collected<PayloadOf<E>>>>,
        Views | L,
        Snoc<Steps, DistributeStep<L, By, To, Count, Checked<A> | Sealed<S> | Rest["option"]>>,
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
    const At extends H["all"],
    T,
    const Combines extends KnownTo<Facts, At> = never,
    const L extends string = Rest["label"],
  >(
    label: Fits<Rest["step"], L>,
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
    const At extends H["all"],
    const Span extends Epochs | H["counts"],
    const L extends string = Rest["label"],
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
    const At extends H["roles"],
    const Of extends EventLabel<Declared>,
    const L extends string = Rest["label"],
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
   *
   * @param label the first labels of the branches, as in `"Accept | Reject"`
   * @param options who decides, how, and the branches
   */
  choice<
    const By extends Decider<H["ones"]> & Rest["by"],
    const B,
    const L extends string = Rest["label"],
  >(
    label: ChoiceLabel<H, Rest, By, NoInfer<B>, L>,
    options: ChoiceOptions<
      By,
      PartLabels<Rest["parts"]>,
      DecideContext<H, Facts, Views, By>,
      Parts<H, Facts, Rest["parts"], By extends Everyone ? string : By, Views, Declared, Open, B>
    >,
  ): ContinueParts<
    Rest["choice"],
    L,
    B,
    Chain<
      H,
      Rest["next"],
      Facts & ChoiceFacts<Rest["parts"], B>,
      Views | ViewsIn<B[keyof B]>,
      Snoc<Steps, ChoiceStep<L, By, PartSteps<Rest["parts"], B>>>,
      Declared & PartDeclared<Rest["parts"], B>,
      Open | OpenIn<B[keyof B]> | IsDeferred<H, PartSteps<Rest["parts"], B>, By>
    >
  >;

  /**
   * Steps that can be taken again: `again` in them goes back to their start. Their actions are told
   * the `turn`. What was known in the last turn is known afterwards.
   *
   * @param label the name of the recursion, as in `"rec Loop { … }"`
   * @param options how often at most
   * @param body the steps
   */
  rec<const Most extends number | H["counts"], const B, const L extends string = Rest["label"]>(
    label: RecLabel<Rest, Open, NoInfer<B>, L>,
    options: RecOptions<Most>,
    body: (chain: PartChain<H, BodyRest<Rest>, Facts, Views, Declared, Open>) => B,
  ): ContinueParts<
    Rest["rec"],
    L,
    { readonly body: B },
    Chain<
      H,
      Rest["next"],
      Facts & FactsIn<B>,
      Views | ViewsIn<B>,
      Snoc<Steps, RecStep<L, Most, StepsIn<B>>>,
      Declared & DeclaredIn<B> & Inner<FactsIn<B>>,
      Open | OpenIn<B>
    >
  >;

  /**
   * Back to the start of the recursion `label`.
   *
   * @param label the name of a recursion around this step
   */
  again<const L extends string = Rest["label"]>(
    label: Fits<Rest["again"], L>,
  ): L extends Rest["again"]
    ? Chain<H, Rest["next"], Facts, Views, Snoc<Steps, AgainStep<L>>, Declared, Open>
    : Halted;

  /**
   * Blocks that do not wait for each other; what follows waits for all of them.
   *
   * @param label the first labels of the blocks, as in `"Ship || Bill"`
   * @param blocks the blocks, by their first labels
   */
  parallel<const B, const L extends string = Rest["label"]>(
    label: ParallelLabel<Rest, NoInfer<B>, L>,
    blocks: Parts<H, Facts, Rest["parts"], string, Views, Declared, Open, B>,
  ): ContinueParts<
    Rest["parallel"],
    L,
    B,
    Chain<
      H,
      Rest["next"],
      Facts & ParallelFacts<Rest["parts"], B>,
      Views | ViewsIn<B[keyof B]>,
      Snoc<Steps, ParallelStep<L, PartSteps<Rest["parts"], B>>>,
      Declared & PartDeclared<Rest["parts"], B>,
      Open | OpenIn<B[keyof B]>
    >
  >;

  /**
   * A nested choreography, in a session of its own. Its value is the callee's result.
   *
   * @param label the next step of the session type
   * @param options what is called, who plays what in it, and its parameters
   */
  call<
    G extends AnyChoreography,
    const M extends Readonly<Record<string, string>>,
    const L extends string = Rest["label"],
  >(
    label: Fits<Rest["called"], L>,
    options: Rest["markedCall"] &
      CallOptions<G, Playing<G, H, M>, ParamsOf<G>, AgreedContext<H, Facts, Views>, Rest["late"]>,
  ): L extends Rest["called"]
    ? Chain<
        H,
        Rest["next"],
        Facts & Fact<Audience<H, M[keyof M]>, L, ResultOf<G> | Rest["absence"]>,
        Views | Rest["missing"],
        Snoc<Steps, CallStep<L, G, M, Rest["option"]>>,
        Declared & Known<L, ResultOf<G>>,
        Open
      >
    : Halted;

  /**
   * Takes an operation lock by a nested choreography. It must be released on every path.
   *
   * @param label the next step of the session type
   * @param options the lock, and the choreography that grants it
   */
  acquire<
    const Lock extends string,
    G extends AnyChoreography,
    const M extends Readonly<Record<string, string>>,
    const L extends string = Rest["label"],
  >(
    label: Fits<Rest["step"], L>,
    options: LockOptions<
      FreeLock<Open, Lock>,
      G,
      Playing<G, H, M>,
      ParamsOf<G>,
      AgreedContext<H, Facts, Views>
    >,
  ): L extends Rest["step"]
    ? Chain<
        H,
        Rest["next"],
        Facts & Fact<Audience<H, M[keyof M]>, L, ResultOf<G>>,
        Views,
        Snoc<Steps, CallStep<L, G, M, never>>,
        Declared & Known<L, ResultOf<G>>,
        Open | Held<Lock>
      >
    : Halted;

  /**
   * Gives an operation lock back by a nested choreography.
   *
   * @param label the next step of the session type
   * @param options the lock, and the choreography that takes it back
   */
  release<
    const Lock extends string,
    G extends AnyChoreography,
    const M extends Readonly<Record<string, string>>,
    const L extends string = Rest["label"],
  >(
    label: Fits<Rest["step"], L>,
    options: LockOptions<
      HeldLock<Open, Lock>,
      G,
      Playing<G, H, M>,
      ParamsOf<G>,
      AgreedContext<H, Facts, Views>
    >,
  ): L extends Rest["step"]
    ? Chain<
        H,
        Rest["next"],
        Facts & Fact<Audience<H, M[keyof M]>, L, ResultOf<G>>,
        Views,
        Snoc<Steps, CallStep<L, G, M, never>>,
        Declared & Known<L, ResultOf<G>>,
        Exclude<Open, Held<Lock>>
      >
    : Halted;

  /**
   * One role gives the session up: all others wake with an error. Nothing follows in this branch.
   *
   * @param label `"abort"`
   * @param options who gives up, why, and how long the others wait for it
   */
  abort<const By extends H["ones"] & Rest["by"], const L extends string = Rest["label"]>(
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
    label: Closed<Rest, Steps, H, Open, Returned<Rest, Views, Facts[Everyone], L>>,
  ): Choreography<H, Facts, Steps, Declared, L>;
}

/** The body of a recursion, whose first step may be that of a branch around it. */
type BodyRest<Rest extends SessionRest> = PartRest<
  Rest["parts"],
  FirstOf<Rest["parts"]>,
  Rest["by"]
>;

type FirstOf<P> = PartLabels<P>;

/** Is what a collect gathered only a part of what there is? */
type Partly<Rest extends SessionRest, Count> = Count extends "all"
  ? Rest["missing"]
  : Rest["label"];

/** Labels of steps that have an event, those around this part included. */
type EventLabel<Declared> =
  | ({
      readonly [K in keyof Declared]: Declared[K] extends AnyEvent ? K : never;
    }[keyof Declared] &
      string)
  | (Declared extends Outer<infer Around> ? EventLabel<Around> : never);

/** What a look gives: what there is so far. */
type Looked<Declared, Of extends string> = Of extends keyof Declared
  ? Declared[Of] extends infer E extends AnyEvent
    ? "~gathered" extends keyof E
      ? View<Collected<PayloadOf<E>>>
      : View<PayloadOf<E>> | undefined
    : never
  : Declared extends Outer<infer Around>
    ? Looked<Around, Of>
    : never;

/** Any step, after one that was refused. */
interface HaltedOptions {
  readonly [option: string]: unknown;
  readonly payload?: (context: never) => unknown;
  readonly action?: (context: never) => unknown;
  readonly accept?: (payload: never, context: never) => unknown;
  readonly decide?: (context: never) => unknown;
  readonly params?: unknown;
  readonly branches?: HaltedParts;
}

interface HaltedParts {
  readonly [label: string]: (chain: Halted) => unknown;
}

/** A chain after a step out of order, which was refused on its line: it takes any step. */
export interface Halted {
  readonly "~halted": true;
  broadcast(label: string, options: HaltedOptions): Halted;
  send(label: string, options: HaltedOptions): Halted;
  collect(label: string, options: HaltedOptions): Halted;
  distribute(label: string, options: HaltedOptions): Halted;
  local(label: string, options: HaltedOptions): Halted;
  wait(label: string, options: HaltedOptions): Halted;
  check(label: string, options: HaltedOptions): Halted;
  choice(label: string, options: HaltedOptions): Halted;
  rec(label: string, options: HaltedOptions, body: (chain: Halted) => unknown): Halted;
  again(label: string): Halted;
  parallel(label: string, blocks: HaltedParts): Halted;
  call(label: string, options: HaltedOptions): Halted;
  acquire(label: string, options: HaltedOptions): Halted;
  release(label: string, options: HaltedOptions): Halted;
  abort(label: string, options: HaltedOptions): Halted;
  returns(label: string): Choreography<HeadType, unknown, Nil, unknown, never>;
}
