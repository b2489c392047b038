/** Steps of small global types; what would be code is a name. */
import type {
  Abort,
  Again,
  Branch,
  Broadcast,
  Choice,
  GlobalStep,
  GlobalType,
  Parallel,
  Rec,
  Send,
} from "../../dsl/index.ts";

const sent = { within: "within", payload: "payload" };

export type Steps = readonly GlobalStep<string>[];

/** `by` tells `to` something that is named like its label. */
export function send(label: string, by: string, to: string): Send<string> {
  return { verb: "send", label, by, to, event: label, ...sent };
}

export function broadcast(label: string, by: string): Broadcast<string> {
  return { verb: "broadcast", label, by, event: label, ...sent };
}

/** `by` decides; each branch is named by its first step. */
export function choice(by: string, ...branches: readonly Steps[]): Choice<string> {
  const named = branches.map(branchOf);
  const label = named.map((branch) => branch.label).join(" | ");
  return { verb: "choice", label, by, decide: "decide", branches: named };
}

export function parallel(...blocks: readonly Steps[]): Parallel<string> {
  const named = blocks.map(branchOf);
  const label = named.map((block) => block.label).join(" || ");
  return { verb: "parallel", label, blocks: named };
}

function branchOf(steps: Steps): Branch<string> {
  return { label: firstLabel(steps), steps };
}

function firstLabel([first]: Steps): string {
  switch (first?.verb) {
    case "choice":
      return first.branches[0]?.label ?? "";
    case "rec":
      return firstLabel(first.steps);
    case "parallel":
      return first.blocks[0]?.label ?? "";
    default:
      return first?.label ?? "";
  }
}

export function rec(label: string, ...steps: Steps): Rec<string> {
  return { verb: "rec", label, atMost: 3, steps };
}

export function again(label: string): Again {
  return { verb: "again", label };
}

export function abort(by: string): Abort<string> {
  return { verb: "abort", label: "abort", by, reason: "no more", within: "within" };
}

/** A session between `p`, `q`, `r` and `s`. */
export function between(...steps: Steps): GlobalType<string> {
  const roles = { p: "one", q: "one", r: "one", s: "one" } as const;
  return { name: "session", roles, session: "", abort: "Abort", steps };
}
