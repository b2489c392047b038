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

/** An instruction holds the global step that it is of: all that it says is said there. */
export interface Write<Step> {
  readonly instruction: "WriteToLedger";
  readonly step: Step;
}

export interface Await<Step> {
  readonly instruction: "AwaitEvent";
  readonly step: Step;
}

export interface Gather<Step> {
  readonly instruction: "AwaitThreshold";
  readonly step: Step;
}

export interface Compute<Step> {
  readonly instruction: "Compute";
  readonly step: Step;
}

export interface Sleep<Step> {
  readonly instruction: "WaitEpochs";
  readonly step: Step;
}

export interface Look<Step> {
  readonly instruction: "CheckForEvent";
  readonly step: Step;
}

/** As role `As` of the callee. */
export interface Run<Step, As extends string> {
  readonly instruction: "RunSubProtocol";
  readonly step: Step;
  readonly as: As;
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

/**
 * `Next` after `Body`, where that falls through. As everywhere here, what an alias gives is named by
 * `infer` before it is an argument: else the compiler keeps the whole unresolved, and walks it again
 * and again.
 */
export type Append<Body, Next> =
  Body extends Then<infer Node, infer Rest>
    ? Append<Rest, Next> extends infer More
      ? Then<Node, More>
      : never
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

/** Most nodes lead nowhere else, which is seen at once. */
interface Leading {
  readonly instruction: "Again" | "Loop" | "Branch";
}

type NodeMentions<Node, X extends string> = Node extends Leading ? LeadingMentions<Node, X> : false;

type LeadingMentions<Node, X extends string> =
  Node extends Again<infer L>
    ? L extends X
      ? true
      : false
    : Node extends Loop<string, unknown, infer Body>
      ? Mentions<Body, X>
      : Node extends { readonly branches: infer B }
        ? true extends { readonly [K in keyof B]: Mentions<B[K], X> }[keyof B]
          ? true
          : false
        : false;
