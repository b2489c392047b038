/** The rules of the language, checked on source: each broken rule at its place in the file. */
import { ProtocolError, checkGlobal } from "../dsl/index.ts";
import type { ErrorPlace, Problem } from "../dsl/index.ts";
import type { SourceChoreography } from "./read.ts";

/** All rules that `choreography` breaks; empty where it can be projected. */
export function checkChoreography(choreography: SourceChoreography): readonly ProtocolError[] {
  const { global, sessionPlace } = choreography;
  try {
    return checkGlobal(global).map((problem) =>
      refusal(problem, choreography, placeOfProblem(problem, choreography)),
    );
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return [refusal(error, choreography, { source: sessionPlace })];
  }
}

function placeOfProblem(
  { at }: Problem,
  { global, headPlace, stepPlaces, endPlace }: SourceChoreography,
): ErrorPlace {
  if (at === "head") return { source: headPlace };
  if (at === "end") return { source: endPlace };
  const step = global.steps[at];
  const source = stepPlaces[at];
  return {
    ...(step === undefined ? {} : { step: step.label }),
    ...(source === undefined ? {} : { source }),
  };
}

function refusal(
  { what, todo }: Pick<Problem, "what" | "todo">,
  { global }: SourceChoreography,
  where: ErrorPlace,
): ProtocolError {
  const protocol = global.name;
  return new ProtocolError({ code: "NotProjectable", what, todo, where: { protocol, ...where } });
}
