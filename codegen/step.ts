/** The steps of a chain read statically, in the case order of `dsl/global.ts`. */
import type { CallExpression } from "ts-morph";
import type { GlobalStep } from "../dsl/index.ts";
import { verbNode, verbOf } from "./chain.ts";
import { attempt } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { placeOf, refuse } from "./source.ts";
import type { SourceCode } from "./source.ts";
import { readBroadcast, readCollect, readDistribute, readSend } from "./steps/event.ts";
import { readCall, readLock } from "./steps/nested.ts";
import { readAbort, readCheck, readLocal, readWait } from "./steps/own.ts";
import { readAgain, readChoice, readParallel, readRec } from "./steps/parts.ts";

/** The steps that can be read; what cannot is added to what the reading refuses. */
export function readSteps(
  calls: readonly CallExpression[],
  reading: Reading,
): readonly GlobalStep<SourceCode>[] {
  return calls.flatMap((call) => {
    const step = attempt(reading.refused, () => readStep(call, reading));
    if (step === undefined) return [];
    const [label] = call.getArguments();
    const isLabelled = step.verb !== "abort" || call.getArguments().length > 1;
    reading.places.set(step, placeOf(isLabelled && label !== undefined ? label : verbNode(call)));
    return [step];
  });
}

function readStep(call: CallExpression, reading: Reading): GlobalStep<SourceCode> {
  const verb = verbOf(call);
  switch (verb) {
    case "broadcast":
      return readBroadcast(call);
    case "send":
      return readSend(call);
    case "collect":
      return readCollect(call);
    case "distribute":
      return readDistribute(call);
    case "local":
      return readLocal(call, reading.language);
    case "wait":
      return readWait(call, reading.language);
    case "check":
      return readCheck(call, reading.language);
    case "choice":
      return readChoice(call, reading);
    case "rec":
      return readRec(call, reading);
    case "again":
      return readAgain(call);
    case "parallel":
      return readParallel(call, reading);
    case "call":
      return readCall(call);
    case "acquire":
    case "release":
      return readLock(verb, call);
    case "abort":
      return readAbort(call);
    case "returns": {
      const todo = "Leave it out: the choreography returns, and not a part of it";
      throw refuse(verbNode(call), "returns stands inside the choreography", todo);
    }
    default:
      throw refuse(verbNode(call), `'${verb}' is not a verb of the language`, `Use ${verbs}`);
  }
}

const verbs =
  "broadcast, send, collect, distribute, local, wait, check, choice, rec, again, parallel, call, acquire, release, abort or returns";
