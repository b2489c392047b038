/** Deterministic key derivation: any `threshold` devices derive one key for a context. */
import { choreography, epochs, everyone, many, one, type } from "../../dsl/index.ts";
import { aggregate } from "./actions/aggregate.ts";
import { finalize, initiate } from "./actions/coordinator.ts";
import { commit, reveal } from "./actions/participant.ts";
import { agreesOnKey, opensCommitment, sealsBlind } from "./checks.ts";
import type { DkdDevice, DkdParams } from "./context.ts";
import {
  AbortDkdSession,
  FinalizeDkdSession,
  InitiateDkdSession,
  RecordDkdCommitment,
  RevealDkdPoint,
} from "./events.ts";

export const dkd = choreography("dkd", {
  roles: { coordinator: one, participant: many },
  session: "Initiate . Commit* . Reveal* . Aggregate . Finalize",
  params: type<DkdParams>(),
  device: type<DkdDevice>(),
  abort: AbortDkdSession,
})
  .broadcast("Initiate", {
    by: "coordinator",
    event: InitiateDkdSession,
    payload: initiate,
    accept: sealsBlind,
    within: epochs(10),
  })
  .collect("Commit", {
    by: "participant",
    event: RecordDkdCommitment,
    payload: commit,
    atLeast: "threshold",
    within: epochs(10),
  })
  .collect("Reveal", {
    by: "participant",
    event: RevealDkdPoint,
    payload: reveal,
    accept: opensCommitment,
    atLeast: "threshold",
    within: epochs(10),
  })
  .local("Aggregate", { at: everyone, action: aggregate, combines: "Reveal" })
  .broadcast("Finalize", {
    by: "coordinator",
    event: FinalizeDkdSession,
    payload: finalize,
    accept: agreesOnKey,
    within: epochs(20),
  })
  .returns("Aggregate");
