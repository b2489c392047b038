/**
 * Three buyers (Bettini, Coppo, D'Antoni, De Luca, Dezani-Ciancaglini, Yoshida: "Global progress in
 * dynamically interleaved multiparty sessions", CONCUR 2008, §2): if the share is too much for the
 * second buyer, the rest of the purchase is delegated to a third, here as a nested choreography.
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { takeOver } from "../take-over/choreography.ts";
import { share, title } from "../two-buyer/buyer1.ts";
import type { FirstBuyer } from "../two-buyer/buyer1.ts";
import * as events from "../two-buyer/events.ts";
import { date, price } from "../two-buyer/seller.ts";
import type { Seller } from "../two-buyer/seller.ts";
import { taking, withinPrice } from "./agreed.ts";
import { acceptOrDelegate, address, rest } from "./buyer2.ts";
import type { SecondBuyer } from "./buyer2.ts";
import { AbortSharing, DelegateRest } from "./events.ts";

export const threeBuyer = choreography("three-buyer", {
  roles: { buyer1: one, buyer2: one, buyer3: one, seller: one },
  session: `
    Title{buyer1 → seller}(AskTitle) . Quote{seller}(QuotePrice)
      . Share{buyer1 → buyer2}(ProposeShare) . {
        Accept{buyer2}(AcceptShare) . Address{buyer2 → seller}(GiveAddress)
          . Date{seller → buyer2}(SetDate)
        | Delegate{buyer2}(DelegateRest)
          . TakeOver{friend: buyer3, buyer: buyer2, seller: seller}
      }`,
  params: type<object>(),
  device: type<FirstBuyer & SecondBuyer & Seller>(),
  abort: AbortSharing,
})
  .send("Title", {
    by: "buyer1",
    to: "seller",
    event: events.AskTitle,
    payload: title,
    within: epochs(5),
  })
  .broadcast("Quote", {
    by: "seller",
    event: events.QuotePrice,
    payload: price,
    within: epochs(10),
  })
  .send("Share", {
    by: "buyer1",
    to: "buyer2",
    event: events.ProposeShare,
    payload: share,
    accept: withinPrice,
    within: epochs(10),
  })
  .choice("Accept | Delegate", {
    by: "buyer2",
    decide: acceptOrDelegate,
    branches: {
      Accept: (chain) =>
        chain
          .broadcast("Accept", {
            by: "buyer2",
            event: events.AcceptShare,
            payload: () => ({}),
            within: epochs(20),
          })
          .send("Address", {
            by: "buyer2",
            to: "seller",
            event: events.GiveAddress,
            payload: address,
            sealed: true,
            within: epochs(5),
          })
          .send("Date", {
            by: "seller",
            to: "buyer2",
            event: events.SetDate,
            payload: date,
            within: epochs(5),
          }),
      Delegate: (chain) =>
        chain
          .broadcast("Delegate", {
            by: "buyer2",
            event: DelegateRest,
            payload: rest,
            accept: withinPrice,
            within: epochs(20),
          })
          .call("TakeOver", {
            choreography: takeOver,
            roles: { friend: "buyer3", buyer: "buyer2", seller: "seller" },
            params: taking,
          }),
    },
  })
  .returns("nothing");
