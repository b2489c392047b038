/**
 * Projection by value: what one role does of a global type, G↾r (Honda, Yoshida, Carbone,
 * "Multiparty asynchronous session types", POPL 2008, §4.2), as a right fold: each step is put
 * before the instructions that follow it. `Project` computes the same in the type system; both
 * treat their cases in the same order, and a generated script, made by this one, must satisfy the
 * other.
 */
import type { Conflict } from "./conflict.ts";
import { ProtocolError } from "../errors.ts";
import type { GlobalStep, GlobalType, Parallel, Rec } from "../global.ts";
import { followedBy } from "./merge.ts";
import { participates } from "./participates.ts";
import { projectChoice } from "./project-choice.ts";
import { projectStep } from "./project-step.ts";
import { enter, goesBackTo, truncated } from "./projecting.ts";
import type { Env, Outcome } from "./projecting.ts";
import type { ProjectedBody } from "./projected.ts";
import { sameCode } from "./same.ts";
import type { SameCode } from "./same.ts";

/** What a role does, or the choice that it cannot follow. */
export type Projection<Code> =
  | { readonly body: ProjectedBody<Code>; readonly conflict?: never }
  | { readonly body?: never; readonly conflict: Conflict<Code> };

/**
 * What role `role` does in `global`, in order.
 *
 * @throws ProtocolError `NotProjectable` where it cannot follow a choice
 */
export function project<Code>(
  global: GlobalType<Code>,
  role: string,
  same: SameCode = sameCode,
): ProjectedBody<Code> {
  const projected = projection(global, role, same);
  if (projected.conflict === undefined) return projected.body;
  const { choice, what, todo } = projected.conflict;
  const where = { protocol: global.name, step: choice.label, role };
  throw new ProtocolError({ code: "NotProjectable", what, todo, where });
}

/** What role `role` does in `global`, or the conflict that keeps it from doing anything. */
export function projection<Code>(
  global: GlobalType<Code>,
  role: string,
  same: SameCode = sameCode,
): Projection<Code> {
  const label = global.result;
  const end = { instruction: "Return", ...(label === undefined ? {} : { label }) } as const;
  const env: Env<Code> = { global, role, same, loops: [], staying: [], projectSteps };
  return projectSteps(global.steps, [end], env);
}

function projectSteps<Code>(
  steps: readonly GlobalStep<Code>[],
  next: ProjectedBody<Code>,
  env: Env<Code>,
): Outcome<Code> {
  return steps.reduceRight<Outcome<Code>>(
    (rest, step) => (rest.conflict === undefined ? before(step, rest.body, env) : rest),
    { body: next },
  );
}

/** `step`, and after it `next`. */
function before<Code>(
  step: GlobalStep<Code>,
  next: ProjectedBody<Code>,
  env: Env<Code>,
): Outcome<Code> {
  const { role, global } = env;
  switch (step.verb) {
    case "broadcast":
    case "send":
    case "collect":
    case "distribute":
    case "local":
    case "wait":
    case "check":
      return { body: [...projectStep(step, role, global), ...next] };
    case "choice":
      return projectChoice(step, next, env);
    case "rec":
      return projectRec(step, next, env);
    case "again": {
      const loop = env.loops.find(({ rec }) => rec.label === step.label);
      const unfolded = loop?.complete === true ? loop.unfolded : undefined;
      return { body: unfolded ?? [{ instruction: "Again", label: step.label }] };
    }
    case "parallel":
      return projectParallel(step, next, env);
    case "call":
    case "acquire":
    case "release":
      return { body: [...projectStep(step, role, global), ...next] };
    case "abort": {
      const { label, by: from, reason, within } = step;
      if (role === from) return { body: [{ instruction: "Abort", label, reason }] };
      return { body: [{ instruction: "AwaitAbort", label, from, within }] };
    }
  }
}

/** A loop, or only its steps where the role never goes back. */
function projectRec<Code>(
  rec: Rec<Code>,
  next: ProjectedBody<Code>,
  env: Env<Code>,
): Outcome<Code> {
  const { label, atMost, steps } = rec;
  if (!participates(rec, env.role)) return { body: next };
  const loop = (body: ProjectedBody<Code>): ProjectedBody<Code> =>
    goesBackTo(label, body) ? [{ instruction: "Loop", label, atMost, steps: body }] : body;
  const apart = projectSteps(steps, [], enter(rec, [], truncated(env, next)));
  if (apart.conflict === undefined) return { body: followedBy(loop(apart.body), next) };
  if (next.length === 0) return apart;
  const joined = projectSteps(steps, next, enter(rec, next, env));
  return joined.conflict === undefined ? { body: loop(joined.body) } : joined;
}

function projectParallel<Code>(
  { label, blocks }: Parallel<Code>,
  next: ProjectedBody<Code>,
  env: Env<Code>,
): Outcome<Code> {
  const parts: [string, ProjectedBody<Code>][] = [];
  for (const block of blocks) {
    const part = projectSteps(block.steps, [], { ...env, loops: [] });
    if (part.conflict !== undefined) return part;
    if (part.body.length > 0) parts.push([block.label, part.body]);
  }
  const [only, ...others] = parts;
  if (only === undefined) return { body: next };
  if (others.length === 0) return { body: followedBy(only[1], next) };
  return { body: [{ instruction: "Fork", label, blocks: Object.fromEntries(parts) }, ...next] };
}
