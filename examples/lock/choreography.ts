/**
 * An operation lock: a holder has it when a quorum of keepers grants it, and two quorums have a
 * keeper in common (Maekawa: "A √N algorithm for mutual exclusion in decentralized systems", 1985;
 * Gifford: "Weighted Voting for Replicated Data", 1979).
 */
import { choreography, epochs, many, one, type } from "../../dsl/index.ts";
import * as events from "./events.ts";
import { decide, give, hold, request, yieldLock } from "./holder.ts";
import { forget, free, grant } from "./keeper.ts";
import type { Keeper } from "./keeper.ts";

/** Takes the lock. Who gets too few grants gives up, and its grants are forgotten. */
export const takeLock = choreography("take-lock", {
  roles: { holder: one, keeper: many },
  session: `
    Request{holder}(RequestLock) . Grant{p ∈ keeper}(AnswerRequest) . {
        Held{holder}(HoldLock)
        | Busy{holder}(YieldLock) . Forget{keeper} . abort{holder}
      }`,
  params: type<events.LockParams>(),
  device: type<Keeper>(),
  abort: events.AbortLock,
})
  .broadcast("Request", {
    by: "holder",
    event: events.RequestLock,
    payload: request,
    within: epochs(5),
  })
  .collect("Grant", {
    by: "keeper",
    event: events.AnswerRequest,
    payload: grant,
    atLeast: "quorum",
    within: epochs(5),
  })
  .choice("Held | Busy", {
    by: "holder",
    decide,
    branches: {
      Held: (b) =>
        b.broadcast("Held", {
          by: "holder",
          event: events.HoldLock,
          payload: hold,
          within: epochs(10),
        }),
      Busy: (b) =>
        b
          .broadcast("Busy", {
            by: "holder",
            event: events.YieldLock,
            payload: yieldLock,
            within: epochs(10),
          })
          .local("Forget", { at: "keeper", action: forget })
          .abort("abort", {
            by: "holder",
            reason: "the lock is held by another",
            within: epochs(5),
          }),
    },
  })
  .returns("nothing");

/** Gives the lock back: a quorum of keepers has freed it. */
export const giveLock = choreography("give-lock", {
  roles: { holder: one, keeper: many },
  session: `
    Give{holder}(GiveLock) . Free{p ∈ keeper}(FreeLock)`,
  params: type<events.LockParams>(),
  device: type<Keeper>(),
  abort: events.AbortLock,
})
  .broadcast("Give", { by: "holder", event: events.GiveLock, payload: give, within: epochs(5) })
  .collect("Free", {
    by: "keeper",
    event: events.FreeLock,
    payload: free,
    atLeast: "quorum",
    within: epochs(5),
  })
  .returns("nothing");
