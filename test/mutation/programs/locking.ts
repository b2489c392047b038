/** What the trip calls: all members bid. */
import { choreography, epochs, many, one, type } from "../../../dsl/index.ts";
import { AbortTrip, Answered, Asked } from "./events.ts";

export const locking = choreography("op-locking", {
  roles: { chair: one, member: many },
  session: "Ask . Bid*",
  params: type<{ readonly place: string }>(),
  abort: AbortTrip,
})
  .broadcast("Ask", {
    by: "chair",
    event: Asked,
    payload: ({ params }) => ({ place: params.place }),
    within: epochs(5),
  })
  .collect("Bid", {
    by: "member",
    event: Answered,
    payload: ({ Ask }) => ({ yes: Ask.place !== "" }),
    atLeast: "all",
    within: epochs(5),
  })
  .returns("Bid");
