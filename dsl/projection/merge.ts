/**
 * Merging: one local behaviour for a role that does not know which of two branches is taken, until
 * an event tells it (the full merge ⊔ of Deniélou, Yoshida, "Dynamic multirole session types",
 * POPL 2011, §3.2, on lists of instructions).
 */
import type { Clash, ConflictReason } from "./conflict.ts";
import type { ProjectedBody, ProjectedNode, ProjectedOffer } from "./projected.ts";
import { sameBody, sameNode } from "./same.ts";
import type { SameCode } from "./same.ts";

/** Two behaviours as one, or what keeps them apart. */
export type Merged<Code> =
  | { readonly body: ProjectedBody<Code>; readonly clash?: never }
  | { readonly body?: never; readonly clash: Clash<Code> };

/** The behaviour of a role that may be in `a` or in `b`. */
export function merge<Code>(
  a: ProjectedBody<Code>,
  b: ProjectedBody<Code>,
  same: SameCode,
): Merged<Code> {
  const shared = commonPrefix(a, b, same);
  const [left, right] = [a.slice(shared), b.slice(shared)];
  const merged = mergeRests(left, right, same);
  if (merged.clash !== undefined || shared === 0) return merged;
  return { body: [...a.slice(0, shared), ...merged.body] };
}

function commonPrefix<Code>(
  a: ProjectedBody<Code>,
  b: ProjectedBody<Code>,
  same: SameCode,
): number {
  const differs = a.findIndex((node, index) => {
    const other = b[index];
    return other === undefined || !sameNode(node, other, same);
  });
  return differs === -1 ? a.length : differs;
}

/** Merges behaviours that begin differently, or are both at their end. */
function mergeRests<Code>(
  a: ProjectedBody<Code>,
  b: ProjectedBody<Code>,
  same: SameCode,
): Merged<Code> {
  if (onlyAwaitsAbort(a)) return { body: b };
  if (onlyAwaitsAbort(b)) return { body: a };
  if (a.length === 0 && b.length === 0) return { body: a };
  const [left, right] = [alternativesOf(a), alternativesOf(b)];
  if (left === undefined || right === undefined || left.from !== right.from) {
    return { clash: clashOf(a[0], b[0]) };
  }
  return unite(left, right, same);
}

/** An abort wakes every wait, so that a branch that waits for one may be waited for anyhow. */
function onlyAwaitsAbort<Code>(body: ProjectedBody<Code>): boolean {
  return body.length === 1 && body[0]?.instruction === "AwaitAbort";
}

/** What a behaviour may begin with: by the label of the first event, all that follows. */
interface Alternatives<Code> {
  readonly from: string;
  readonly bodies: ReadonlyMap<string, ProjectedBody<Code>>;
}

function alternativesOf<Code>(body: ProjectedBody<Code>): Alternatives<Code> | undefined {
  const [head, ...rest] = body;
  switch (head?.instruction) {
    case "AwaitEvent": {
      if (head.onTimeout !== undefined) return undefined;
      return { from: head.from, bodies: new Map([[head.label, body]]) };
    }
    case "Branch": {
      if (!("from" in head)) return undefined;
      const bodies = Object.entries(head.branches).map(
        ([label, branch]) => [label, followedBy(branch, rest)] as const,
      );
      return { from: head.from, bodies: new Map(bodies) };
    }
    case "Loop": {
      const inside = alternativesOf(head.steps);
      if (inside === undefined) return undefined;
      const bodies = [...inside.bodies.keys()].map((label) => [label, body] as const);
      return { from: inside.from, bodies: new Map(bodies) };
    }
    default:
      return undefined;
  }
}

/** `body` and then `next`, which is not reached where `body` ends in a jump or an end. */
export function followedBy<Code>(
  body: ProjectedBody<Code>,
  next: ProjectedBody<Code>,
): ProjectedBody<Code> {
  if (next.length === 0) return body;
  if (body.length === 0) return next;
  switch (body.at(-1)?.instruction) {
    case "Again":
    case "Abort":
    case "AwaitAbort":
    case "Return":
      return body;
    default:
      return [...body, ...next];
  }
}

function unite<Code>(a: Alternatives<Code>, b: Alternatives<Code>, same: SameCode): Merged<Code> {
  const bodies = new Map(a.bodies);
  for (const [label, body] of b.bodies) {
    const other = bodies.get(label);
    const merged = other === undefined ? { body } : mergeAlternative(other, body, same);
    if (merged.clash !== undefined) return merged;
    bodies.set(label, merged.body);
  }
  const [only, ...others] = bodies.values();
  if (only !== undefined && others.length === 0) return { body: only };
  const offer: ProjectedOffer<Code> = {
    instruction: "Branch",
    label: [...bodies.keys()].join(" | "),
    from: a.from,
    branches: Object.fromEntries(bodies),
  };
  return { body: [offer] };
}

/** Merges what follows one and the same first event. */
function mergeAlternative<Code>(
  a: ProjectedBody<Code>,
  b: ProjectedBody<Code>,
  same: SameCode,
): Merged<Code> {
  if (sameBody(a, b, same)) return { body: a };
  const [left, right] = [a[0], b[0]];
  if (left?.instruction !== "AwaitEvent" || right?.instruction !== "AwaitEvent") {
    return { clash: { reason: "untold", nodes: [left, right] } };
  }
  if (!sameNode(left, right, same)) return { clash: { reason: "payload", nodes: [left, right] } };
  return merge(a, b, same);
}

function clashOf<Code>(
  a: ProjectedNode<Code> | undefined,
  b: ProjectedNode<Code> | undefined,
): Clash<Code> {
  return { reason: reasonOf(a, b), nodes: [a, b] };
}

function reasonOf<Code>(
  a: ProjectedNode<Code> | undefined,
  b: ProjectedNode<Code> | undefined,
): ConflictReason {
  const kinds = new Set([kindOf(a), kindOf(b)]);
  if (kinds.has("end")) return kinds.has("wait") ? "ending" : "acting";
  if (kinds.has("act")) return kinds.has("wait") ? "mixed" : "untold";
  return senderOf(a) === senderOf(b) ? "untold" : "senders";
}

function kindOf<Code>(node: ProjectedNode<Code> | undefined): "end" | "wait" | "act" {
  if (node === undefined || node.instruction === "Return") return "end";
  return senderOf(node) === undefined ? "act" : "wait";
}

/** Whom a role waits for at `node`; `undefined` where it does not wait for anyone. */
function senderOf<Code>(node: ProjectedNode<Code> | undefined): string | undefined {
  switch (node?.instruction) {
    case "AwaitEvent":
    case "AwaitThreshold":
      return node.from;
    case "Branch":
      return "from" in node ? node.from : undefined;
    case "Loop":
      return senderOf(node.steps[0]);
    default:
      return undefined;
  }
}
