/** The ponger plays the ball back. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { PlayPing, PlayPong } from "./events.ts";

export function pong({
  Ping,
}: {
  readonly Ping: PayloadOf<typeof PlayPing>;
}): PayloadOf<typeof PlayPong> {
  return { stroke: Ping.stroke + 1 };
}
