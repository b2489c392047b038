/**
 * Type level: the script that follows a local type, instruction for instruction, each name of the
 * local type with the event, the context and the value that it stands for.
 */
import type { ChoreographyType } from "./choreography-type.ts";
import type { AnyEvent, PayloadOf } from "./event.ts";
import type { AnyFacts, HeadType } from "./head.ts";
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
import type { Addressee } from "./options.ts";
import type { CommonContext, ContextAt, Scope, SharedContext } from "./project-type.ts";
import type { Epochs } from "./time.ts";
import type { Turn } from "./head.ts";

/** The script that follows local type `L`, instruction for instruction. */
export type LocalScript<L> =
  L extends LocalType<infer Protocol, infer Role, infer Abort, infer Body, infer S>
    ? {
        readonly protocol: Protocol;
        readonly role: Role;
        readonly digest: string;
        readonly abort: Abort;
        readonly steps: Nodes<Body, ContextsOf<S>>;
      }
    : never;

/**
 * What a script's actions are given: `own` is everything that the role comes to know, `all`
 * everything that all come to know, `same` that without what a device has for itself. What is known
 * at a single step was checked where the choreography was written.
 */
interface Contexts<Declared, Own, All, Same> {
  readonly declared: Declared;
  readonly own: Own;
  readonly all: All;
  readonly same: Same;
}

type ContextsOf<S> =
  S extends Scope<infer H, infer Facts extends AnyFacts, infer Declared, infer Role>
    ? Contexts<
        Declared,
        ContextAt<H, Facts, Role> & InnerFacts<Declared, Role> & Turn,
        SharedContext<H, Facts> & InnerFacts<Declared, "everyone"> & Turn,
        CommonContext<H, Facts> & InnerFacts<Declared, "everyone"> & Turn
      >
    : never;

/** Facts of branches, without the doubt whether they were taken. */
type InnerFacts<Declared, Role extends string> = Declared extends { readonly "~inner": infer Facts }
  ? Facts[Role & keyof Facts]
  : unknown;

type Nodes<Body, C extends AnyContexts, Before extends readonly unknown[] = []> =
  Body extends Then<infer Node, infer Next>
    ? Nodes<Next, C, [...Before, NodeOf<Node, C>]>
    : readonly [...Before];

type AnyContexts = Contexts<unknown, unknown, unknown, unknown>;

type NodeOf<Node, C extends AnyContexts> = Node extends {
  readonly instruction: infer I extends keyof NodeCases<Node, C>;
}
  ? NodeCases<Node, C>[I]
  : never;

/** By instruction: the compiler works out only the case that it is asked for. */
interface NodeCases<Node, C extends AnyContexts> {
  WriteToLedger: Node extends Write<infer L, infer To, infer Each>
    ? Writing<L, To, Each, C>
    : never;
  AwaitEvent: Node extends Await<infer L, infer From, infer Given, infer Mine, infer Own>
    ? AwaitNode<From, L, EventAt<C, L>> &
        Options<Given, Mine, EventAt<C, L>, Own extends true ? C["own"] : C["all"]>
    : never;
  AwaitThreshold: Node extends Gather<
    infer L,
    infer From,
    infer Count extends number | string,
    infer Given,
    infer Mine
  >
    ? ThresholdNode<From, L, EventAt<C, L>, Count> &
        Options<Given, Mine, EventAt<C, L>, Mine extends true ? C["own"] : C["all"]>
    : never;
  Compute: Node extends Compute<infer L, infer At> ? ComputeNode<L, ValueAt<C, L>, C[At]> : never;
  WaitEpochs: Node extends Sleep<infer L, infer Span extends Epochs | string>
    ? WaitNode<L, Span>
    : never;
  CheckForEvent: Node extends Look<infer L, infer Of>
    ? CheckNode<L, Of, string, EventAt<C, Of>>
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
  RunSubProtocol: Node extends Run<infer L, infer Callee, infer As, infer Cast, infer Given>
    ? CallNode<L, CalleeScript<Callee, As>, Cast, ParamsOf<Callee>, C["same"]> &
        Absent<Given, "onAbort">
    : never;
  Abort: Node extends GiveUp ? AbortNode : never;
  AwaitAbort: Node extends AwaitAbort<infer From> ? AwaitAbortNode<From> : never;
  Return: Node extends Return<infer L>
    ? [L] extends ["nothing"]
      ? { readonly instruction: "Return"; readonly label?: never }
      : ReturnNode<L>
    : never;
}

type BodiesOf<Bodies, C extends AnyContexts> = {
  readonly [K in keyof Bodies]: Nodes<Bodies[K], C>;
};

type Writing<L extends string, To, Each, C extends AnyContexts> = WriteNode<
  L,
  EventAt<C, L>,
  [Each] extends [never] ? C["own"] : C["own"] & Addressee
> &
  ([To] extends [never] ? NotSealing : SealingTo<To & string>) &
  ([Each] extends [never] ? { readonly toEach?: never } : { readonly toEach: Each });

type Options<Given, Mine, E extends AnyEvent, Context> = ("sealed" extends Given
  ? Opening
  : NotOpening) &
  ("accept" extends Given ? Checking<Accept<PayloadOf<E>, Context>> : NotChecking) &
  Absent<Given, "onTimeout"> &
  (Mine extends true ? { readonly addressed: true } : { readonly addressed?: never });

type Absent<Given, Name extends string> = Name extends Given
  ? { readonly [N in Name]: "absent" }
  : { readonly [N in Name]?: never };

type CalleeScript<Callee, As extends string> =
  Callee extends ChoreographyType<infer H, infer _F, unknown, unknown, string>
    ? Script & { readonly protocol: H["name"]; readonly role: As }
    : never;

/** The parameters of choreography `G`. */
export type ParamsOf<G> =
  G extends ChoreographyType<infer H extends HeadType, infer _F, unknown, unknown, string>
    ? H["params"]
    : never;

/** The event that is declared under label `L`. */
type EventAt<C extends AnyContexts, L extends string> =
  ValueAt<C, L> extends infer E extends AnyEvent ? E : never;

type ValueAt<C extends AnyContexts, L extends string> = C["declared"][L & keyof C["declared"]];
