/**
 * Where the steps themselves show what is wrong with the session notation: an author who writes
 * both finds it there too, and one who reads another notation has no other place.
 */
import type { Branch, GlobalStep } from "../global.ts";
import type { DiagnosticCode } from "../diagnostics.ts";
import type { Steps } from "./walk.ts";
import { partsOf } from "./walk.ts";

/** The first part of `steps` that breaks the notation's rule `code`; `undefined` where none does. */
export function whereWritten<Code>(
  code: DiagnosticCode,
  steps: Steps<Code>,
): GlobalStep<Code> | Branch<Code> | undefined {
  switch (code) {
    case "AURA1018":
      return twinBranch(steps);
    case "AURA1402":
      return unguarded(steps, new Set());
    case "AURA1403":
      return afterJump(steps);
    default:
      return undefined;
  }
}

/** The second of two branches that start alike. */
function twinBranch<Code>(steps: Steps<Code>): Branch<Code> | undefined {
  for (const step of steps) {
    const branches = step.verb === "choice" ? step.branches : [];
    const twin = branches.find(({ label }, index) =>
      branches.slice(0, index).some((earlier) => earlier.label === label),
    );
    const found = twin ?? first(partsOf(step), (part) => twinBranch(part.steps));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A jump to one of `open`, the recursions that no step has been taken in. */
function unguarded<Code>(
  steps: Steps<Code>,
  open: ReadonlySet<string>,
): GlobalStep<Code> | undefined {
  let still = open;
  for (const step of steps) {
    if (step.verb === "again" && still.has(step.label)) return step;
    const inside = step.verb === "rec" ? new Set([...still, step.label]) : still;
    const found = first(partsOf(step), (part) => unguarded(part.steps, inside));
    if (found !== undefined) return found;
    still = new Set();
  }
  return undefined;
}

/** A step after a jump or an abort. */
function afterJump<Code>(steps: Steps<Code>): GlobalStep<Code> | undefined {
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    if (before?.verb === "again" || before?.verb === "abort") return step;
    const found = first(partsOf(step), (part) => afterJump(part.steps));
    if (found !== undefined) return found;
  }
  return undefined;
}

function first<T, Found>(
  all: readonly T[],
  find: (one: T) => Found | undefined,
): Found | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
