/** Branches of choices and blocks of parallels under wrong names, left out, and too many. */
import { stepsOf } from "../chain.ts";
import type { Chain, Part, Step } from "../chain.ts";
import { exchange, insert, put, textAt } from "../change.ts";
import type { Change } from "../change.ts";

export function partChanges(chain: Chain): readonly Change[] {
  return stepsOf(chain).flatMap((step) =>
    step.parts.flatMap((part, index) =>
      part.key === undefined ? [] : changesOf(chain, step, part, part.key, step.parts[index + 1]),
    ),
  );
}

function changesOf(
  chain: Chain,
  { label: step }: Step,
  part: Part,
  key: NonNullable<Part["key"]>,
  next: Part | undefined,
): readonly Change[] {
  const change = (detail: string, edits: Change["edits"]): Change => {
    return { kind: "branch", step, detail: `${detail} ${part.label}`, edits };
  };
  const body = textAt(chain, part.body);
  return [
    ...(next === undefined ? [] : [change("opposite", exchange(chain, part.body, next.body))]),
    change("misspelt", [put(key, `${part.label}x`)]),
    change("dropped", [put(part.whole, "")]),
    change("extra", [insert(part.whole.from, `Extra: ${body}, `)]),
  ];
}
