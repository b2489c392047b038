/** The first station sends the token round, as many laps as it likes. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { Verdict } from "../../dsl/index.ts";
import type { Station, Token } from "./station.ts";

export interface FirstStation extends Station {
  readonly laps: number;
}

interface Context {
  readonly device: FirstStation;
  readonly turn: number;
}

export function passOrStop({ device, turn }: Context) {
  return turn < device.laps ? "Pass" : "Stop";
}

export function start({ device }: Context): Token {
  return { sum: device.weight };
}

/** Everyone adds, and nobody takes away. */
export function hasGrown({ sum }: Token, { Pass }: { readonly Pass: Token }): Verdict {
  return sum >= Pass.sum ? accepted : rejected("Shrunk", "something was taken from the sum");
}
