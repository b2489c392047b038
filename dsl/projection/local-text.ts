/**
 * Local types on one line, as a person writes them: `!A` writes A, `p?A` waits for it from p,
 * `p&{ … }` offers p a choice, `+{ … }` makes one (Honda, Yoshida, Carbone, POPL 2008, §2.3).
 */
import type { ProjectedBody, ProjectedNode } from "./projected.ts";

const longest = 120;

/** What a role does, shortened where it is long; `nothing` where it does nothing. */
export function localText<Code>(body: ProjectedBody<Code>): string {
  const text = listText(body);
  if (text === "") return "nothing";
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function listText<Code>(body: ProjectedBody<Code>): string {
  return body.map(nodeText).join(" . ");
}

function nodeText<Code>(node: ProjectedNode<Code>): string {
  switch (node.instruction) {
    case "WriteToLedger":
      return `!${node.label}`;
    case "AwaitEvent":
      return `${node.from}?${node.label}`;
    case "AwaitThreshold":
      return `${node.from}?${node.label}*`;
    case "Compute":
    case "WaitEpochs":
    case "CheckForEvent":
    case "RunSubProtocol":
      return node.label;
    case "Branch": {
      const branches = Object.values(node.branches).map(listText).join(" | ");
      return "from" in node ? `${node.from}&{ ${branches} }` : `+{ ${branches} }`;
    }
    case "Loop":
      return `rec ${node.label} { ${listText(node.steps)} }`;
    case "Again":
      return node.label;
    case "Fork":
      return `( ${Object.values(node.blocks).map(listText).join(" || ")} )`;
    case "Abort":
      return "abort";
    case "AwaitAbort":
      return `${node.from}?abort`;
    case "Return":
      return "end";
  }
}
