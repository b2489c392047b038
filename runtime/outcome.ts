/** How a script ends, typed by the script: its result, and what its role knows. */
import type { AnyEvent, Blame, Collected, PayloadOf, Script, ScriptNode } from "../dsl/index.ts";

export interface Outcome<S extends Script = Script> {
  /** The choreography's result. */
  readonly result: ResultOf<S>;
  /** Everything that the role knows at the end, by label; some of it is this device's own. */
  readonly facts: FactsOf<S>;
  /** Who was caught cheating on the way, with evidence. */
  readonly blamed: readonly Blame[];
}

/** What the role of script `S` knows at the end, by label. */
export type FactsOf<S extends Script> = {
  readonly [L in LearningNode<S>["label"]]: ValueOf<
    Extract<LearningNode<S>, { readonly label: L }>
  >;
};

/** The result of script `S`: the value under the label of its `Return`. */
export type ResultOf<S extends Script> = FactsOf<S>[Extract<
  S["steps"][number],
  { readonly instruction: "Return" }
>["label"] &
  keyof FactsOf<S>];

/** The nodes of `S` that make something known. A family's own write is part of its collect. */
type LearningNode<S extends Script> = Exclude<
  S["steps"][number],
  | { readonly instruction: "Return" | "WaitEpochs" }
  | {
      readonly instruction: "WriteToLedger";
      readonly label: Extract<
        S["steps"][number],
        { readonly instruction: "AwaitThreshold" }
      >["label"];
    }
>;

type ValueOf<Node extends ScriptNode> = Node extends {
  readonly instruction: "Compute";
  readonly action: (context: never) => infer Value;
}
  ? Awaited<Value>
  : Node extends {
        readonly instruction: "AwaitThreshold";
        readonly event: infer E extends AnyEvent;
      }
    ? Collected<PayloadOf<E>>
    : Node extends {
          readonly instruction: "WriteToLedger" | "AwaitEvent";
          readonly event: infer E extends AnyEvent;
        }
      ? PayloadOf<E>
      : unknown;
