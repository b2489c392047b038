/** The pinger plays every stroke with an even number. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import type { PlayPing, PlayPong } from "./events.ts";

export function ping({ turn }: { readonly turn: number }): PayloadOf<typeof PlayPing> {
  return { stroke: 2 * turn };
}

export function returned(
  { stroke }: PayloadOf<typeof PlayPong>,
  { Ping }: { readonly Ping: PayloadOf<typeof PlayPing> },
): Verdict {
  if (stroke === Ping.stroke + 1) return accepted;
  return rejected("OtherBall", "it is not the ball that was played");
}
