/** A comment for each instruction: what it does, in a sentence. */
import { everyone } from "../dsl/index.ts";
import type { GlobalStep, ProjectedNode } from "../dsl/index.ts";
import type { SourceCode } from "./source.ts";

/** The steps of a choreography by their labels; a label stands for one event. */
export type StepsByLabel = ReadonlyMap<string, GlobalStep<SourceCode>>;

/** All steps of `steps`, at any depth, by label; a recursion before its `again`. */
export function stepsByLabel(steps: readonly GlobalStep<SourceCode>[]): StepsByLabel {
  const found = new Map<string, GlobalStep<SourceCode>>();
  const visit = (list: readonly GlobalStep<SourceCode>[]): void => {
    for (const step of list) {
      if (!found.has(step.label)) found.set(step.label, step);
      switch (step.verb) {
        case "choice":
          step.branches.forEach((branch) => visit(branch.steps));
          break;
        case "rec":
          visit(step.steps);
          break;
        case "parallel":
          step.blocks.forEach((block) => visit(block.steps));
          break;
        default:
      }
    }
  };
  visit(steps);
  return found;
}

/** What `node` does. */
export function describeNode(node: ProjectedNode<SourceCode>, steps: StepsByLabel): string {
  switch (node.instruction) {
    case "WriteToLedger":
      return `${node.label}: write to the ledger, for ${receiver(node.label, node.toEach, steps)}.`;
    case "AwaitEvent":
      return `${node.label}: wait for ${node.from}${orGoOn(node.onTimeout)}.`;
    case "AwaitThreshold":
      return `${node.label}: wait for ${node.atLeast} of ${node.from}${orGoOn(node.onTimeout)}.`;
    case "Compute":
      return `${node.label}: compute${combined(node.label, steps)}.`;
    case "WaitEpochs":
      return `${node.label}: sleep.`;
    case "CheckForEvent":
      return `${node.label}: look for ${node.of}, without waiting.`;
    case "Branch":
      if ("decide" in node) return `${node.label}: decide${alike(node.label, steps)}.`;
      return `${node.label}: go on as ${node.from} tells.`;
    case "Loop":
      return `${node.label}: repeat, up to ${node.atMost} turns.`;
    case "Again":
      return `${node.label}: once more.`;
    case "Fork":
      return `${node.label}: side by side.`;
    case "RunSubProtocol":
      return `${node.label}: ${running(node.label, steps)} as ${node.as}${orGoOn(node.onAbort)}.`;
    case "Abort":
      return "Give the session up.";
    case "AwaitAbort":
      return `Wait for ${node.from} to give the session up.`;
    case "Return":
      return node.label === undefined ? "The end." : `The result is ${node.label}.`;
  }
}

function receiver(label: string, toEach: string | undefined, steps: StepsByLabel): string {
  if (toEach !== undefined) return `each of ${toEach}`;
  const step = steps.get(label);
  return step?.verb === "send" ? step.to : everyone;
}

function combined(label: string, steps: StepsByLabel): string {
  const step = steps.get(label);
  const combines = step?.verb === "local" ? step.combines : undefined;
  return combines === undefined ? "" : `, the same from every quorum of ${combines}`;
}

function orGoOn(absent: "absent" | undefined): string {
  return absent === undefined ? "" : ", or go on without";
}

function alike(label: string, steps: StepsByLabel): string {
  const step = steps.get(label);
  return step?.verb === "choice" && step.by === everyone ? ", as everyone does alike" : "";
}

function running(label: string, steps: StepsByLabel): string {
  const step = steps.get(label);
  switch (step?.verb) {
    case "call":
      return `run ${step.callee.name}`;
    case "acquire":
      return `take the lock ${step.lock} by ${step.callee.name}`;
    case "release":
      return `give the lock ${step.lock} back by ${step.callee.name}`;
    default:
      return "run";
  }
}
