/** When two instructions are the same. */
import type { ProjectedBody, ProjectedNode } from "./projected.ts";

/** Whether two pieces of an author's code are one: the same value, or source of the same text. */
export function sameCode(a: unknown, b: unknown): boolean {
  return a === b || (hasText(a) && hasText(b) && a.text === b.text);
}

function hasText(code: unknown): code is { readonly text: string } {
  return (
    typeof code === "object" && code !== null && "text" in code && typeof code.text === "string"
  );
}

/** Decides whether two pieces of code, or two names, are the same. */
export type SameCode = (a: unknown, b: unknown) => boolean;

export function sameBody<Code>(
  a: ProjectedBody<Code>,
  b: ProjectedBody<Code>,
  same: SameCode,
): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every((node, index) => {
      const other = b[index];
      return other !== undefined && sameNode(node, other, same);
    })
  );
}

export function sameNode<Code>(
  a: ProjectedNode<Code>,
  b: ProjectedNode<Code>,
  same: SameCode,
): boolean {
  if (a === b) return true;
  if (a.instruction !== b.instruction) return false;
  switch (a.instruction) {
    case "Branch":
      return (
        b.instruction === "Branch" &&
        sameFields(a, b, same) &&
        sameLists(a.branches, b.branches, same)
      );
    case "Loop":
      return b.instruction === "Loop" && sameFields(a, b, same) && sameBody(a.steps, b.steps, same);
    case "Fork":
      return (
        b.instruction === "Fork" && sameFields(a, b, same) && sameLists(a.blocks, b.blocks, same)
      );
    case "RunSubProtocol":
      return (
        b.instruction === "RunSubProtocol" &&
        sameFields(a, b, same) &&
        sameRecord(a.cast, b.cast, same)
      );
    default:
      return sameFields(a, b, same);
  }
}

/** Fields that hold instructions or names, and not code. */
const structural = new Set(["branches", "steps", "blocks", "cast"]);

function sameFields(a: object, b: object, same: SameCode): boolean {
  return sameRecord(a, b, (x, y, field) => structural.has(field) || same(x, y));
}

function sameLists<Code>(
  a: Readonly<Record<string, ProjectedBody<Code>>>,
  b: Readonly<Record<string, ProjectedBody<Code>>>,
  same: SameCode,
): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const [left, right] = [a[name], b[name]];
      return left !== undefined && right !== undefined && sameBody(left, right, same);
    })
  );
}

function sameRecord(
  a: object,
  b: object,
  same: (a: unknown, b: unknown, field: string) => boolean,
): boolean {
  const others = new Map(Object.entries<unknown>({ ...b }));
  const entries = Object.entries<unknown>({ ...a });
  return (
    entries.length === others.size &&
    entries.every(([field, value]) => others.has(field) && same(value, others.get(field), field))
  );
}
