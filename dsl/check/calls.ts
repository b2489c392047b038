/** Whether a nested choreography gets the roles that it needs, and comes to an end. */
import type { Acquire, Call, Release } from "../global.ts";
import { kindOf } from "./kind.ts";
import type { Head } from "./kind.ts";
import { nearest } from "./nearest.ts";
import type { Fault } from "./problem.ts";

type Nested<Code> = Call<Code> | Acquire<Code> | Release<Code>;

export function callFaults<Code>(step: Nested<Code>, global: Head): readonly Fault<Code>[] {
  return [
    ...missingRoles(step),
    ...Object.entries(step.roles).flatMap(([theirs, ours]) =>
      passedFaults(step, theirs, ours, global),
    ),
    ...twicePassed(step),
    ...cycleFaults(step, global),
  ];
}

function missingRoles<Code>({ callee, roles }: Nested<Code>): readonly Fault<Code>[] {
  return Object.keys(callee.roles)
    .filter((role) => !Object.hasOwn(roles, role))
    .map((role) => ({
      code: "AURA1501",
      what: `the role '${role}' of ${callee.name} is played by nobody`,
      todo: `Add ${role}: "…" to roles, with the role here that plays it`,
    }));
}

function passedFaults<Code>(
  { callee }: Nested<Code>,
  theirs: string,
  ours: string,
  global: Head,
): readonly Fault<Code>[] {
  const needed = kindOf(theirs, callee);
  if (needed === undefined) {
    const names = Object.keys(callee.roles);
    const meant = nearest(theirs, names);
    const what = `${callee.name} has no role '${theirs}'`;
    const todo = meant === undefined ? `Name one of: ${names.join(", ")}` : `Write '${meant}'`;
    return [{ code: "AURA1502", what, todo }];
  }
  const kind = kindOf(ours, global);
  if (kind === undefined) {
    const what = `'${ours}' is not a role of ${global.name}`;
    const todo = `Name one of: ${Object.keys(global.roles).join(", ")}`;
    return [{ code: "AURA1104", what, todo, role: ours }];
  }
  // A device alone can play a family of one; a family cannot play a single device.
  if (needed === "many" || kind === "one") return [];
  const what = `one device plays '${theirs}' of ${callee.name}, and '${ours}' is a family`;
  return [{ code: "AURA1503", what, todo: "Pass a role that one device plays", role: ours }];
}

function twicePassed<Code>({ roles, callee }: Nested<Code>): readonly Fault<Code>[] {
  const passed = Object.entries(roles);
  return passed.flatMap(([theirs, ours], index) => {
    const [first] = passed.find(([, role], i) => i < index && role === ours) ?? [];
    if (first === undefined) return [];
    const what = `'${ours}' plays both '${first}' and '${theirs}' of ${callee.name}`;
    const todo = "Pass a role of this choreography for one role only";
    return [{ code: "AURA1504" as const, what, todo, role: ours }];
  });
}

function cycleFaults<Code>({ callee }: Nested<Code>, global: Head): readonly Fault<Code>[] {
  const direct = callee.name === global.name;
  if (!direct && !callee.calls.includes(global.name)) return [];
  const what = direct
    ? `${global.name} calls itself`
    : `${global.name} calls ${callee.name}, which calls ${global.name}`;
  const todo = "Repeat with a recursion inside one choreography, which has a bound";
  return [{ code: "AURA1505", what, todo }];
}
