/** The outcome of a role, typed by its script: its result, and what the role knows at the end. */
import type { AnyEvent, Blame, Collected, PayloadOf, Script, ScriptBody } from "../../dsl/index.ts";
import type { Facts } from "../instruction.ts";

export interface Outcome<S extends Script = Script> {
  /** The choreography's result. */
  readonly result: ResultOf<S>;
  /** Everything that the role knows at the end, by label; some of it is this device's own. */
  readonly facts: FactsOf<S>;
  /** Who was caught cheating on the way, with evidence. */
  readonly blamed: readonly Blame[];
}

/**
 * What the role of script `S` knows at the end, by label. What is learnt in a branch is missing
 * where another was taken.
 */
export type FactsOf<S extends Script> = ScriptBody extends S["steps"]
  ? Facts
  : {
      readonly [L in LabelOf<Learning<S>>]:
        | ValueAt<Learning<S>, L>
        | (L extends LabelOf<Always<S["steps"][number]>> ? never : undefined);
    };

/** The result of script `S`: the value under the label of its `Return`. */
export type ResultOf<S extends Script> = ScriptBody extends S["steps"]
  ? unknown
  :
      | Returned<Always<S["steps"][number]>, FactsOf<S>>
      // A branch that returns has learnt what it returns.
      | Returned<
          Perhaps<S["steps"][number]>,
          { readonly [L in LabelOf<Learning<S>>]: ValueAt<Learning<S>, L> }
        >;

/** The value of the `Return` nodes among `Node`; a `Return` without a label gives none. */
type Returned<Node, Values> = Node extends { readonly instruction: "Return" }
  ? Node extends { readonly label: infer L extends keyof Values }
    ? Values[L]
    : Node extends { readonly label: string }
      ? unknown
      : undefined
  : never;

/** The nodes that are always performed, those of loops and of blocks among them. */
type Always<Node> = Node extends { readonly instruction: "Loop"; readonly steps: infer Steps }
  ? Always<NodesOf<Steps>>
  : Node extends { readonly instruction: "Fork"; readonly blocks: infer Blocks }
    ? Always<NodesOf<Blocks[keyof Blocks]>>
    : Node extends { readonly instruction: "Branch" }
      ? never
      : Node;

/** The nodes that some branch performs. */
type Perhaps<Node> = Node extends { readonly instruction: "Loop"; readonly steps: infer Steps }
  ? Perhaps<NodesOf<Steps>>
  : Node extends { readonly instruction: "Fork"; readonly blocks: infer Blocks }
    ? Perhaps<NodesOf<Blocks[keyof Blocks]>>
    : Node extends { readonly instruction: "Branch"; readonly branches: infer Branches }
      ? Always<NodesOf<Branches[keyof Branches]>> | Perhaps<NodesOf<Branches[keyof Branches]>>
      : never;

/** The nodes of a list of which the type knows them. */
type NodesOf<Body> = Body extends ScriptBody
  ? ScriptBody extends Body
    ? never
    : Body[number]
  : never;

/** The nodes of `S` that make something known. A family's own write is part of its collect. */
type Learning<S extends Script> = Learns<Always<S["steps"][number]> | Perhaps<S["steps"][number]>>;

type Learns<Node> = Exclude<
  Node,
  | { readonly instruction: "Return" | "WaitEpochs" | "Again" | "Abort" | "AwaitAbort" }
  | { readonly instruction: "WriteToLedger"; readonly toEach: string }
  | {
      readonly instruction: "WriteToLedger";
      readonly label: LabelOf<Extract<Node, { readonly instruction: "AwaitThreshold" }>>;
    }
>;

type LabelOf<Node> = Node extends { readonly label: infer L extends string } ? L : never;

type ValueAt<Node, L extends string> = ValueOf<Extract<Node, { readonly label: L }>>;

type ValueOf<Node> = Node extends {
  readonly instruction: "Compute";
  readonly action: (context: never) => infer Value;
}
  ? Awaited<Value>
  : Node extends { readonly instruction: "RunSubProtocol"; readonly script: infer S extends Script }
    ? ResultOf<S> | IfAbsent<Node>
    : Node extends { readonly event: infer E extends AnyEvent }
      ? Node extends { readonly instruction: "AwaitThreshold" } | { readonly collected: true }
        ? Collected<PayloadOf<E>>
        : PayloadOf<E> | IfAbsent<Node>
      : unknown;

type IfAbsent<Node> = Node extends
  | { readonly instruction: "CheckForEvent" }
  | { readonly onTimeout: "absent" }
  | { readonly onAbort: "absent" }
  ? undefined
  : never;
