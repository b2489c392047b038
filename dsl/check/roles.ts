/** Whether the roles are declared, and of the kind that their steps need. */
import type { Distribute, GlobalStep, Send } from "../global.ts";
import { everyone } from "../role.ts";
import { callFaults } from "./calls.ts";
import { kindOf } from "./kind.ts";
import type { Head } from "./kind.ts";
import type { Fault } from "./problem.ts";

export function headFaults<Code>({ roles }: Head): readonly Fault<Code>[] {
  const names = Object.keys(roles);
  if (names.length === 0) {
    const what = "the choreography has no roles";
    return [{ code: "AURA1101", what, todo: "Declare at least one" }];
  }
  const todo = "Rename the role";
  return names.flatMap((role): readonly Fault<Code>[] => {
    if (role === everyone) {
      return [{ code: "AURA1102", what: `'${everyone}' cannot be a role's name`, todo, role }];
    }
    if (/^[a-z][A-Za-z0-9]*$/.test(role)) return [];
    return [{ code: "AURA1103", what: `the role '${role}' is not a camelCase name`, todo, role }];
  });
}

/** What is wrong with the roles of one step; the steps inside it are judged for themselves. */
export function roleFaults<Code>(step: GlobalStep<Code>, global: Head): readonly Fault<Code>[] {
  switch (step.verb) {
    case "broadcast":
      return roleFault(step.by, "one", global);
    case "send":
      return sendFaults(step, global);
    case "collect":
      return roleFault(step.by, "many", global);
    case "distribute":
      return familyFaults(step, global);
    case "local":
    case "wait":
      return placeFault(step.at, global);
    case "check":
      return roleFault(step.at, "any", global);
    case "choice":
      return step.by === everyone ? [] : roleFault(step.by, "one", global);
    case "rec":
    case "again":
    case "parallel":
      return [];
    case "call":
    case "acquire":
    case "release":
      return callFaults(step, global);
    case "abort":
      return roleFault(step.by, "one", global);
  }
}

function placeFault<Code>(at: string, global: Head): readonly Fault<Code>[] {
  return at === everyone ? [] : roleFault(at, "any", global);
}

function sendFaults<Code>(step: Send<Code>, global: Head): readonly Fault<Code>[] {
  const { by, to } = step;
  const unfit = [...roleFault<Code>(by, "one", global), ...roleFault<Code>(to, "any", global)];
  if (unfit.length > 0 || by !== to) return unfit;
  const todo = "Name another role, or use a local step";
  return [{ code: "AURA1106", what: `'${by}' sends to itself`, todo, role: by }];
}

function familyFaults<Code>(step: Distribute<Code>, global: Head): readonly Fault<Code>[] {
  return [...roleFault<Code>(step.by, "many", global), ...roleFault<Code>(step.to, "many", global)];
}

/** What is wrong with naming `role` where a role of `kind` must stand. */
function roleFault<Code>(
  role: string,
  kind: "one" | "many" | "any",
  global: Head,
): readonly Fault<Code>[] {
  const declared = kindOf(role, global);
  if (declared === undefined) {
    const names = Object.keys(global.roles);
    const what = `'${role}' is not a role of ${global.name}`;
    return [{ code: "AURA1104", what, todo: `Name one of: ${names.join(", ")}`, role }];
  }
  if (kind === "any" || kind === declared) return [];
  const todo = kind === "one" ? "Name a role that one device plays" : "Name a role family";
  const what = `'${role}' is declared as ${declared}, and the step needs ${kind}`;
  return [{ code: "AURA1105", what, todo, role }];
}
