/** The rules of the language, checked on source: each broken rule at its place in the file. */
import { ProtocolError, checkGlobal } from "../dsl/index.ts";
import type { Problem } from "../dsl/index.ts";
import type { SourceChoreography } from "./read.ts";

/** All rules that `choreography` breaks; empty where it can be projected. */
export function checkChoreography(choreography: SourceChoreography): readonly ProtocolError[] {
  try {
    return checkGlobal(choreography.global).map((problem) => located(problem, choreography));
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return [located(error, choreography)];
  }
}

function located(problem: Problem | ProtocolError, from: SourceChoreography): ProtocolError {
  const index = "step" in problem ? problem.step : undefined;
  const step = index === undefined ? undefined : from.global.steps[index];
  const atEnd = index === undefined && problem instanceof ProtocolError === false;
  const source =
    index === undefined ? (atEnd ? from.endPlace : from.headPlace) : from.stepPlaces[index];
  return new ProtocolError({
    code: "NotProjectable",
    what: problem.what,
    todo: problem.todo,
    where: {
      protocol: from.global.name,
      ...(step === undefined ? {} : { step: step.label }),
      ...(source === undefined ? {} : { source }),
    },
  });
}
