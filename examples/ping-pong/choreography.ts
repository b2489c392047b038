/**
 * Ping-pong, the smallest recursion, by which session libraries are measured (Imai, Neykova, Yoshida,
 * Yuen: "Multiparty session programming with global protocol combinators", ECOOP 2020). Here it is
 * bounded: both know from the parameters when it is over, so nobody has to say it.
 */
import { choreography, epochs, everyone, one, type } from "../../dsl/index.ts";
import { AbortRally, PlayPing, PlayPong } from "./events.ts";
import { ping, returned } from "./pinger.ts";
import { pong } from "./ponger.ts";
import { playOrStop, strokes } from "./rules.ts";
import type { RallyParams } from "./rules.ts";

export const pingPong = choreography("ping-pong", {
  roles: { pinger: one, ponger: one },
  session: `
    rec Rally {
        {
            Ping{pinger → ponger}(PlayPing) . Pong{ponger → pinger}(PlayPong) . Rally
            | Strokes{everyone}
          }
      }`,
  params: type<RallyParams>(),
  abort: AbortRally,
})
  .rec("Rally", { atMost: 1000 }, (turn) =>
    turn.choice("Ping | Strokes", {
      by: everyone,
      decide: playOrStop,
      branches: {
        Ping: (chain) =>
          chain
            .send("Ping", {
              by: "pinger",
              to: "ponger",
              event: PlayPing,
              payload: ping,
              within: epochs(5),
            })
            .send("Pong", {
              by: "ponger",
              to: "pinger",
              event: PlayPong,
              payload: pong,
              accept: returned,
              within: epochs(5),
            })
            .again("Rally"),
        Strokes: (chain) => chain.local("Strokes", { at: everyone, action: strokes }),
      },
    }),
  )
  .returns("nothing");
