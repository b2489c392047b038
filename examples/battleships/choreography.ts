/**
 * Battleships: each commits to its fleet, then they shoot in turn until one fleet is sunk; then both
 * open their fleets, and whoever gave a false answer is blamed (the game of King, Ng, Yoshida:
 * "Multiparty Session Type-safe Web Development with Static Linearity", 2019, with the commitments
 * of Blum: "Coin flipping by telephone", 1981).
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import * as events from "./events.ts";
import { AnswerShot, CommitFleet, OpenFleet, Shoot } from "./events.ts";
import * as firstCaptain from "./first-captain.ts";
import type { Captain, Waters } from "./rules.ts";
import * as secondCaptain from "./second-captain.ts";

export const battleships = choreography("battleships", {
  roles: { first: one, second: one },
  session: `
    FirstFleet{first} . FirstHash{first}(CommitFleet) . SecondFleet{second}
      . SecondHash{second}(CommitFleet) . rec Battle {
        FirstShot{first}(Shoot) . {
            SecondAfloat{second}(AnswerShot) . SecondShot{second}(Shoot) . {
                FirstAfloat{first}(AnswerShot) . Battle
                | FirstSunk{first}(OpenFleet) . SecondProof{second}(OpenFleet)
              }
            | SecondSunk{second}(OpenFleet) . FirstProof{first}(OpenFleet)
          }
      }`,
  params: type<Waters>(),
  device: type<Captain>(),
  abort: events.AbortBattle,
})
  .local("FirstFleet", { at: "first", action: firstCaptain.opening })
  .broadcast("FirstHash", {
    by: "first",
    event: CommitFleet,
    payload: firstCaptain.commit,
    within: epochs(5),
  })
  .local("SecondFleet", { at: "second", action: secondCaptain.opening })
  .broadcast("SecondHash", {
    by: "second",
    event: CommitFleet,
    payload: secondCaptain.commit,
    within: epochs(5),
  })
  .rec("Battle", { atMost: "cells" }, (battle) =>
    battle
      .broadcast("FirstShot", {
        by: "first",
        event: Shoot,
        payload: firstCaptain.shoot,
        accept: secondCaptain.isShot,
        within: epochs(5),
      })
      .choice("SecondAfloat | SecondSunk", {
        by: "second",
        decide: secondCaptain.decide,
        branches: {
          SecondAfloat: (b) =>
            b
              .broadcast("SecondAfloat", {
                by: "second",
                event: AnswerShot,
                payload: secondCaptain.answer,
                accept: firstCaptain.isAnswer,
                within: epochs(5),
              })
              .broadcast("SecondShot", {
                by: "second",
                event: Shoot,
                payload: secondCaptain.shoot,
                accept: firstCaptain.isShot,
                within: epochs(5),
              })
              .choice("FirstAfloat | FirstSunk", {
                by: "first",
                decide: firstCaptain.decide,
                branches: {
                  FirstAfloat: (c) =>
                    c
                      .broadcast("FirstAfloat", {
                        by: "first",
                        event: AnswerShot,
                        payload: firstCaptain.answer,
                        accept: secondCaptain.isAnswer,
                        within: epochs(5),
                      })
                      .again("Battle"),
                  FirstSunk: (c) =>
                    c
                      .broadcast("FirstSunk", {
                        by: "first",
                        event: OpenFleet,
                        payload: firstCaptain.open,
                        accept: secondCaptain.isSunk,
                        within: epochs(5),
                      })
                      .broadcast("SecondProof", {
                        by: "second",
                        event: OpenFleet,
                        payload: secondCaptain.open,
                        accept: firstCaptain.wasHonest,
                        within: epochs(5),
                      }),
                },
              }),
          SecondSunk: (b) =>
            b
              .broadcast("SecondSunk", {
                by: "second",
                event: OpenFleet,
                payload: secondCaptain.open,
                accept: firstCaptain.isSunk,
                within: epochs(5),
              })
              .broadcast("FirstProof", {
                by: "first",
                event: OpenFleet,
                payload: firstCaptain.open,
                accept: secondCaptain.wasHonest,
                within: epochs(5),
              }),
        },
      }),
  )
  .returns("nothing");
