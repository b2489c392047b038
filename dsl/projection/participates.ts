/** Whether a role does anything in a recursion, as its steps are written. */
import type { GlobalStep, Rec } from "../global.ts";
import { everyone } from "../role.ts";

/**
 * Whether `role` takes part in the recursion. An abort only wakes those who wait elsewhere, so that it
 * is no part of its own; a jump to a recursion around it is, for the role goes along.
 */
export function participates<Code>({ label, steps }: Rec<Code>, role: string): boolean {
  return takesPart(steps, role, [label]);
}

function takesPart<Code>(
  steps: readonly GlobalStep<Code>[],
  role: string,
  inside: readonly string[],
): boolean {
  return steps.some((step) => {
    switch (step.verb) {
      case "broadcast":
        return true;
      case "send":
        return step.by === role || step.to === role;
      case "collect":
        return true;
      case "distribute":
        return step.by === role || step.to === role;
      case "local":
      case "wait":
      case "check":
        return step.at === role || step.at === everyone;
      case "choice":
        return (
          step.by === role ||
          step.by === everyone ||
          step.branches.some((branch) => takesPart(branch.steps, role, inside))
        );
      case "rec":
        return takesPart(step.steps, role, [...inside, step.label]);
      case "again":
        return !inside.includes(step.label);
      case "parallel":
        return step.blocks.some((block) => takesPart(block.steps, role, inside));
      case "call":
      case "acquire":
      case "release":
        return Object.values(step.roles).includes(role);
      case "abort":
        return step.by === role;
    }
  });
}
