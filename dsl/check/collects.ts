/** Whether a wait for a quorum can come to its end at all (C6). */
import type { GlobalStep } from "../global.ts";
import type { Fault } from "./problem.ts";

export function countFaults<Code>(step: GlobalStep<Code>): readonly Fault<Code>[] {
  if (step.verb !== "collect" && step.verb !== "distribute") return [];
  const { atLeast } = step;
  if (typeof atLeast === "string" || (Number.isSafeInteger(atLeast) && atLeast >= 1)) return [];
  const what = `atLeast is ${String(atLeast)}, and a wait needs at least one author`;
  const todo = 'Give a whole number from 1, the name of a parameter, or "all"';
  return [{ code: "AURA1701", what, todo }];
}
