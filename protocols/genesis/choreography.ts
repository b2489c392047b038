/** Distributed key generation: all members make a key that none of them has. */
import { choreography, epochs, many, type } from "../../dsl/index.ts";
import { combineShares, commit, confirm, deal } from "./actions.ts";
import { agreesOnPackage, opensToShare, provesSecret } from "./checks.ts";
import type { GenesisParams } from "./context.ts";
import { AbortGenesis, CommitGenesis, ConfirmGenesis, DealGenesis } from "./events.ts";
import type { MemberDevice } from "../member.ts";

export const genesis = choreography("genesis", {
  roles: { member: many },
  session: "Commit* . Deal* . Share . Confirm*",
  params: type<GenesisParams>(),
  device: type<MemberDevice>(),
  abort: AbortGenesis,
})
  .collect("Commit", {
    by: "member",
    event: CommitGenesis,
    payload: commit,
    accept: provesSecret,
    atLeast: "all",
    within: epochs(20),
  })
  .collect("Deal", {
    by: "member",
    event: DealGenesis,
    payload: deal,
    accept: opensToShare,
    atLeast: "all",
    within: epochs(20),
  })
  .local("Share", { at: "member", action: combineShares })
  .collect("Confirm", {
    by: "member",
    event: ConfirmGenesis,
    payload: confirm,
    accept: agreesOnPackage,
    atLeast: "all",
    within: epochs(20),
  })
  .returns("Confirm");
