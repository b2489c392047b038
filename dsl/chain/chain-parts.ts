/** The verbs of a chain with parts of their own: each part is a function of its own chain. */
import type { AgreedContext } from "./facts.ts";
import type { Chain } from "./chain.ts";
import type { Halted } from "./halted.ts";
import type { AnyFacts, HeadType } from "../head.ts";
import type { IsDeferred } from "../projection/merge-type.ts";
import type { Nil, PartRest, SessionRest, Snoc } from "../notation/notation.ts";
import type { ChoiceOptions, Decider, Own, RecOptions } from "./options.ts";
import type {
  AnyHalted,
  BodyFault,
  BranchesFault,
  ChoiceFacts,
  DeclaredIn,
  EndFault,
  FactsIn,
  Inner,
  OpenIn,
  Outer,
  ParallelFacts,
  PartDeclared,
  PartLabels,
  PartSteps,
  StepsIn,
  ViewsIn,
} from "./parts.ts";
import type { Everyone } from "../role.ts";
import type { ChoiceStep, ParallelStep, RecStep } from "./steps.ts";

type DecideContext<
  H extends HeadType,
  Facts extends AnyFacts,
  Views extends string,
  By extends string,
> = By extends Everyone ? AgreedContext<H, Facts, Views> : Own<H, Facts, By>;

type PartChain<
  H extends HeadType,
  Rest extends SessionRest,
  Facts extends AnyFacts,
  Views extends string,
  Declared,
  Open extends string,
> = Chain<H, Rest, Facts, Views, Nil, Outer<Declared>, Open>;

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

/** The body of a recursion, whose first step may be that of a branch around it. */
type BodyRest<Rest extends SessionRest> = PartRest<
  Rest["parts"],
  FirstOf<Rest["parts"]>,
  Rest["by"]
>;

type FirstOf<P> = PartLabels<P>;

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
    : BranchesFault<H, Rest["parts"], By, B> extends infer Fault
      ? [Fault] extends [never]
        ? L
        : Fault
      : never
  : Rest["choice"];

type ParallelLabel<Rest extends SessionRest, B, L> = L extends Rest["parallel"]
  ? Unjudged<B> extends true
    ? L
    : EndFault<Rest["parts"], B, "block"> extends infer Fault
      ? [Fault] extends [never]
        ? L
        : Fault
      : never
  : Rest["parallel"];

type RecLabel<
  Rest extends SessionRest,
  Open extends string,
  B,
  L extends string,
> = L extends Rest["rec"]
  ? Unjudged<{ readonly body: B }> extends true
    ? L
    : BodyFault<B, L, Open> extends infer Fault
      ? [Fault] extends [never]
        ? L
        : Fault
      : never
  : Rest["rec"];

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

/** The verb `choice` of a chain. */
export interface Choosing<
  H extends HeadType,
  Rest extends SessionRest,
  Facts extends AnyFacts,
  Views extends string,
  Steps,
  Declared,
  Open extends string,
> {
  /**
   * One role decides how it goes on, and tells it with the first step of the branch that it takes;
   * or everyone decides, from what all agree on. What a branch made known is `undefined` after the
   * choice, where that branch was not taken.
   *
   * @param label the first labels of the branches, as in `"Accept | Reject"`
   * @param options who decides, how, and the branches
   */
  <
    const By extends Decider<H["ones"]> & Rest["by"],
    const B,
    const L extends string = Rest["label"],
  >(
    label: ChoiceLabel<H, Rest, By, B, L>,
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
}

/** The verb `rec` of a chain. */
export interface Repeating<
  H extends HeadType,
  Rest extends SessionRest,
  Facts extends AnyFacts,
  Views extends string,
  Steps,
  Declared,
  Open extends string,
> {
  /**
   * Steps that can be taken again: `again` in them goes back to their start. Their actions are told
   * the `turn`. What was known in the last turn is known afterwards.
   *
   * @param label the name of the recursion, as in `"rec Loop { … }"`
   * @param options how often at most
   * @param body the steps
   */
  <const Most extends number | H["counts"], const B, const L extends string = Rest["label"]>(
    label: RecLabel<Rest, Open, B, L>,
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
}

/** The verb `parallel` of a chain. */
export interface Parallel<
  H extends HeadType,
  Rest extends SessionRest,
  Facts extends AnyFacts,
  Views extends string,
  Steps,
  Declared,
  Open extends string,
> {
  /**
   * Blocks that do not wait for each other; what follows waits for all of them.
   *
   * @param label the first labels of the blocks, as in `"Ship || Bill"`
   * @param blocks the blocks, by their first labels
   */
  <const B, const L extends string = Rest["label"]>(
    label: ParallelLabel<Rest, B, L>,
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
}
