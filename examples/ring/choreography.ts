/**
 * A ring with a choice (a benchmark of Cutner, Yoshida, Vassor: "Deadlock-free asynchronous message
 * reordering in Rust with multiparty session types", PPoPP 2022): a token goes round until the first
 * station stops it. The third hears of the choice from its neighbour alone.
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { AbortRing, PassToken, StopRing } from "./events.ts";
import { hasGrown, passOrStop, start } from "./first.ts";
import type { FirstStation } from "./first.ts";
import { addSecond } from "./second.ts";
import { addThird } from "./third.ts";

export const ring = choreography("ring", {
  roles: { first: one, second: one, third: one },
  session: `
    rec Lap {
        {
            Pass{first → second}(PassToken) . Onward{second → third}(PassToken)
              . Home{third → first}(PassToken) . Lap
            | Stop{first → second}(StopRing) . StopToo{second → third}(StopRing)
          }
      }`,
  params: type<object>(),
  device: type<FirstStation>(),
  abort: AbortRing,
})
  .rec("Lap", { atMost: 100 }, (turn) =>
    turn.choice("Pass | Stop", {
      by: "first",
      decide: passOrStop,
      branches: {
        Pass: (chain) =>
          chain
            .send("Pass", {
              by: "first",
              to: "second",
              event: PassToken,
              payload: start,
              within: epochs(10),
            })
            .send("Onward", {
              by: "second",
              to: "third",
              event: PassToken,
              payload: addSecond,
              within: epochs(20),
            })
            .send("Home", {
              by: "third",
              to: "first",
              event: PassToken,
              payload: addThird,
              accept: hasGrown,
              within: epochs(30),
            })
            .again("Lap"),
        Stop: (chain) =>
          chain
            .send("Stop", {
              by: "first",
              to: "second",
              event: StopRing,
              payload: () => ({}),
              within: epochs(10),
            })
            .send("StopToo", {
              by: "second",
              to: "third",
              event: StopRing,
              payload: () => ({}),
              within: epochs(20),
            }),
      },
    }),
  )
  .returns("nothing");
