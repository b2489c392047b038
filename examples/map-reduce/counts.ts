/** Counts of words, and what everyone makes of all of them: their sum. */
import type { Collected, PayloadOf } from "../../dsl/index.ts";
import type { TellCounts } from "./events.ts";

type Counts = PayloadOf<typeof TellCounts>;

export function countsOf(entries: readonly (readonly [string, number])[]): Counts {
  const totals = new Map<string, number>();
  for (const [word, times] of entries) totals.set(word, (totals.get(word) ?? 0) + times);
  return Object.fromEntries(totals);
}

export function reduce({ Counts }: { readonly Counts: Collected<Counts> }): Counts {
  return countsOf(Counts.flatMap(({ payload }) => Object.entries(payload)));
}
