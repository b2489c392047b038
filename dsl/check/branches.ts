/** Whether every choice is told by its decider, and every label stands for one event. */
import type { Choice, GlobalStep } from "../global.ts";
import { everyone } from "../role.ts";
import { sameEvent } from "./code.ts";
import { problemAt } from "./problem.ts";
import type { Fault, Problem } from "./problem.ts";
import type { Steps } from "./walk.ts";
import { allSteps, isEventStep, ownerOf } from "./walk.ts";

export function checkBranches<Code>(steps: Steps<Code>): readonly Problem<Code>[] {
  const all = allSteps(steps);
  const choices = all.filter((step) => step.verb === "choice");
  return [...choices.flatMap(decidedElsewhere), ...twoMeanings(all)];
}

/** The others learn of a decision by the decider's own event, so it comes first in each branch. */
function decidedElsewhere<Code>(choice: Choice<Code>): readonly Problem<Code>[] {
  if (choice.by === everyone) return [];
  return choice.branches.flatMap((branch) => {
    const first = firstStep(branch.steps);
    if (first === undefined || tells(first, choice.by)) return [];
    const owner = ownerOf(first);
    const begins = owner === undefined ? first.verb : `${first.verb} of '${owner}'`;
    const fault: Fault<Code> = {
      code: "AURA1303",
      what: `the branch '${branch.label}' begins with ${begins}, and '${choice.by}' decides`,
      todo: `Begin the branch with a broadcast or send by '${choice.by}'`,
      role: choice.by,
      also: [choice],
    };
    return [problemAt(first, fault)];
  });
}

/** A choice or recursion at the head begins as its own first step does. */
function firstStep<Code>(steps: Steps<Code>): GlobalStep<Code> | undefined {
  const [first] = steps;
  return first?.verb === "rec" ? firstStep(first.steps) : first;
}

function tells<Code>(step: GlobalStep<Code>, decider: string): boolean {
  switch (step.verb) {
    case "broadcast":
    case "send":
    case "abort":
    case "choice":
      // The branches of a choice at the head are judged for themselves.
      return step.by === decider;
    default:
      return false;
  }
}

/** C1: where a label comes again in another branch, it is the same event of the same author. */
function twoMeanings<Code>(all: readonly GlobalStep<Code>[]): readonly Problem<Code>[] {
  const first = new Map<string, GlobalStep<Code>>();
  return all.flatMap((step) => {
    if (step.verb === "again" || step.verb === "abort") return [];
    const earlier = first.get(step.label);
    if (earlier === undefined) {
      first.set(step.label, step);
      return [];
    }
    const difference = differenceOf(earlier, step);
    if (difference === undefined) return [];
    const fault: Fault<Code> = {
      code: "AURA1307",
      what: `'${step.label}' is in two branches ${difference}`,
      todo: "Give one of them another label, or make them the same",
      also: [earlier],
    };
    return [problemAt(step, fault)];
  });
}

function differenceOf<Code>(a: GlobalStep<Code>, b: GlobalStep<Code>): string | undefined {
  if (a.verb !== b.verb) return `as two verbs, ${a.verb} and ${b.verb}`;
  const [ofA, ofB] = [ownerOf(a), ownerOf(b)];
  if (ofA !== undefined && ofA !== ofB) return `of two roles, '${ofA}' and '${ofB}'`;
  if (!isEventStep(a) || !isEventStep(b)) return undefined;
  return sameEvent(a.event, b.event) ? undefined : "with two events";
}
