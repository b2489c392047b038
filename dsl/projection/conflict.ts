/** Why a choice cannot be projected to a role that does not make it, in words for its author. */
import type { Branch, Choice } from "../global.ts";
import type { ProjectedNode } from "./projected.ts";

/** What keeps two local behaviours from being one. */
export type ConflictReason =
  /** The same label stands for two different events. */
  | "payload"
  /** It waits for different senders. */
  | "senders"
  /** It waits in the one and acts in the other. */
  | "mixed"
  /** It is done in the one and waits in the other. */
  | "ending"
  /** It is done in the one and acts in the other. */
  | "acting"
  /** It goes on differently, and nobody tells it how. */
  | "untold";

/** The first actions that do not go together; `undefined` where there is none. */
export interface Clash<Code> {
  readonly reason: ConflictReason;
  readonly nodes: readonly [ProjectedNode<Code> | undefined, ProjectedNode<Code> | undefined];
}

/** A choice that role `role` cannot follow. */
export interface Conflict<Code> extends Clash<Code> {
  readonly role: string;
  readonly choice: Choice<Code>;
  readonly branches: readonly [Branch<Code>, Branch<Code>];
  readonly what: string;
  readonly todo: string;
}

/** The conflict of `role` at `choice`, with the sentences that say it. */
export function conflictAt<Code>(
  role: string,
  choice: Choice<Code>,
  branches: readonly [Branch<Code>, Branch<Code>],
  { reason, nodes }: Clash<Code>,
): Conflict<Code> {
  const [a, b] = branches;
  const [first, second] = nodes;
  const what =
    `'${role}' cannot tell '${a.label}' from '${b.label}': ` +
    `in the one it ${inWords(first)}, in the other it ${inWords(second)}`;
  const todo =
    reason === "payload"
      ? "Give the two events labels of their own"
      : `Let ${choice.by} tell ${role} first in each branch`;
  return { role, choice, branches, reason, nodes, what, todo };
}

/** What role does at `node`, as the rest of a sentence about it. */
function inWords<Code>(node: ProjectedNode<Code> | undefined): string {
  switch (node?.instruction) {
    case undefined:
    case "Return":
      return "is done";
    case "WriteToLedger":
      return `sends ${node.label}`;
    case "AwaitEvent":
      return `waits for ${node.label} from ${node.from}`;
    case "AwaitThreshold":
      return `waits for ${node.label} from members of ${node.from}`;
    case "Compute":
      return `computes ${node.label}`;
    case "WaitEpochs":
      return `sleeps at ${node.label}`;
    case "CheckForEvent":
      return `looks for ${node.of} at ${node.label}`;
    case "Branch": {
      const labels = Object.keys(node.branches).join(" or ");
      return "from" in node ? `waits for ${labels} from ${node.from}` : `decides on ${labels}`;
    }
    case "Loop": {
      const [first] = node.steps;
      return first === undefined ? `repeats ${node.label}` : inWords(first);
    }
    case "Again":
      return `goes back to ${node.label}`;
    case "Fork":
      return `does ${Object.keys(node.blocks).join(" and ")} side by side`;
    case "RunSubProtocol":
      return `takes part in ${node.label}`;
    case "Abort":
      return "gives the session up";
    case "AwaitAbort":
      return `waits for the abort of ${node.from}`;
  }
}
