/** The verbs that hold other steps: choice, rec, parallel; and again, which goes back. */
import type { CallExpression, Expression } from "ts-morph";
import type { Again, Branch, Choice, Parallel, Rec } from "../../dsl/index.ts";
import { argument, callsOfPart, labelOf } from "../chain.ts";
import { code, literal, readOptions, stepOptions } from "../options.ts";
import { attempt } from "../reading.ts";
import type { Reading } from "../reading.ts";
import { placeOf } from "../source.ts";
import type { SourceCode } from "../source.ts";
import { placeIn } from "./own.ts";

export function readChoice(call: CallExpression, reading: Reading): Choice<SourceCode> {
  const options = stepOptions(call);
  return {
    verb: "choice",
    label: labelOf(call),
    by: placeIn(options, "by", reading.language),
    decide: code(options, "decide"),
    branches: readParts(options.value("branches"), reading),
  };
}

export function readRec(call: CallExpression, reading: Reading): Rec<SourceCode> {
  const atMost = literal(stepOptions(call), "atMost");
  const steps = reading.readSteps(callsOfPart(argument(call, 2)));
  return { verb: "rec", label: labelOf(call), atMost, steps };
}

export function readAgain(call: CallExpression): Again {
  return { verb: "again", label: labelOf(call) };
}

export function readParallel(call: CallExpression, reading: Reading): Parallel<SourceCode> {
  const blocks = readParts(argument(call, 1), reading);
  return { verb: "parallel", label: labelOf(call), blocks };
}

/** Branches or blocks, `{ Label: (b) => … }`. */
function readParts(expression: Expression, reading: Reading): readonly Branch<SourceCode>[] {
  const parts = readOptions(expression);
  return parts.names.map((label) => {
    const calls = attempt(reading.refused, () => callsOfPart(parts.value(label))) ?? [];
    const part = { label, steps: reading.readSteps(calls) };
    reading.places.set(part, placeOf(parts.key(label)));
    return part;
  });
}
