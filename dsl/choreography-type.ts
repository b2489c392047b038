/** Type level: finished choreographies. */
import type { GlobalType } from "./global.ts";
import type { HeadType } from "./head.ts";

/** Type level: a finished choreography. */
export interface ChoreographyType<
  H extends HeadType,
  Facts,
  Steps,
  Declared,
  Result extends string,
> {
  readonly "~type"?: {
    readonly head: H;
    readonly facts: Facts;
    readonly steps: Steps;
    readonly declared: Declared;
    readonly result: Result;
  };
}

/** A finished choreography: its global type as data, its session type in `ChoreographyType`. */
export interface Choreography<H extends HeadType, Facts, Steps, Declared, Result extends string>
  extends GlobalType<unknown>, ChoreographyType<H, Facts, Steps, Declared, Result> {}
