/**
 * A friend takes a buyer's place: what is left of the purchase is between the friend and the seller.
 * It is the part that the three-buyer protocol delegates, a choreography of its own.
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { GiveAddress, SetDate } from "../two-buyer/events.ts";
import { AbortTakeOver, RefusePlace, TakePlace } from "./events.ts";
import { address, takeOrRefuse } from "./friend.ts";
import type { Friend, TakeOverParams } from "./friend.ts";
import { date } from "./seller.ts";
import type { Seller } from "./seller.ts";

export const takeOver = choreography("take-over", {
  roles: { friend: one, buyer: one, seller: one },
  session: `
    {
        Take{friend}(TakePlace) . Address{friend → seller}(GiveAddress)
          . Date{seller → friend}(SetDate)
        | Refuse{friend}(RefusePlace)
      }`,
  params: type<TakeOverParams>(),
  device: type<Friend & Seller>(),
  abort: AbortTakeOver,
})
  .choice("Take | Refuse", {
    by: "friend",
    decide: takeOrRefuse,
    branches: {
      Take: (chain) =>
        chain
          .broadcast("Take", {
            by: "friend",
            event: TakePlace,
            payload: () => ({}),
            within: epochs(10),
          })
          .send("Address", {
            by: "friend",
            to: "seller",
            event: GiveAddress,
            payload: address,
            sealed: true,
            within: epochs(5),
          })
          .send("Date", {
            by: "seller",
            to: "friend",
            event: SetDate,
            payload: date,
            within: epochs(5),
          }),
      Refuse: (chain) =>
        chain.broadcast("Refuse", {
          by: "friend",
          event: RefusePlace,
          payload: () => ({}),
          within: epochs(10),
        }),
    },
  })
  .returns("nothing");
