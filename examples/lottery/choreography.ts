/**
 * A lottery that no server can steer: all commit to a number before any is known, and the sum of all
 * numbers draws the ticket (Blum: "Coin flipping by telephone", 1981; the lottery of Bates, Kashiwa,
 * Jafri, Shen, Kuper, Near: "Efficient, Portable, Census-Polymorphic Choreographic Programming", 2025).
 */
import { choreography, epochs, everyone, many, type } from "../../dsl/index.ts";
import { AbortLottery, CommitNumber, RevealNumber } from "./events.ts";
import { commit, draw, matches, reveal } from "./server.ts";
import type { Lottery } from "./server.ts";

export const lottery = choreography("lottery", {
  roles: { server: many },
  session: `
    Commit{all p ∈ server}(CommitNumber) . Reveal{all p ∈ server}(RevealNumber)
      . Winner{everyone}`,
  params: type<Lottery>(),
  abort: AbortLottery,
})
  .collect("Commit", {
    by: "server",
    event: CommitNumber,
    payload: commit,
    atLeast: "all",
    within: epochs(5),
  })
  .collect("Reveal", {
    by: "server",
    event: RevealNumber,
    payload: reveal,
    accept: matches,
    atLeast: "all",
    within: epochs(5),
  })
  .local("Winner", { at: everyone, action: draw })
  .returns("Winner");
