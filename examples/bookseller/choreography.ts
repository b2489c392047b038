/**
 * The bookseller: a buyer asks for the price of a book and orders it if it is not too dear
 * (Carbone, Honda, Yoshida: "Structured Communication-Centred Programming for Web Services", 2007;
 * as in Shen, Kashiwa, Kuper: "HasChor: Functional Choreographic Programming for All", 2023).
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { ask, decide, decline, order } from "./buyer.ts";
import type { Shopping } from "./buyer.ts";
import { AbortSale, AskTitle, ConfirmDate, DeclineBook, OrderBook, QuotePrice } from "./events.ts";
import { deliver, quote } from "./seller.ts";
import type { Shop } from "./seller.ts";

export const bookseller = choreography("bookseller", {
  roles: { buyer: one, seller: one },
  session: "Title . Price . { Order . Date | Decline }",
  params: type<object>(),
  device: type<Shopping & Shop>(),
  abort: AbortSale,
})
  .send("Title", { by: "buyer", to: "seller", event: AskTitle, payload: ask, within: epochs(5) })
  .send("Price", {
    by: "seller",
    to: "buyer",
    event: QuotePrice,
    payload: quote,
    within: epochs(5),
  })
  .choice("Order | Decline", {
    by: "buyer",
    decide,
    branches: {
      Order: (b) =>
        b
          .send("Order", {
            by: "buyer",
            to: "seller",
            event: OrderBook,
            payload: order,
            within: epochs(5),
          })
          .send("Date", {
            by: "seller",
            to: "buyer",
            event: ConfirmDate,
            payload: deliver,
            within: epochs(5),
          }),
      Decline: (b) =>
        b.send("Decline", {
          by: "buyer",
          to: "seller",
          event: DeclineBook,
          payload: decline,
          within: epochs(5),
        }),
    },
  })
  .returns("nothing");
