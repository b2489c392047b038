/**
 * Secret sharing with refreshed shares: a dealer shares a secret, the holders re-randomise their
 * shares among themselves, and any `threshold` of them open the secret (Shamir: "How to share a
 * secret", 1979; Herzberg, Jarecki, Krawczyk, Yung: "Proactive Secret Sharing", 1995). For honest
 * holders: none proves that what it sends is a share.
 */
import { choreography, epochs, everyone, many, one, type } from "../../dsl/index.ts";
import { shareFor } from "./dealer.ts";
import type { Dealer } from "./dealer.ts";
import { AbortSharing, DealShare, OpenShare, RefreshShare } from "./events.ts";
import { interpolate, openShare, refreshed, zeroShareFor } from "./holder.ts";
import type { Sharing } from "./field.ts";

export const secretSharing = choreography("secret-sharing", {
  roles: { dealer: one, holder: many },
  session: `
    Share{dealer → holder}(DealShare) . Refresh{all p ∈ holder → holder}(RefreshShare)
      . Fresh{holder} . Open{p ∈ holder}(OpenShare) . Secret{everyone}`,
  params: type<Sharing>(),
  device: type<Dealer>(),
  abort: AbortSharing,
})
  .send("Share", {
    by: "dealer",
    to: "holder",
    event: DealShare,
    payload: shareFor,
    sealed: true,
    within: epochs(5),
  })
  .distribute("Refresh", {
    by: "holder",
    to: "holder",
    event: RefreshShare,
    payload: zeroShareFor,
    sealed: true,
    atLeast: "all",
    within: epochs(5),
  })
  .local("Fresh", { at: "holder", action: refreshed })
  .collect("Open", {
    by: "holder",
    event: OpenShare,
    payload: openShare,
    atLeast: "threshold",
    within: epochs(15),
  })
  .local("Secret", { at: everyone, action: interpolate, combines: "Open" })
  .returns("Secret");
