/** The rules of the language, checked on source: each broken rule at its place in the file. */
import { ProtocolError, checkGlobal } from "../dsl/index.ts";
import type { ErrorPlace, Problem } from "../dsl/index.ts";
import type { SourceChoreography } from "./read.ts";

/** All rules that `choreography` breaks; empty where it can be projected. */
export function checkChoreography(choreography: SourceChoreography): readonly ProtocolError[] {
  const { global, sessionPlace } = choreography;
  try {
    const inHead = headProblems(choreography);
    return checkGlobal(global).map((problem, index) =>
      refusal(problem, choreography, placeOfProblem(problem, choreography, index < inHead)),
    );
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return [refusal(error, choreography, { source: sessionPlace })];
  }
}

/**
 * How many of the problems, the first ones, are the head's. Without its steps a choreography has
 * these and one more: that its session is not at its end.
 */
function headProblems({ global }: SourceChoreography): number {
  return checkGlobal({ ...global, steps: [] }).length - 1;
}

function placeOfProblem(
  { step: index }: Problem,
  { global, headPlace, stepPlaces, endPlace }: SourceChoreography,
  isInHead: boolean,
): ErrorPlace {
  if (index === undefined) return { source: isInHead ? headPlace : endPlace };
  const step = global.steps[index];
  const source = stepPlaces[index];
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
