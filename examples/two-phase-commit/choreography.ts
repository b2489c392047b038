/**
 * Two-phase commit: a transaction takes effect everywhere or nowhere. A participant that is not
 * heard from in time counts as a "no" (Gray: "Notes on Data Base Operating Systems", 1978).
 */
import { choreography, epochs, many, one, type } from "../../dsl/index.ts";
import { commit, decide, prepare, rollBack } from "./coordinator.ts";
import { AbortTransaction, CastVote, CommitAll, Prepare, RollBackAll } from "./events.ts";
import { vote } from "./participant.ts";
import type { Resource } from "./participant.ts";

export const twoPhaseCommit = choreography("two-phase-commit", {
  roles: { coordinator: one, participant: many },
  session: `
    Prepare{coordinator}(Prepare) . Vote{all p ∈ participant}(CastVote)? . {
        Commit{coordinator}(CommitAll)
        | RollBack{coordinator}(RollBackAll)
      }`,
  params: type<{ readonly transaction: string }>(),
  device: type<Resource>(),
  abort: AbortTransaction,
})
  .broadcast("Prepare", { by: "coordinator", event: Prepare, payload: prepare, within: epochs(5) })
  .collect("Vote", {
    by: "participant",
    event: CastVote,
    payload: vote,
    atLeast: "all",
    within: epochs(5),
    onTimeout: "absent",
  })
  .choice("Commit | RollBack", {
    by: "coordinator",
    decide,
    branches: {
      Commit: (b) =>
        b.broadcast("Commit", {
          by: "coordinator",
          event: CommitAll,
          payload: commit,
          within: epochs(15),
        }),
      RollBack: (b) =>
        b.broadcast("RollBack", {
          by: "coordinator",
          event: RollBackAll,
          payload: rollBack,
          within: epochs(15),
        }),
    },
  })
  .returns("nothing");
