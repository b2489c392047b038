/**
 * Type level: local types, by names only. `LocalScript` gives each name its event, its context and
 * its value, once a script is checked against it.
 *
 * A body is a list: first a node, then what follows it; it ends in `Fall`, where what stands around
 * it goes on, or in `Done`, after a jump or an end.
 */

/** First `Node`, then `Next`. */
export interface Then<Node, Next> {
  readonly node: Node;
  readonly next: Next;
}

/** Nothing more to do here. */
export interface Fall {
  readonly next: "fall";
}

/** Nothing more to do. */
export interface Done {
  readonly next: "done";
}

/** `To` is the role that alone can read it; `Each` the family whose members get their own. */
export interface Write<L extends string, To, Each> {
  readonly instruction: "WriteToLedger";
  readonly label: L;
  readonly to: To;
  readonly each: Each;
}

/** `Mine`: each member of a family gets its own. `Own`: a check is given this role's facts. */
export interface Await<L extends string, From extends string, Given, Mine, Own> {
  readonly instruction: "AwaitEvent";
  readonly label: L;
  readonly from: From;
  readonly given: Given;
  readonly mine: Mine;
  readonly own: Own;
}

export interface Gather<L extends string, From extends string, Count, Given, Mine> {
  readonly instruction: "AwaitThreshold";
  readonly label: L;
  readonly from: From;
  readonly atLeast: Count;
  readonly given: Given;
  readonly mine: Mine;
}

/** `At` says from what it is computed: "own" facts, those of "all", or what is the same for all. */
export interface Compute<L extends string, At extends "own" | "all" | "same"> {
  readonly instruction: "Compute";
  readonly label: L;
  readonly at: At;
}

export interface Sleep<L extends string, Span> {
  readonly instruction: "WaitEpochs";
  readonly label: L;
  readonly epochs: Span;
}

export interface Look<L extends string, Of extends string> {
  readonly instruction: "CheckForEvent";
  readonly label: L;
  readonly of: Of;
}

/** Internal choice; `Branches` are bodies by label. */
export interface Select<L extends string, At extends "own" | "same", Branches> {
  readonly instruction: "Branch";
  readonly label: L;
  readonly at: At;
  readonly branches: Branches;
}

/** External choice, offered to the role `From`. */
export interface Offer<From extends string, Branches> {
  readonly instruction: "Branch";
  readonly from: From;
  readonly branches: Branches;
}

export interface Loop<L extends string, Most, Body> {
  readonly instruction: "Loop";
  readonly label: L;
  readonly atMost: Most;
  readonly body: Body;
}

export interface Again<L extends string> {
  readonly instruction: "Again";
  readonly label: L;
}

export interface Fork<L extends string, Blocks> {
  readonly instruction: "Fork";
  readonly label: L;
  readonly blocks: Blocks;
}

/** As role `As` of the callee. */
export interface Run<L extends string, Callee, As extends string, Cast, Given> {
  readonly instruction: "RunSubProtocol";
  readonly label: L;
  readonly callee: Callee;
  readonly as: As;
  readonly cast: Cast;
  readonly given: Given;
}

export interface GiveUp {
  readonly instruction: "Abort";
}

export interface AwaitAbort<From extends string> {
  readonly instruction: "AwaitAbort";
  readonly from: From;
}

export interface Return<L extends string> {
  readonly instruction: "Return";
  readonly label: L;
}

/**
 * Two bodies that a role cannot tell apart. `Definite` where no continuation can help: the first
 * actions of both are there, and differ.
 */
export interface Conflict<Definite extends boolean, Why extends string> {
  readonly conflict: Definite;
  readonly why: Why;
}

export type AnyConflict = Conflict<boolean, string>;

/** `Next` after `Body`, where that falls through. */
export type Append<Body, Next> =
  Body extends Then<infer Node, infer Rest>
    ? Then<Node, Append<Rest, Next>>
    : Body extends Fall
      ? Next
      : Body;

/** Does `Body` go back to `X`, at any depth? */
export type Mentions<Body, X extends string> =
  Body extends Then<infer Node, infer Next>
    ? NodeMentions<Node, X> extends true
      ? true
      : Mentions<Next, X>
    : false;

type NodeMentions<Node, X extends string> =
  Node extends Again<infer L>
    ? L extends X
      ? true
      : false
    : Node extends Loop<string, unknown, infer Body>
      ? Mentions<Body, X>
      : Node extends { readonly instruction: "Branch"; readonly branches: infer B }
        ? true extends { readonly [K in keyof B]: Mentions<B[K], X> }[keyof B]
          ? true
          : false
        : false;
