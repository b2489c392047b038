/** A choreography of every verb: what the mutations of each are tried on. */
import { choreography, epochs, everyone, many, one, type } from "../../../dsl/index.ts";
import { AbortTrip, Answered, Asked, Dealt, Hinted, Offered, Settled, Told } from "./events.ts";
import { locking } from "./locking.ts";

export const trip = choreography("trip", {
  roles: { agent: one, clerk: one, member: many },
  session: `Ask . Lock . Hint . Deal* . Answer* . Count . Nap . Seen . Unlock
    . { Go . rec Haggle { Offer . { Raise . Haggle | Settle } } . ( Ship || Bill . Tax ) | Stop . abort }
    . Reply? . Audit?`,
  params: type<{ readonly rounds: number }>(),
  device: type<{ readonly limit: number }>(),
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
  .choice("Go | Stop", {
    by: "agent",
    decide: ({ Count }) => (Count > 1 ? "Go" : "Stop"),
    branches: {
      Go: (b) =>
        b
          .broadcast("Go", {
            by: "agent",
            event: Settled,
            payload: ({ Count }) => ({ agreed: Count }),
            within: epochs(5),
          })
          .rec("Haggle", { atMost: "rounds" }, (c) =>
            c
              .send("Offer", {
                by: "agent",
                to: "clerk",
                event: Offered,
                payload: ({ turn, Go }) => ({ price: Go.agreed + turn }),
                within: epochs(5),
              })
              .choice("Raise | Settle", {
                by: "clerk",
                decide: ({ Offer, device }) => (Offer.price < device.limit ? "Raise" : "Settle"),
                branches: {
                  Raise: (d) =>
                    d
                      .broadcast("Raise", {
                        by: "clerk",
                        event: Told,
                        payload: ({ Offer }) => ({ why: [String(Offer.price)] }),
                        within: epochs(5),
                      })
                      .again("Haggle"),
                  Settle: (d) =>
                    d.broadcast("Settle", {
                      by: "clerk",
                      event: Settled,
                      payload: ({ Offer }) => ({ agreed: Offer.price }),
                      within: epochs(5),
                    }),
                },
              }),
          )
          .parallel("Ship || Bill", {
            Ship: (c) =>
              c.send("Ship", {
                by: "clerk",
                to: "agent",
                event: Asked,
                payload: ({ Seen }) => ({ place: Seen?.place ?? "" }),
                within: epochs(5),
              }),
            Bill: (c) =>
              c
                .send("Bill", {
                  by: "agent",
                  to: "clerk",
                  event: Offered,
                  payload: ({ Offer }) => ({ price: Offer.price }),
                  within: epochs(5),
                })
                .local("Tax", { at: "clerk", action: ({ Bill }) => Bill.price / 5 }),
          }),
      Stop: (b) =>
        b
          .broadcast("Stop", {
            by: "agent",
            event: Told,
            payload: ({ Count }) => ({ why: [`${Count} said yes`] }),
            within: epochs(5),
          })
          .abort("abort", { by: "agent", reason: "nobody said yes", within: epochs(5) }),
    },
  })
  .send("Reply", {
    by: "clerk",
    to: "agent",
    event: Offered,
    payload: ({ Tax }) => ({ price: Tax }),
    within: epochs(5),
    onTimeout: "absent",
  })
  .call("Audit", {
    choreography: locking,
    roles: { chair: "clerk", member: "member" },
    params: ({ Count }) => ({ place: String(Count) }),
    onAbort: "absent",
  })
  .returns("Count");
