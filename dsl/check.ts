/**
 * The rules of the language by value: what the compiler refuses through the types, refused again
 * for a program that was not type-checked, and for the generator, which reads source text; and
 * the rules that types cannot see.
 */
import { checkBranches } from "./check/branches.ts";
import { countFaults } from "./check/collects.ts";
import { checkKnowledge } from "./check/knowledge.ts";
import { checkLocks } from "./check/locks.ts";
import { checkMerges } from "./check/merge.ts";
import { readSession } from "./check/notation.ts";
import { checkOrder } from "./check/order.ts";
import { problemAt } from "./check/problem.ts";
import type { Problem } from "./check/problem.ts";
import { checkRecursion } from "./check/recursion.ts";
import { headFaults, roleFaults } from "./check/roles.ts";
import { checkTimes, timeFaults } from "./check/time.ts";
import { textOrder } from "./check/walk.ts";
import type { GlobalType } from "./global.ts";

export type { Part, Problem } from "./check/problem.ts";

/**
 * The rules that `global` breaks, in the order of its text; empty where it is well formed. What
 * follows a step out of order in its block is not judged: one mistake gives one problem.
 */
export function checkGlobal<Code>(global: GlobalType<Code>): readonly Problem<Code>[] {
  const head = headFaults<Code>(global).map((fault) => problemAt<Code>("head", fault));
  const read = readSession(global);
  if ("problem" in read) return Object.freeze([...head, read.problem]);
  // Without roles every step names one that is not there: that is said once.
  if (Object.keys(global.roles).length === 0) return Object.freeze(head);
  const order = checkOrder(global.steps, read.session);
  const single = [...order.judged].flatMap((step) =>
    [...roleFaults(step, global), ...countFaults(step), ...timeFaults(step)].map((fault) =>
      problemAt(step, fault),
    ),
  );
  const known = checkKnowledge(global, order.judged, order.complete);
  const found = [...head, ...order.problems, ...single, ...known];
  const all = order.problems.length > 0 ? found : [...found, ...checkWhole(global, found)];
  const text = textOrder(global.steps);
  const placeOf = ({ at }: Problem<Code>) => text.get(at) ?? 0;
  return Object.freeze(all.toSorted((a, b) => placeOf(a) - placeOf(b)));
}

/** The rules about all steps together, where each is at its place. */
function checkWhole<Code>(
  global: GlobalType<Code>,
  found: readonly Problem<Code>[],
): readonly Problem<Code>[] {
  const { steps } = global;
  const branches = checkBranches(steps);
  const whole = [...branches, ...checkRecursion(steps), ...checkLocks(steps)];
  const sound = [...found, ...branches].every(({ code }) => !unprojectable.test(code));
  return sound ? [...whole, ...checkTimes(global), ...checkMerges(global)] : whole;
}

/** What is wrong with roles, looks, branches or calls, so that nobody can say what a role does. */
const unprojectable = /^AURA(?:11|120[45]|13|150|17)/;
