/**
 * Two buyers share the price of a book (Honda, Yoshida, Carbone: "Multiparty asynchronous session
 * types", POPL 2008, §1): the first asks for it, the second decides whether it is bought.
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { share, title } from "./buyer1.ts";
import type { FirstBuyer } from "./buyer1.ts";
import { acceptOrReject, address, withinPrice } from "./buyer2.ts";
import type { SecondBuyer } from "./buyer2.ts";
import {
  AbortPurchase,
  AcceptShare,
  AskTitle,
  GiveAddress,
  ProposeShare,
  QuotePrice,
  RejectShare,
  SetDate,
} from "./events.ts";
import { date, price } from "./seller.ts";
import type { Seller } from "./seller.ts";

export const twoBuyer = choreography("two-buyer", {
  roles: { buyer1: one, buyer2: one, seller: one },
  session: `
    Title{buyer1 → seller}(AskTitle) . Quote{seller}(QuotePrice)
      . Share{buyer1 → buyer2}(ProposeShare) . {
        Accept{buyer2 → seller}(AcceptShare) . Address{buyer2 → seller}(GiveAddress)
          . Date{seller → buyer2}(SetDate)
        | Reject{buyer2 → seller}(RejectShare)
      }`,
  params: type<object>(),
  device: type<FirstBuyer & SecondBuyer & Seller>(),
  abort: AbortPurchase,
})
  .send("Title", {
    by: "buyer1",
    to: "seller",
    event: AskTitle,
    payload: title,
    within: epochs(5),
  })
  .broadcast("Quote", { by: "seller", event: QuotePrice, payload: price, within: epochs(10) })
  .send("Share", {
    by: "buyer1",
    to: "buyer2",
    event: ProposeShare,
    payload: share,
    accept: withinPrice,
    within: epochs(10),
  })
  .choice("Accept | Reject", {
    by: "buyer2",
    decide: acceptOrReject,
    branches: {
      Accept: (chain) =>
        chain
          .send("Accept", {
            by: "buyer2",
            to: "seller",
            event: AcceptShare,
            payload: () => ({}),
            within: epochs(20),
          })
          .send("Address", {
            by: "buyer2",
            to: "seller",
            event: GiveAddress,
            payload: address,
            sealed: true,
            within: epochs(5),
          })
          .send("Date", {
            by: "seller",
            to: "buyer2",
            event: SetDate,
            payload: date,
            within: epochs(5),
          }),
      Reject: (chain) =>
        chain.send("Reject", {
          by: "buyer2",
          to: "seller",
          event: RejectShare,
          payload: () => ({}),
          within: epochs(20),
        }),
    },
  })
  .returns("nothing");
