/** A choreography of the verbs without branches: what the mutations of each are tried on. */
import { choreography, epochs, everyone, many, one, type } from "../../../dsl/index.ts";
import { AbortTrip, Answered, Asked, Dealt, Hinted } from "./events.ts";
import { locking } from "./locking.ts";

export const trip = choreography("trip", {
  roles: { agent: one, clerk: one, member: many },
  session: `
    Ask{agent}(Asked) . Lock{chair: agent, member: member} . Hint{agent → member}(Hinted)
      . Deal{all p ∈ member → member}(Dealt) . Answer{all p ∈ member}(Answered)
      . Count{everyone} . Nap{agent} . Seen{clerk} . Unlock{chair: agent, member: member}
      . Audit{chair: clerk, member: member}?`,
  params: type<object>(),
  abort: AbortTrip,
})
  .broadcast("Ask", {
    by: "agent",
    event: Asked,
    payload: ({ self }) => ({ place: self }),
    within: epochs(5),
  })
  .acquire("Lock", {
    lock: "trip",
    choreography: locking,
    roles: { chair: "agent", member: "member" },
    params: ({ Ask }) => ({ place: Ask.place }),
  })
  .send("Hint", {
    by: "agent",
    to: "member",
    sealed: true,
    event: Hinted,
    payload: ({ to }) => ({ hint: Uint8Array.of(to.length) }),
    within: epochs(5),
  })
  .distribute("Deal", {
    by: "member",
    to: "member",
    sealed: true,
    event: Dealt,
    payload: ({ to, Hint }) => ({ share: BigInt(Hint.hint.length + to.length) }),
    atLeast: "all",
    within: epochs(5),
  })
  .collect("Answer", {
    by: "member",
    event: Answered,
    payload: ({ Deal }) => ({ yes: Deal.length > 1 }),
    atLeast: "all",
    within: epochs(5),
  })
  .local("Count", {
    at: everyone,
    action: ({ Answer }) => Answer.filter(({ payload }) => payload.yes).length,
    combines: "Answer",
  })
  .wait("Nap", { at: "agent", epochs: epochs(2) })
  .check("Seen", { at: "clerk", of: "Ask" })
  .release("Unlock", {
    lock: "trip",
    choreography: locking,
    roles: { chair: "agent", member: "member" },
    params: ({ Ask }) => ({ place: Ask.place }),
  })
  .call("Audit", {
    choreography: locking,
    roles: { chair: "clerk", member: "member" },
    params: ({ Count }) => ({ place: String(Count) }),
    onAbort: "absent",
  })
  .returns("Count");
