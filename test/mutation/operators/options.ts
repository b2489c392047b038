/** Options of time, number and lock left out, put in, or changed. */
import { Node } from "ts-morph";
import { stepsOf } from "../chain.ts";
import type { Chain, Option, Step } from "../chain.ts";
import { insert, put, spanOf } from "../change.ts";
import type { Change, Kind } from "../change.ts";

export function optionChanges(chain: Chain): readonly Change[] {
  return stepsOf(chain).flatMap((step) => [
    ...without(step, "timeout", ["within", "onTimeout", "onAbort", "epochs"]),
    ...absence(step),
    ...without(step, "count", ["atLeast", "atMost", "combines"]),
    ...fewer(step),
    ...otherLock(step),
  ]);
}

function without(step: Step, kind: Kind, names: readonly string[]): readonly Change[] {
  return names
    .flatMap((name) => step.options.get(name) ?? [])
    .map(({ name, whole }) => {
      return { kind, step: step.label, detail: `no ${name}`, edits: [put(whole, "")] };
    });
}

/** A step that cannot be missing gets the option of one that can. */
function absence({ verb, label, options, inside }: Step): readonly Change[] {
  const name = verb === "call" ? "onAbort" : options.has("within") ? "onTimeout" : undefined;
  if (name === undefined || inside === undefined || options.has(name)) return [];
  const edits = [insert(inside, ` ${name}: "absent",`)];
  return [{ kind: "timeout", step: label, detail: name, edits }];
}

function fewer({ label, options }: Step): readonly Change[] {
  const count = options.get("atLeast");
  if (count === undefined || !isAll(count)) return [];
  return [{ kind: "count", step: label, detail: "atLeast 1", edits: [put(spanOf(count), "1")] }];
}

function isAll({ value }: Option): boolean {
  return Node.isStringLiteral(value) && value.getLiteralValue() === "all";
}

function otherLock({ label, options }: Step): readonly Change[] {
  const lock = options.get("lock");
  if (lock === undefined) return [];
  return [{ kind: "lock", step: label, detail: "other", edits: [put(spanOf(lock), '"other"')] }];
}
