/** Whether the labels of a session can be told apart, from the first to the last. */
import { malformed, sessionFaults as faults } from "./fault.ts";
import type {
  SessionAbort,
  SessionAgain,
  SessionBranch,
  SessionStep,
  SessionTree,
} from "./tree.ts";

/** How one came to a place in the notation. */
export interface Way {
  /** Labels of steps and of recursions before it. */
  readonly seen: Set<string>;
  /** The recursions around it, and whether one can go back to them. */
  readonly bound: Map<string, "unguarded" | "guarded" | "blocked">;
}

/** Checks the label of a step, which is seen from then on; a step guards the recursions around. */
export function checkStep(word: string, label: string, { seen, bound }: Way): void {
  if (seen.has(label)) throw malformed(faults.twice(label));
  if (seen.has(recursion(label))) throw malformed(faults.loopAsStep(label));
  if (label === "") throw malformed(faults.empty());
  if (/[*?]/.test(label)) throw malformed(faults.unreadable(word));
  const first = label.charAt(0);
  if (first === first.toLowerCase()) throw malformed(faults.small(label));
  // Labels become steps on the ledger, whose names are of these characters.
  if (!/^[A-Z]\w*$/.test(label)) throw malformed(faults.unreadable(word));
  seen.add(label);
  for (const [name, state] of bound) if (state === "unguarded") bound.set(name, "guarded");
}

/** Checks the name of a recursion, which is seen from then on. */
export function nameRecursion(name: string, { seen, bound }: Way): void {
  if (bound.has(name)) throw malformed(faults.shadowed(name));
  if (seen.has(recursion(name))) throw malformed(faults.twice(name));
  if (seen.has(name)) throw malformed(faults.loopAsStep(name));
  if (!/^[A-Z]\w*$/.test(name)) throw malformed(faults.recursion(`rec ${name}`));
  seen.add(recursion(name));
}

/** How a recursion's name is told from a step's label, which has no blank. */
function recursion(name: string): string {
  return `rec ${name}`;
}

/** Branches start differently, and with a step: from the last to the first, as the compiler goes. */
export function checkBranches(branches: readonly SessionBranch[]): void {
  const later = new Set<string>();
  for (const { label, items } of branches.toReversed()) {
    if (later.has(label)) throw malformed(faults.sameFirst(label));
    if (startsWith(items)?.kind === "again") throw malformed(faults.startsAgain(label));
    later.add(label);
  }
}

/** What is first in the text of `items`. */
export function startsWith([first]: SessionTree):
  | SessionStep
  | SessionAgain
  | SessionAbort
  | undefined {
  switch (first?.kind) {
    case "choice":
      return startsWith(first.branches[0]?.items ?? []);
    case "rec":
      return startsWith(first.items);
    case "parallel":
      return startsWith(first.blocks[0]?.items ?? []);
    default:
      return first;
  }
}
