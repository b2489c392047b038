/**
 * Threshold signing: any `threshold` devices make one Ed25519 signature with a key that none of them
 * has (FROST, RFC 9591). FROST is not robust, so an attempt in which a share is bad or missing is
 * followed by another without those who owed it.
 */
import { choreography, epochs, many, one, type } from "../../dsl/index.ts";
import { aggregate, finalize, isSigned, pin, propose, retry } from "./actions/coordinator.ts";
import { approve, commit, share } from "./actions/signer.ts";
import {
  commitsWell,
  holdsForKey,
  leavesOutSigners,
  pinsCommitters,
  proposesMessage,
  verifiesShare,
} from "./checks.ts";
import type { SigningDevice, SigningParams } from "./context.ts";
import * as events from "./events.ts";

export const signing = choreography("signing", {
  roles: { coordinator: one, signer: many },
  session: `
    Propose . Approve{signer} . rec Round {
      Commit* . Attempt . Share*? . Aggregate . { Finalize | Retry . Round }
    }`,
  params: type<SigningParams>(),
  device: type<SigningDevice>(),
  abort: events.AbortSigning,
})
  .broadcast("Propose", {
    by: "coordinator",
    event: events.ProposeSignature,
    payload: propose,
    accept: proposesMessage,
    within: epochs(10),
  })
  .local("Approve", { at: "signer", action: approve })
  .rec("Round", { atMost: "attempts" }, (round) =>
    round
      .collect("Commit", {
        by: "signer",
        event: events.CommitNonces,
        payload: commit,
        accept: commitsWell,
        atLeast: "threshold",
        within: epochs(30),
      })
      .broadcast("Attempt", {
        by: "coordinator",
        event: events.PinSigners,
        payload: pin,
        accept: pinsCommitters,
        within: epochs(30),
      })
      .collect("Share", {
        by: "signer",
        event: events.ShareSignature,
        payload: share,
        accept: verifiesShare,
        atLeast: "all",
        within: epochs(10),
        onTimeout: "absent",
      })
      .local("Aggregate", { at: "coordinator", action: aggregate })
      .choice("Finalize | Retry", {
        by: "coordinator",
        decide: isSigned,
        branches: {
          Finalize: (b) =>
            b.broadcast("Finalize", {
              by: "coordinator",
              event: events.FinalizeSignature,
              payload: finalize,
              accept: holdsForKey,
              within: epochs(30),
            }),
          Retry: (b) =>
            b
              .broadcast("Retry", {
                by: "coordinator",
                event: events.RetrySigning,
                payload: retry,
                accept: leavesOutSigners,
                within: epochs(30),
              })
              .again("Round"),
        },
      }),
  )
  .returns("Finalize");
