/**
 * The rules of the language by value: what the compiler refuses through the types, refused again
 * for a program that was not type-checked, and for the generator, which reads source text.
 */
import type { GlobalStep, GlobalType, Send } from "./global.ts";
import { everyone } from "./role.ts";
import { parseSession } from "./session.ts";
import type { SessionStep } from "./session.ts";

/** One broken rule. */
export interface Problem {
  /** Index of the step that breaks it, or the part of the choreography that does. */
  readonly at: number | "head" | "end";
  readonly what: string;
  readonly todo: string;
}

/** What the steps so far made known to everyone, and what of that is only a view. */
interface Knowledge {
  readonly shared: Set<string>;
  readonly views: Set<string>;
  readonly collects: Set<string>;
}

/** A broken rule, of which only its place is not said yet. */
type Fault = Omit<Problem, "at">;

/**
 * The rules that `global` breaks, in the order of its steps; empty where it is well formed. What
 * follows a step out of order is not judged by it: one mistake gives one problem.
 *
 * @throws ProtocolError `InvalidDeclaration` for a session notation that does not parse
 */
export function checkGlobal<Code>(global: GlobalType<Code>): readonly Problem[] {
  const session = parseSession(global.session).filter((item) => item.kind === "step");
  const known: Knowledge = { shared: new Set(), views: new Set(), collects: new Set() };
  const problems: Problem[] = checkRoles(global).map((fault) => ({ ...fault, at: "head" }));
  for (const [at, step] of global.steps.entries()) {
    const misplaced = checkOrder(step, session[at]);
    const faults = misplaced.length > 0 ? misplaced : checkStep(step, global, known);
    problems.push(...faults.map((fault) => ({ ...fault, at })));
    if (misplaced.length > 0) return problems;
    learn(step, global, known);
  }
  const end = checkEnd(global, session, known);
  return [...problems, ...end.map((fault) => ({ ...fault, at: "end" as const }))];
}

function checkRoles<Code>({ roles }: GlobalType<Code>): readonly Fault[] {
  const names = Object.keys(roles);
  if (names.length === 0) {
    return [{ what: "the choreography has no roles", todo: "Declare at least one" }];
  }
  const todo = "Rename the role";
  return names.flatMap((role) => {
    if (role === everyone) return [{ what: `'${everyone}' cannot be a role's name`, todo }];
    if (/^[a-z][A-Za-z0-9]*$/.test(role)) return [];
    return [{ what: `the role '${role}' is not a camelCase name`, todo }];
  });
}

function checkOrder<Code>(step: GlobalStep<Code>, expected?: SessionStep): readonly Fault[] {
  if (expected === undefined) {
    const what = `the step '${step.label}' comes after the session's end`;
    return [{ what, todo: "Remove the step, or name it in the session" }];
  }
  if (step.label !== expected.label) {
    const what = `the session expects the step '${expected.label}' here, not '${step.label}'`;
    return [{ what, todo: "Put the steps in the session's order" }];
  }
  if (expected.star && step.verb !== "collect") {
    const what = `'${step.label}*' is a step of every member of a family`;
    return [{ what, todo: "Write it with collect" }];
  }
  if (!expected.star && step.verb === "collect") {
    const what = `'${step.label}' is a step of one role`;
    return [
      {
        what,
        todo: `Write it with broadcast, send, local or wait, or '${step.label}*' in the session`,
      },
    ];
  }
  return [];
}

function checkStep<Code>(
  step: GlobalStep<Code>,
  global: GlobalType<Code>,
  known: Knowledge,
): readonly Fault[] {
  switch (step.verb) {
    case "broadcast":
      return checkRole(step.by, "one", global);
    case "send":
      return checkReceiver(step, global);
    case "collect":
      return [...checkRole(step.by, "many", global), ...checkCount(step.atLeast)];
    case "local": {
      const placed = step.at === everyone ? [] : checkRole(step.at, "any", global);
      return [...placed, ...checkCombines(step.combines, known)];
    }
    case "wait":
      return step.at === everyone ? [] : checkRole(step.at, "any", global);
  }
}

function checkRole<Code>(
  role: string,
  kind: "one" | "many" | "any",
  global: GlobalType<Code>,
): readonly Fault[] {
  const declared = Object.hasOwn(global.roles, role) ? global.roles[role] : undefined;
  if (declared === undefined) {
    const roles = Object.keys(global.roles).join(", ");
    return [{ what: `'${role}' is not a role of ${global.name}`, todo: `Name one of: ${roles}` }];
  }
  if (kind === "any" || kind === declared) return [];
  const todo = kind === "one" ? "Name a role that one device plays" : "Name a role family";
  return [{ what: `'${role}' is declared as ${declared}, and the step needs ${kind}`, todo }];
}

function checkReceiver<Code>({ by, to }: Send<Code>, global: GlobalType<Code>): readonly Fault[] {
  const unfit = [...checkRole(by, "one", global), ...checkRole(to, "one", global)];
  if (unfit.length > 0 || by !== to) return unfit;
  return [{ what: `'${by}' sends to itself`, todo: "Name another role, or use a local step" }];
}

function checkCount(atLeast: number | string): readonly Fault[] {
  if (typeof atLeast === "string" || (Number.isSafeInteger(atLeast) && atLeast >= 1)) return [];
  const what = `atLeast is ${atLeast}, and a wait needs at least one author`;
  return [{ what, todo: 'Give a whole number from 1, the name of a parameter, or "all"' }];
}

function checkCombines(combines: string | undefined, known: Knowledge): readonly Fault[] {
  if (combines === undefined || known.collects.has(combines)) return [];
  const what = `'${combines}' is not a collect that comes before this step`;
  return [{ what, todo: "Name a collect whose every quorum gives the same value" }];
}

function learn<Code>(step: GlobalStep<Code>, global: GlobalType<Code>, known: Knowledge): void {
  const audience = new Set(audienceOf(step, global));
  if (Object.keys(global.roles).every((role) => audience.has(role))) known.shared.add(step.label);
  switch (step.verb) {
    case "broadcast":
    case "send":
      return;
    case "collect":
      known.collects.add(step.label);
      if (step.atLeast !== "all") known.views.add(step.label);
      return;
    case "local": {
      const own = global.roles[step.at] === "many";
      const tainted = step.combines === undefined && (own || known.views.size > 0);
      if (tainted) known.views.add(step.label);
      return;
    }
    case "wait":
  }
}

/** The roles that know the step's value afterwards. */
function audienceOf<Code>(step: GlobalStep<Code>, global: GlobalType<Code>): readonly string[] {
  switch (step.verb) {
    case "broadcast":
      return Object.keys(global.roles);
    case "send":
      return [step.by, step.to];
    case "collect":
      return Object.keys(global.roles);
    case "local":
      return step.at === everyone ? Object.keys(global.roles) : [step.at];
    case "wait":
      return [];
  }
}

function checkEnd<Code>(
  global: GlobalType<Code>,
  session: readonly SessionStep[],
  known: Knowledge,
): readonly Fault[] {
  const missing = session[global.steps.length];
  if (missing !== undefined) {
    const what = `the session still expects the step '${missing.label}'`;
    return [{ what, todo: "Add the step before returns" }];
  }
  if (!known.shared.has(global.result)) {
    const what = `the result '${global.result}' is not known to everyone`;
    return [{ what, todo: "Return the label of a broadcast, or of a local step at everyone" }];
  }
  if (known.views.has(global.result)) {
    const what = `the result '${global.result}' is a View: devices may hold different ones`;
    return [{ what, todo: "Combine it in a local step, or broadcast one" }];
  }
  return [];
}
