/** A role's instructions by value, in the words of `Shown`. */
import type { ProjectedBody, ProjectedNode } from "../../../dsl/index.ts";

type Parts = Readonly<Record<string, ProjectedBody<string>>>;

/** Strings and lists of strings: printed as JSON, it is the type that `Shown` gives. */
export function shownBody(body: ProjectedBody<string>): readonly unknown[] {
  return body.map(shownNode);
}

function shownNode(node: ProjectedNode<string>): unknown {
  switch (node.instruction) {
    case "WriteToLedger": {
      const each = node.toEach === undefined ? "" : ` each ${node.toEach}`;
      const sealed = node.sealedTo === undefined ? "" : ` sealed to ${node.sealedTo}`;
      return `write ${node.label}${each}${sealed}`;
    }
    case "AwaitEvent":
      return `await ${node.label} from ${node.from}${options(node)}`;
    case "AwaitThreshold":
      return `gather ${node.label} from ${node.from} of ${node.atLeast}${options(node)}`;
    case "Compute":
      return `compute ${node.label}`;
    case "WaitEpochs":
      return `sleep ${node.label}`;
    case "CheckForEvent":
      return `look ${node.label} for ${node.of}`;
    case "Branch":
      return "from" in node
        ? { offer: node.from, branches: shownParts(node.branches) }
        : { select: node.label, branches: shownParts(node.branches) };
    case "Loop":
      return { loop: node.label, atMost: node.atMost, steps: shownBody(node.steps) };
    case "Again":
      return `again ${node.label}`;
    case "Fork":
      return { fork: node.label, blocks: shownParts(node.blocks) };
    case "RunSubProtocol":
      return `run ${node.label} as ${node.as}${node.onAbort === undefined ? "" : " absent"}`;
    case "Abort":
      return "abort";
    case "AwaitAbort":
      return `await abort from ${node.from}`;
    case "Return":
      return `return ${node.label ?? "nothing"}`;
  }
}

function shownParts(parts: Parts): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(parts).map(([label, body]) => [label, shownBody(body)]));
}

function options(node: {
  readonly sealed?: true;
  readonly addressed?: true;
  readonly onTimeout?: "absent";
  readonly accept?: string;
}): string {
  return [
    node.sealed === undefined ? "" : " sealed",
    node.addressed === undefined ? "" : " addressed",
    node.onTimeout === undefined ? "" : " absent",
    node.accept === undefined ? "" : " checked",
  ].join("");
}
