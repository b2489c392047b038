/** Choices and parallels with their trivial cases taken away. */
import type { Place } from "../../dsl/index.ts";
import { refuseAt } from "./refuse.ts";
import type { ChoiceAt } from "./syntax.ts";
import type { FlowNode, NodeBlock } from "./unfold.ts";

/** Most steps of one protocol after its calls are unfolded. */
const maxSteps = 5_000;

/** Counts what unfolding makes: calls can multiply without end. */
export interface Budget {
  spend(steps: number): void;
}

export function unfoldBudget(place: Place): Budget {
  let spent = 0;
  return {
    spend: (steps) => {
      spent += steps;
      if (spent <= maxSteps) return;
      throw refuseAt(
        place,
        `with its calls unfolded, the protocol has more than ${maxSteps} steps`,
        "Call fewer protocols, or split it into several sessions",
      );
    },
  };
}

/** A choice with two branches or more; what is in its only branch otherwise. */
export function joinBranches(
  at: string,
  branches: readonly NodeBlock[],
  choice: ChoiceAt,
  budget: Budget,
): readonly FlowNode[] {
  const empty = branches.find(({ nodes }) => nodes.length === 0);
  if (empty !== undefined) {
    throw refuseAt(
      empty.place,
      `a branch of the choice at '${choice.at.text}' is empty: nobody is told that it was taken`,
      `Begin it with a message from '${choice.at.text}'`,
    );
  }
  const [only, ...others] = branches;
  if (only !== undefined && others.length === 0) return only.nodes;
  const flat = branches.flatMap((branch) => opened(at, branch, budget));
  return [{ kind: "choice", at, branches: flat, place: choice.place }];
}

/** The branches of a choice by the same role with which `branch` begins, or `branch` itself. */
function opened(at: string, branch: NodeBlock, budget: Budget): readonly NodeBlock[] {
  const [first, ...rest] = branch.nodes;
  if (first?.kind !== "choice" || first.at !== at) return [branch];
  const leavesAll = first.branches.every(({ nodes }) => !fallsThrough(nodes));
  return first.branches.map(({ place, nodes }) => {
    // What follows a choice that never ends stays, so that it can be refused as dead.
    const after = fallsThrough(nodes) || leavesAll ? rest : [];
    budget.spend(after.length);
    return { place, nodes: [...nodes, ...after] };
  });
}

function fallsThrough(nodes: readonly FlowNode[]): boolean {
  const last = nodes.at(-1);
  switch (last?.kind) {
    case "choice":
      return last.branches.some((branch) => fallsThrough(branch.nodes));
    case "rec":
      return fallsThrough(last.nodes);
    case "again":
      return false;
    default:
      return true;
  }
}

/** A parallel with two blocks or more; what is in the only one otherwise. */
export function joinBlocks(blocks: readonly NodeBlock[], place: Place): readonly FlowNode[] {
  const full = blocks.filter(({ nodes }) => nodes.length > 0);
  const [only, ...others] = full;
  if (only === undefined) return [];
  return others.length === 0 ? only.nodes : [{ kind: "parallel", blocks: full, place }];
}
