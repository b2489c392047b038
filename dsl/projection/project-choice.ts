/** Projection of a choice: at the role that makes it, and at one that learns of it. */
import { conflictAt } from "./conflict.ts";
import type { Clash, Conflict } from "./conflict.ts";
import type { Branch, Choice } from "../global.ts";
import { followedBy, merge } from "./merge.ts";
import type { ProjectedBody } from "./projected.ts";
import { enter, goesBackTo, truncated, unfoldLast } from "./projecting.ts";
import type { Enclosing, Env, Outcome } from "./projecting.ts";
import { everyone } from "../role.ts";

export function projectChoice<Code>(
  choice: Choice<Code>,
  next: ProjectedBody<Code>,
  env: Env<Code>,
): Outcome<Code> {
  if (env.staying.includes(choice)) {
    return { body: [{ instruction: "Again", label: loopLabel(choice) }] };
  }
  return choice.by === env.role || choice.by === everyone
    ? decide(choice, next, env)
    : follow(choice, next, env);
}

/** The role decides: its branches meet again after the choice, if they can. */
function decide<Code>(
  choice: Choice<Code>,
  next: ProjectedBody<Code>,
  env: Env<Code>,
): Outcome<Code> {
  const apart = select(choice, [], truncated(env, next));
  if (apart.conflict === undefined) return { body: followedBy(apart.body, next) };
  return next.length === 0 ? apart : select(choice, next, env);
}

function select<Code>(
  choice: Choice<Code>,
  next: ProjectedBody<Code>,
  env: Env<Code>,
): Outcome<Code> {
  const bodies = branchesOf(choice, next, env);
  if (bodies.conflict !== undefined) return bodies;
  const { label, decide: action } = choice;
  const branches = Object.fromEntries(
    choice.branches.map((branch, index) => [branch.label, bodies.bodies[index] ?? []]),
  );
  return { body: [{ instruction: "Branch", label, decide: action, branches }] };
}

/**
 * The role is told, in the branches or after them: the branches are merged on their own, else
 * with what follows, else with the loops around them unfolded once.
 */
function follow<Code>(
  choice: Choice<Code>,
  next: ProjectedBody<Code>,
  env: Env<Code>,
): Outcome<Code> {
  const apart = mergeBranches(choice, [], truncated(env, next));
  if (apart.conflict === undefined) return { body: followedBy(apart.body, next) };
  const joined = next.length === 0 ? apart : mergeBranches(choice, next, env);
  if (joined.conflict === undefined) return joined;
  const loops = env.loops.filter((loop) => loop.complete && !isUnfolded(loop));
  for (const [index, outermost] of loops.entries()) {
    const unfolded = followUnfolded(choice, next, env, loops.slice(0, index + 1), outermost);
    if (unfolded !== undefined) return unfolded;
  }
  return joined;
}

function isUnfolded<Code>({ unfolding, unfolded }: Enclosing<Code>): boolean {
  return unfolding || unfolded !== undefined;
}

/** Merges with `chosen` loops unfolded once; a way back to this choice is a loop of its own. */
function followUnfolded<Code>(
  choice: Choice<Code>,
  next: ProjectedBody<Code>,
  env: Env<Code>,
  chosen: readonly Enclosing<Code>[],
  { rec: { atMost } }: Enclosing<Code>,
): Outcome<Code> | undefined {
  const loops: Enclosing<Code>[] = [];
  for (const loop of env.loops) {
    const unfolded = chosen.includes(loop) ? unfold(loop, choice) : loop;
    if (unfolded === undefined) return undefined;
    loops.push(unfolded);
  }
  const merged = mergeBranches(choice, unfoldLast(next, loops), { ...env, loops });
  if (merged.conflict !== undefined) return undefined;
  const label = loopLabel(choice);
  if (!goesBackTo(label, merged.body)) return merged;
  return { body: [{ instruction: "Loop", label, atMost, steps: merged.body }] };
}

/** The loop with its steps once more, in which `choice` is a jump back to it. */
function unfold<Code>(loop: Enclosing<Code>, choice: Choice<Code>): Enclosing<Code> | undefined {
  const { rec, next, env } = loop;
  const inside = enter(rec, next, { ...env, staying: [...env.staying, choice] }, true);
  const steps = env.projectSteps(rec.steps, next, inside);
  return steps.conflict === undefined ? { ...loop, unfolded: steps.body } : undefined;
}

/** Label of the loop that a choice becomes for a role that is told late. */
function loopLabel<Code>({ branches, label }: Choice<Code>): string {
  return branches[0]?.label ?? label;
}

/** One behaviour out of all branches. */
function mergeBranches<Code>(
  choice: Choice<Code>,
  next: ProjectedBody<Code>,
  env: Env<Code>,
): Outcome<Code> {
  const all = branchesOf(choice, next, env);
  if (all.conflict !== undefined) return all;
  // To come back to this choice without having done anything adds nothing to it.
  const back = loopLabel(choice);
  const bodies = all.bodies.flatMap((body, index) => {
    const branch = choice.branches[index];
    return branch === undefined || isJumpTo(back, body) ? [] : [{ branch, body }];
  });
  const [head, ...others] = bodies;
  let merged = head?.body ?? [];
  for (const [index, { branch, body }] of others.entries()) {
    const { body: united, clash } = merge(merged, body, env.same);
    if (clash !== undefined) {
      const earlier = bodies.slice(0, index + 1);
      return { conflict: conflictOf(choice, earlier, { branch, body }, clash, env) };
    }
    merged = united;
  }
  return { body: merged };
}

interface Followed<Code> {
  readonly branch: Branch<Code>;
  readonly body: ProjectedBody<Code>;
}

/** The conflict of `late` with the first branch that it does not go together with. */
function conflictOf<Code>(
  choice: Choice<Code>,
  earlier: readonly Followed<Code>[],
  late: Followed<Code>,
  clash: Clash<Code>,
  { role, same }: Env<Code>,
): Conflict<Code> {
  for (const { branch, body } of earlier) {
    const own = merge(body, late.body, same).clash;
    if (own !== undefined) return conflictAt(role, choice, [branch, late.branch], own);
  }
  // Only together do the earlier ones clash with it: the first stands for them.
  const first = earlier[0]?.branch ?? late.branch;
  return conflictAt(role, choice, [first, late.branch], clash);
}

function isJumpTo<Code>(label: string, [only, ...others]: ProjectedBody<Code>): boolean {
  return only?.instruction === "Again" && only.label === label && others.length === 0;
}

/** The projected branches in their order, or the first conflict in one. */
function branchesOf<Code>(
  choice: Choice<Code>,
  next: ProjectedBody<Code>,
  env: Env<Code>,
): { readonly bodies: readonly ProjectedBody<Code>[]; readonly conflict?: never } | Failed<Code> {
  const bodies: ProjectedBody<Code>[] = [];
  for (const branch of choice.branches) {
    const projected = env.projectSteps(branch.steps, next, env);
    if (projected.conflict !== undefined) return projected;
    bodies.push(projected.body);
  }
  return { bodies };
}

interface Failed<Code> {
  readonly conflict: Conflict<Code>;
}
