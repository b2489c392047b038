/** Whether recursions are bounded, and every step can be reached. */
import type { GlobalStep } from "../global.ts";
import { problemAt } from "./problem.ts";
import type { Fault, Problem } from "./problem.ts";
import type { Steps } from "./walk.ts";
import { partsOf } from "./walk.ts";

export function checkRecursion<Code>(steps: Steps<Code>): readonly Problem<Code>[] {
  return steps.flatMap((step, index) => [
    ...(step.verb === "rec" ? boundFaults<Code>(step.atMost) : []).map((fault) =>
      problemAt(step, fault),
    ),
    ...partsOf(step).flatMap((part) => checkRecursion(part.steps)),
    ...unreached(step, steps[index + 1]),
  ]);
}

function boundFaults<Code>(atMost: number | string): readonly Fault<Code>[] {
  const isName = typeof atMost === "string" && /^[A-Za-z_$][\w$]*$/.test(atMost);
  if (isName || (Number.isSafeInteger(atMost) && Number(atMost) >= 1)) return [];
  const what = `atMost is ${String(atMost)}, and a recursion needs a number of turns`;
  const todo = "Give a whole number from 1, or the name of a parameter";
  return [{ code: "AURA1404", what, todo }];
}

/** An `again` or `abort` itself is last by the notation; here it ends every branch before `next`. */
function unreached<Code>(
  step: GlobalStep<Code>,
  next: GlobalStep<Code> | undefined,
): readonly Problem<Code>[] {
  if (next === undefined || goesOn(step)) return [];
  const what = `the step '${next.label}' is never reached: '${step.label}' always goes again or aborts`;
  const todo = "Remove the step, or let a way through what is before it come to its end";
  return [problemAt(next, { code: "AURA1407", what, todo, also: [step] })];
}

/** Whether some way through `step` comes to its end. */
export function goesOn<Code>(step: GlobalStep<Code>): boolean {
  switch (step.verb) {
    case "again":
    case "abort":
      return false;
    case "choice":
      return step.branches.some((branch) => branch.steps.every(goesOn));
    case "rec":
      return step.steps.every(goesOn);
    case "parallel":
      return step.blocks.every((block) => block.steps.every(goesOn));
    default:
      return true;
  }
}
