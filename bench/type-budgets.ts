/**
 * Budgets of the types: instantiations above an empty file, on TypeScript 7.0, which repeat exactly.
 * They only fall: `--update` writes what was saved, and raising one is an edit by hand.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { above, costOf, inBenchFolder } from "./type-cost.ts";
import { blocks, empty, families, linear, nested, recursions } from "./type-programs.ts";
import type { TypeProgram } from "./type-programs.ts";

const file = "bench/type-budgets.json";

const budgeted: readonly TypeProgram[] = [
  linear(100),
  linear(400),
  nested(3),
  nested(6),
  families(30),
  blocks(8),
  recursions(8),
];

/** Measures what has a budget; answers whether all of it is within. */
export function checkTypeBudgets(update: boolean, print: (line: string) => void): boolean {
  const budgets = readBudgets();
  const found = inBenchFolder((folder) => {
    const base = costOf(folder, "7.0", empty.text);
    return budgeted.map(({ name, steps, text }) => {
      const { instantiations } = above(base, costOf(folder, "7.0", text));
      return { name: `${name} ${steps}`, instantiations };
    });
  });
  for (const { name, instantiations } of found) {
    const budget = budgets[name] ?? Number.POSITIVE_INFINITY;
    const word = instantiations > budget ? "OVER" : instantiations < budget ? "saved" : "";
    print(`${name.padEnd(14)} ${String(instantiations).padStart(8)} of ${budget} ${word}`);
  }
  if (update) {
    const lower = found.map(({ name, instantiations }) => [
      name,
      Math.min(instantiations, budgets[name] ?? Number.POSITIVE_INFINITY),
    ]);
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(lower), null, 2)}\n`);
  }
  // A program without a budget is over it, too: `--update` gives it one.
  return found.every(
    ({ name, instantiations }) => update || instantiations <= (budgets[name] ?? 0),
  );
}

function readBudgets(): Readonly<Record<string, number>> {
  const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof parsed !== "object" || parsed === null) throw new Error(`${file} is not an object`);
  return Object.fromEntries(
    Object.entries(parsed).flatMap(([name, budget]) =>
      typeof budget === "number" ? [[name, budget] as const] : [],
    ),
  );
}
