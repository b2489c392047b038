/**
 * Type level: the script that follows a local type, instruction for instruction, each name of the
 * local type with the event, the context and the value that it stands for.
 */
import type { AbortEvent, AnyEvent, PayloadOf } from "../event.ts";
import type { HeadType } from "../head.ts";
import type {
  Accept,
  AbortNode,
  AgainNode,
  AwaitAbortNode,
  AwaitNode,
  CallNode,
  CheckNode,
  Checking,
  ComputeNode,
  ForkNode,
  LocalType,
  LoopNode,
  NotChecking,
  NotOpening,
  NotSealing,
  OfferNode,
  Opening,
  ReturnNode,
  SealingTo,
  SelectNode,
  Script,
  ThresholdNode,
  WaitNode,
  WriteNode,
} from "./local.ts";
import type {
  Again,
  Await,
  AwaitAbort,
  Compute,
  Fork,
  Gather,
  GiveUp,
  Look,
  Loop,
  Offer,
  Return,
  Run,
  Select,
  Sleep,
  Then,
  Write,
} from "./local-type.ts";
import type { Addressee } from "../chain/options.ts";
import type { Everyone } from "../role.ts";
import type {
  BroadcastStep,
  CallStep,
  CheckStep,
  CollectStep,
  DistributeStep,
  LocalStep,
  SendStep,
  WaitStep,
} from "../chain/steps.ts";
import type { Epochs } from "../time.ts";

/** The script that follows local type `L`, instruction for instruction. */
export interface LocalScript<L extends AnyLocalType> {
  readonly protocol: L["protocol"];
  readonly role: L["role"];
  readonly digest: string;
  readonly abort: L["abort"];
  readonly steps: Nodes<L["body"], L["scope"]>;
}

type AnyLocalType = LocalType<string, string, AbortEvent, unknown, AnyContexts>;

type Nodes<Body, C extends AnyContexts, Before extends readonly unknown[] = []> =
  Body extends Then<infer Node, infer Next>
    ? Nodes<Next, C, [...Before, NodeOf<Node, C>]>
    : readonly [...Before];

/** See `Scope`. */
interface AnyContexts {
  readonly declared: unknown;
  readonly own: unknown;
  readonly all: unknown;
  readonly same: unknown;
}

// The check names no contexts: the compiler would walk them at each node.
type NodeOf<Node, C extends AnyContexts> = Node extends AnyNode
  ? NodeCases<Node, C>[Node["instruction"]]
  : never;

interface AnyNode {
  readonly instruction: keyof NodeCases<unknown, AnyContexts>;
}

/** By instruction: the compiler works out only the case that it is asked for. */
interface NodeCases<Node, C extends AnyContexts> {
  WriteToLedger: Node extends Write<infer Step> ? Writing<Step, C> : never;
  AwaitEvent: Node extends Await<infer Step> ? Awaiting<Step, C> : never;
  AwaitThreshold: Node extends Gather<infer Step> ? Gathering<Step, C> : never;
  Compute: Node extends Compute<LocalStep<infer L, infer At, infer Combines>>
    ? ComputeNode<
        L,
        ValueAt<C, L>,
        C[At extends Everyone ? ([Combines] extends [never] ? "same" : "all") : "own"]
      >
    : never;
  WaitEpochs: Node extends Sleep<WaitStep<infer L, string, infer Span extends Epochs | string>>
    ? WaitNode<L, Span>
    : never;
  CheckForEvent: Node extends Look<CheckStep<infer L, string, infer Of>>
    ? CheckNode<L, Of, string, EventAt<C, Of>> & { readonly collected?: true }
    : never;
  Branch: Node extends Select<infer L, infer At, infer Branches>
    ? SelectNode<L, keyof Branches & string, C[At], BodiesOf<Branches, C>>
    : Node extends Offer<infer From, infer Branches>
      ? OfferNode<string, From, BodiesOf<Branches, C>>
      : never;
  Loop: Node extends Loop<infer L, infer Most extends number | string, infer Body>
    ? LoopNode<L, Most, Nodes<Body, C>>
    : never;
  Again: Node extends Again<infer L> ? AgainNode<L> : never;
  Fork: Node extends Fork<infer L, infer Blocks> ? ForkNode<L, BodiesOf<Blocks, C>> : never;
  RunSubProtocol: Node extends Run<
    CallStep<infer L, infer Callee extends HeadType, infer Cast, infer Given>,
    infer As
  >
    ? CallNode<L, CalleeScript<Callee, As>, Cast, Callee["params"], C["same"]> &
        Absent<Given, "onTimeout", "onAbort">
    : never;
  Abort: Node extends GiveUp ? AbortNode : never;
  AwaitAbort: Node extends AwaitAbort<infer From> ? AwaitAbortNode<From> : never;
  Return: Node extends Return<infer L>
    ? [L] extends ["nothing"]
      ? { readonly instruction: "Return"; readonly label?: never }
      : ReturnNode<L>
    : never;
}

type Writing<Step, C extends AnyContexts> =
  Step extends BroadcastStep<infer L, string, unknown>
    ? WriteToAll<L, EventAt<C, L>, C["own"]>
    : Step extends CollectStep<infer L, string, unknown, unknown>
      ? WriteToAll<L, EventAt<C, L>, C["own"]>
      : Step extends SendStep<infer L, string, infer To, false, infer Given>
        ? WriteToOne<L, EventAt<C, L>, C["own"]> & Sealing<Given, To>
        : Step extends SendStep<infer L, string, infer To, true, infer Given>
          ? WriteToEach<L, EventAt<C, L>, C["own"] & Addressee, To> & Sealing<Given, To>
          : Step extends DistributeStep<infer L, string, infer To, unknown, infer Given>
            ? WriteToEach<L, EventAt<C, L>, C["own"] & Addressee, To> & Sealing<Given, To>
            : never;

// The commonest nodes are interfaces: the compiler looks into one faster than into an intersection.

interface WriteToOne<L extends string, E extends AnyEvent, Context> extends WriteNode<
  L,
  E,
  Context
> {
  readonly toEach?: never;
}

interface WriteToAll<L extends string, E extends AnyEvent, Context>
  extends WriteToOne<L, E, Context>, NotSealing {}

interface WriteToEach<
  L extends string,
  E extends AnyEvent,
  Context,
  To extends string,
> extends WriteNode<L, E, Context> {
  readonly toEach: To;
}

type Sealing<Given, To extends string> = "sealed" extends Given ? SealingTo<To> : NotSealing;

type Awaiting<Step, C extends AnyContexts> =
  Step extends BroadcastStep<infer L, infer By, never>
    ? PlainAwait<By, L, EventAt<C, L>>
    : Step extends SendStep<infer L, infer By, string, false, never>
      ? PlainAwait<By, L, EventAt<C, L>>
      : Step extends BroadcastStep<infer L, infer By, infer Given>
        ? AwaitNode<By, L, EventAt<C, L>> & Options<Given, false, EventAt<C, L>, C["all"]>
        : Step extends SendStep<infer L, infer By, string, infer Each, infer Given>
          ? AwaitNode<By, L, EventAt<C, L>> & Options<Given, Each, EventAt<C, L>, C["own"]>
          : never;

type Gathering<Step, C extends AnyContexts> =
  Step extends CollectStep<infer L, infer By, infer Count extends number | string, never>
    ? PlainThreshold<By, L, EventAt<C, L>, Count>
    : Step extends CollectStep<infer L, infer By, infer Count extends number | string, infer Given>
      ? ThresholdNode<By, L, EventAt<C, L>, Count> & Options<Given, false, EventAt<C, L>, C["all"]>
      : Step extends DistributeStep<
            infer L,
            infer By,
            string,
            infer Count extends number | string,
            infer Given
          >
        ? ThresholdNode<By, L, EventAt<C, L>, Count> & Options<Given, true, EventAt<C, L>, C["own"]>
        : never;

/** A wait without options, for what is for everyone. */
interface PlainAwait<From extends string, L extends string, E extends AnyEvent>
  extends AwaitNode<From, L, E>, NoOptions {}

interface PlainThreshold<
  From extends string,
  L extends string,
  E extends AnyEvent,
  Count extends number | string,
>
  extends ThresholdNode<From, L, E, Count>, NoOptions {}

interface NoOptions extends NotOpening, NotChecking {
  readonly onTimeout?: never;
  readonly addressed?: never;
}

type BodiesOf<Bodies, C extends AnyContexts> = {
  readonly [K in keyof Bodies]: Nodes<Bodies[K], C>;
};

type Options<Given, Mine, E extends AnyEvent, Context> = ("sealed" extends Given
  ? Opening
  : NotOpening) &
  ("accept" extends Given ? Checking<Accept<PayloadOf<E>, Context>> : NotChecking) &
  Absent<Given, "onTimeout", "onTimeout"> &
  (Mine extends true ? { readonly addressed: true } : { readonly addressed?: never });

type Absent<Given, Mark, Name extends string> = Mark extends Given
  ? { readonly [N in Name]: "absent" }
  : { readonly [N in Name]?: never };

interface CalleeScript<Callee extends HeadType, As extends string> extends Script {
  readonly protocol: Callee["name"];
  readonly role: As;
}

/** The event that is declared under label `L`. */
type EventAt<C extends AnyContexts, L extends string> =
  ValueAt<C, L> extends infer E extends AnyEvent ? E : never;

type ValueAt<C extends AnyContexts, L extends string> = C["declared"][L & keyof C["declared"]];
