/**
 * Noughts and crosses: moves in turn until one of the two wins or the board is full (as in Miu,
 * Ferreira, Yoshida, Zhou: "Communication-Safe Web Programming in TypeScript with Routed Multiparty
 * Session Types", 2021). Who moves sends the board as it is then, and the other checks it: neither
 * keeps any state.
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import type { Player } from "./board.ts";
import { crossDraws, crossMoves, crossPlays, crossWins, isFairNought } from "./cross.ts";
import { AbortGame, DrawGame, MakeMove, WinGame } from "./events.ts";
import { isFairCross, noughtMoves, noughtPlays, noughtWins } from "./nought.ts";

export const noughtsAndCrosses = choreography("noughts-and-crosses", {
  roles: { cross: one, nought: one },
  session: "rec Game { { Cross . { Nought . Game | NoughtWins } | CrossWins | Draw } }",
  params: type<object>(),
  device: type<Player>(),
  abort: AbortGame,
})
  .rec("Game", { atMost: 5 }, (game) =>
    game.choice("Cross | CrossWins | Draw", {
      by: "cross",
      decide: crossPlays,
      branches: {
        Cross: (b) =>
          b
            .send("Cross", {
              by: "cross",
              to: "nought",
              event: MakeMove,
              payload: crossMoves,
              accept: isFairCross,
              within: epochs(5),
            })
            .choice("Nought | NoughtWins", {
              by: "nought",
              decide: noughtPlays,
              branches: {
                Nought: (c) =>
                  c
                    .send("Nought", {
                      by: "nought",
                      to: "cross",
                      event: MakeMove,
                      payload: noughtMoves,
                      accept: isFairNought,
                      within: epochs(5),
                    })
                    .again("Game"),
                NoughtWins: (c) =>
                  c.send("NoughtWins", {
                    by: "nought",
                    to: "cross",
                    event: WinGame,
                    payload: noughtWins,
                    accept: isFairNought,
                    within: epochs(5),
                  }),
              },
            }),
        CrossWins: (b) =>
          b.send("CrossWins", {
            by: "cross",
            to: "nought",
            event: WinGame,
            payload: crossWins,
            accept: isFairCross,
            within: epochs(5),
          }),
        // Crosses fill the last square.
        Draw: (b) =>
          b.send("Draw", {
            by: "cross",
            to: "nought",
            event: DrawGame,
            payload: crossDraws,
            accept: isFairCross,
            within: epochs(5),
          }),
      },
    }),
  )
  .returns("nothing");
