/** Instructions on one line, for tests: `!A` writes A, `?A` waits for it. */
import type { ProjectedBody, ProjectedNode } from "../../dsl/index.ts";

export function shown(body: ProjectedBody<string>): string {
  return body.map(node).join(" . ");
}

function node(each: ProjectedNode<string>): string {
  switch (each.instruction) {
    case "WriteToLedger":
      return `!${each.label}`;
    case "AwaitEvent":
      return `?${each.label}`;
    case "AwaitThreshold":
      return `?${each.label}*`;
    case "Branch":
      return "from" in each
        ? `${each.from} ? { ${lists(each.branches, " | ")} }`
        : `decide { ${lists(each.branches, " | ")} }`;
    case "Loop":
      return `loop ${each.label} { ${shown(each.steps)} }`;
    case "Again":
      return `again ${each.label}`;
    case "Fork":
      return `( ${lists(each.blocks, " || ")} )`;
    case "Abort":
      return "give up";
    case "AwaitAbort":
      return `${each.from} gives up`;
    case "Return":
      return "end";
    default:
      return each.label;
  }
}

function lists(all: Readonly<Record<string, ProjectedBody<string>>>, bar: string): string {
  return Object.values(all).map(shown).join(bar);
}
