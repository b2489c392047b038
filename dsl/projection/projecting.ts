/** Where a projection stands: the role, the loops around it, and whether their ends are its end. */
import type { Conflict } from "./conflict.ts";
import type { Choice, GlobalStep, GlobalType, Rec } from "../global.ts";
import type { ProjectedBody, ProjectedNode } from "./projected.ts";
import type { SameCode } from "./same.ts";

/** The instructions, or the first conflict in the way. */
export type Outcome<Code> =
  | { readonly body: ProjectedBody<Code>; readonly conflict?: never }
  | { readonly body?: never; readonly conflict: Conflict<Code> };

/** A recursion around the place that is projected. */
export interface Enclosing<Code> {
  readonly rec: Rec<Code>;
  /** What is projected after the recursion's steps. */
  readonly next: ProjectedBody<Code>;
  /** Around the recursion itself. */
  readonly env: Env<Code>;
  /** Whether to fall off the end here is to fall off the end of the recursion's steps. */
  readonly complete: boolean;
  /** Whether this is already its unfolding. */
  readonly unfolding: boolean;
  /** What stands for going back to it: its steps once more. */
  readonly unfolded?: ProjectedBody<Code>;
}

export interface Env<Code> {
  readonly global: GlobalType<Code>;
  readonly role: string;
  readonly same: SameCode;
  /** From the innermost outwards. */
  readonly loops: readonly Enclosing<Code>[];
  /** Choices that are under way around an unfolding: there, they are jumps back. */
  readonly staying: readonly Choice<Code>[];
  /** The fold over the steps, which the choices call back. */
  readonly projectSteps: (
    steps: readonly GlobalStep<Code>[],
    next: ProjectedBody<Code>,
    env: Env<Code>,
  ) => Outcome<Code>;
}

/** Inside a recursion. */
export function enter<Code>(
  rec: Rec<Code>,
  next: ProjectedBody<Code>,
  env: Env<Code>,
  unfolding = false,
): Env<Code> {
  const loop = { rec, next, env, complete: true, unfolding };
  return { ...env, loops: [loop, ...env.loops] };
}

/** Where something is projected without `next`, which follows it: no loop ends at its end. */
export function truncated<Code>(env: Env<Code>, next: ProjectedBody<Code>): Env<Code> {
  if (next.length === 0) return env;
  return { ...env, loops: env.loops.map((loop) => ({ ...loop, complete: false })) };
}

/** Whether `body` goes back to `label` anywhere; bodies may be shared, so each is seen once. */
export function goesBackTo<Code>(label: string, body: ProjectedBody<Code>): boolean {
  const seen = new Set<ProjectedNode<Code>>();
  const search = (nodes: ProjectedBody<Code>): boolean =>
    nodes.some((node) => {
      if (seen.has(node)) return false;
      seen.add(node);
      switch (node.instruction) {
        case "Again":
          return node.label === label;
        case "Branch":
          return Object.values(node.branches).some(search);
        case "Loop":
          return search(node.steps);
        case "Fork":
          return Object.values(node.blocks).some(search);
        default:
          return false;
      }
    });
  return search(body);
}

/** `body` with its own last jump, or those of its last branches, replaced by the loop's steps. */
export function unfoldLast<Code>(
  body: ProjectedBody<Code>,
  loops: readonly Enclosing<Code>[],
): ProjectedBody<Code> {
  const last = body.at(-1);
  if (last?.instruction === "Again") {
    const unfolded = loops.find(({ rec }) => rec.label === last.label)?.unfolded;
    return unfolded === undefined ? body : [...body.slice(0, -1), ...unfolded];
  }
  if (last?.instruction !== "Branch") return body;
  const branches = Object.fromEntries(
    Object.entries(last.branches).map(([label, steps]) => [label, unfoldLast(steps, loops)]),
  );
  return [...body.slice(0, -1), { ...last, branches }];
}
