/** The rules of the language, checked on source: each broken rule at its place in the file. */
import { ProtocolError, checkGlobal } from "../dsl/index.ts";
import type { DiagnosticCode, GlobalType, Part, Place } from "../dsl/index.ts";
import type { SourceCode } from "./source.ts";

/** A choreography read from a file, whatever it is written in. */
interface Checkable {
  readonly global: GlobalType<SourceCode>;
  /** Where each step and each branch stands. */
  readonly places: ReadonlyMap<object, Place>;
  readonly headPlace: Place;
  /** Where the session stands; the head's place, where the source has none. */
  readonly sessionPlace?: Place;
  readonly endPlace: Place;
}

/** One broken rule, with its place in a file first and those of what has to do with it after. */
export interface Diagnosed {
  readonly code: DiagnosticCode;
  /** What is wrong: a sentence without its full stop. */
  readonly what: string;
  /** What to do: a sentence without its full stop. */
  readonly todo: string;
  readonly role?: string;
  readonly step?: string;
  /** The local types of two branches that the role cannot tell apart. */
  readonly locals?: Readonly<Record<string, string>>;
  readonly places: readonly [Place, ...Place[]];
}

/** All rules that `choreography` breaks; empty where it can be projected. */
export function diagnose(choreography: Checkable): readonly Diagnosed[] {
  return checkGlobal(choreography.global).map(
    ({ code, at, also, role, step, what, todo, locals }) => ({
      code,
      what,
      todo: isWritten(at, choreography) ? todo : "Correct the protocol here",
      ...(role === undefined ? {} : { role }),
      ...(step === undefined ? {} : { step }),
      ...(locals === undefined ? {} : { locals }),
      places: placesOf(at, also, choreography),
    }),
  );
}

/** A source without a session notation has its mistakes where the steps show them. */
function isWritten(at: Part<SourceCode>, { sessionPlace }: Checkable): boolean {
  return at !== "session" || sessionPlace !== undefined;
}

/** Where the problem is, and where what it has to do with is. */
function placesOf(
  at: Part<SourceCode>,
  also: readonly Part<SourceCode>[],
  choreography: Checkable,
): readonly [Place, ...Place[]] {
  const [first, ...others] = also.map((part) => placeOf(part, choreography));
  if (first !== undefined && !isWritten(at, choreography)) return [first, ...others];
  return [placeOf(at, choreography), ...(first === undefined ? [] : [first, ...others])];
}

/** The same as errors, for whoever stops at them. */
export function checkChoreography(choreography: Checkable): readonly ProtocolError[] {
  const protocol = choreography.global.name;
  return diagnose(choreography).map(({ what, todo, step, places: [source] }) => {
    const where = { protocol, ...(step === undefined ? {} : { step }), source };
    return new ProtocolError({ code: "NotProjectable", what, todo, where });
  });
}

function placeOf(part: Part<SourceCode>, choreography: Checkable): Place {
  const { places, headPlace, sessionPlace = headPlace, endPlace } = choreography;
  switch (part) {
    case "head":
      return headPlace;
    case "session":
      return sessionPlace;
    case "end":
      return endPlace;
    default:
      return places.get(part) ?? headPlace;
  }
}
