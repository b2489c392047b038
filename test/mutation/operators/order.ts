/** Steps in another order, left out, and twice. */
import { blocksOf } from "../chain.ts";
import type { Chain, Step } from "../chain.ts";
import { exchange, insert, put, textAt } from "../change.ts";
import type { Change } from "../change.ts";

export function orderChanges(chain: Chain): readonly Change[] {
  return blocksOf(chain).flatMap((steps) => [
    ...steps.flatMap((step, index) => swap(chain, step, steps[index + 1])),
    ...steps.map((step): Change => {
      return { kind: "drop", step: step.label, detail: "", edits: [put(step.span, "")] };
    }),
    ...steps.map((step): Change => {
      const edits = [insert(step.span.to, textAt(chain, step.span))];
      return { kind: "repeat", step: step.label, detail: "", edits };
    }),
  ]);
}

function swap(chain: Chain, one: Step, next: Step | undefined): readonly Change[] {
  if (next === undefined) return [];
  const edits = exchange(chain, one.span, next.span);
  return [{ kind: "swap", step: one.label, detail: next.label, edits }];
}
