/** The rules of the language, checked on source: each broken rule at its place in the file. */
import { ProtocolError, checkGlobal } from "../dsl/index.ts";
import type { ErrorPlace, Place, Problem } from "../dsl/index.ts";
import type { SourceChoreography } from "./read.ts";
import type { SourceCode } from "./source.ts";

/** All rules that `choreography` breaks; empty where it can be projected. */
export function checkChoreography(choreography: SourceChoreography): readonly ProtocolError[] {
  return checkGlobal(choreography.global).map((problem) => {
    const { what, todo, step } = problem;
    const source = placeOfPart(problem, choreography);
    const where: ErrorPlace = {
      protocol: choreography.global.name,
      ...(step === undefined ? {} : { step }),
      ...(source === undefined ? {} : { source }),
    };
    return new ProtocolError({ code: "NotProjectable", what, todo, where });
  });
}

function placeOfPart(
  { at }: Problem<SourceCode>,
  { places, headPlace, sessionPlace, endPlace }: SourceChoreography,
): Place | undefined {
  if (at === "head") return headPlace;
  if (at === "session") return sessionPlace;
  return at === "end" ? endPlace : places.get(at);
}
