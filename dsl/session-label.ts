/** Which labels a session may use where. */
import { malformed, sessionFaults } from "./session-fault.ts";
import type { SessionBranch, SessionItem, SessionTree } from "./session.ts";

/** What is known of the items that come later. */
interface Later {
  /** Labels of steps and recursions on the way from here to the end. */
  readonly seen: Set<string>;
  /** What each label names anywhere. */
  readonly kinds: Map<string, "step" | "rec">;
}

/** Checks from the last label to the first, as the compiler goes: of two mistakes both name one. */
export function checkLabels(items: SessionTree): void {
  checkItems(items, { seen: new Set(), kinds: new Map() });
}

function checkItems(items: SessionTree, later: Later): readonly string[] {
  return items.toReversed().flatMap((item) => checkItem(item, later));
}

/** Checks one item, and gives the labels in it, which are seen from then on. */
function checkItem(item: SessionItem, later: Later): readonly string[] {
  switch (item.kind) {
    case "step":
      checkSpelling(item.label);
      return [see(item.label, "step", later)];
    case "choice":
      return checkChoice(item.branches, later);
    case "rec": {
      const inside = checkItems(item.items, later);
      const label = see(item.label, "rec", later);
      if (heads(item.items).includes(item.label)) {
        throw malformed(sessionFaults.unguarded(item.label));
      }
      return [...inside, label];
    }
    case "parallel":
      return item.blocks.toReversed().flatMap((block) => checkItems(block.items, later));
    case "again":
    case "abort":
      return [];
  }
}

/** A label may come again in another branch: only one of them is on the way. */
function checkChoice(branches: readonly SessionBranch[], later: Later): readonly string[] {
  const labels = branches.toReversed().flatMap(({ items }) => {
    const inside = checkItems(items, later);
    for (const label of inside) later.seen.delete(label);
    return inside;
  });
  for (const label of labels) later.seen.add(label);
  const firsts = branches.map(({ label }) => label);
  const same = firsts.find((label, index) => firsts.indexOf(label) !== index);
  if (same !== undefined) throw malformed(sessionFaults.sameFirst(same));
  return labels;
}

function see(label: string, kind: "step" | "rec", { seen, kinds }: Later): string {
  if ((kinds.get(label) ?? kind) !== kind) throw malformed(sessionFaults.loopAsStep(label));
  if (seen.has(label)) throw malformed(sessionFaults.twice(label));
  kinds.set(label, kind);
  seen.add(label);
  return label;
}

/** The recursions that `items` go back to before any step. */
function heads([first]: SessionTree): readonly string[] {
  switch (first?.kind) {
    case "choice":
      return first.branches.flatMap(({ items }) => heads(items));
    case "rec":
      return heads(first.items);
    case "again":
      return [first.label];
    case "parallel":
      return first.blocks.flatMap(({ items }) => heads(items));
    default:
      return [];
  }
}

function checkSpelling(label: string): void {
  if (label === "") throw malformed(sessionFaults.empty());
  if (/[\s*?,]/.test(label)) throw malformed(sessionFaults.unreadable(label));
  const first = label.charAt(0);
  if (first === first.toLowerCase()) throw malformed(sessionFaults.small(label));
  // Labels become steps on the ledger, whose names are of these characters.
  if (!/^[A-Z]\w*$/.test(label)) throw malformed(sessionFaults.unreadable(label));
}
