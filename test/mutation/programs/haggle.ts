/** A choreography of the verbs with branches: what the mutations of each are tried on. */
import { choreography, epochs, one, type } from "../../../dsl/index.ts";
import { AbortTrip, Asked, Offered, Settled, Told } from "./events.ts";
import type { TripDevice, TripParams } from "./events.ts";

export const haggle = choreography("haggle", {
  roles: { agent: one, clerk: one },
  session: `
    Ask{agent}(Asked) . {
        Go{agent}(Settled) . rec Haggle {
            Offer{agent → clerk}(Offered) . {
                Raise{clerk}(Told) . Haggle
                | Settle{clerk}(Settled)
              }
          } . ( Ship{clerk → agent}(Asked) || Bill{agent → clerk}(Offered) . Tax{clerk} )
        | Stop{agent}(Told) . abort{agent}
      } . Reply{clerk → agent}(Offered)?`,
  params: type<TripParams>(),
  device: type<TripDevice>(),
  abort: AbortTrip,
})
  .broadcast("Ask", {
    by: "agent",
    event: Asked,
    payload: ({ self }) => ({ place: self }),
    within: epochs(5),
  })
  .choice("Go | Stop", {
    by: "agent",
    decide: ({ device, Ask }) => (Ask.place.length < device.limit ? "Go" : "Stop"),
    branches: {
      Go: (b) =>
        b
          .broadcast("Go", {
            by: "agent",
            event: Settled,
            payload: ({ Ask }) => ({ agreed: Ask.place.length }),
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
                payload: ({ Settle }) => ({ place: String(Settle.agreed) }),
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
            payload: ({ Ask }) => ({ why: [Ask.place] }),
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
  .returns("Ask");
