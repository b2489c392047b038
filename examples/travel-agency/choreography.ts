/**
 * A travel agency (Hu, Yoshida, Honda: "Session-based distributed programming in Java", ECOOP 2008,
 * §2): a customer asks for quotes until one pleases; then the service behind the agency, which hears
 * nothing of the haggling, sends the ticket.
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { price } from "./agency.ts";
import type { Agency } from "./agency.ts";
import { address, goOn, journey, toMe } from "./customer.ts";
import type { Customer } from "./customer.ts";
import {
  AbortTravel,
  AcceptQuote,
  GiveAddress,
  LookFurther,
  OrderJourney,
  QuotePrice,
  RejectQuote,
  SendTicket,
} from "./events.ts";
import { ticket } from "./service.ts";
import type { Service } from "./service.ts";

export const travelAgency = choreography("travel-agency", {
  roles: { customer: one, agency: one, service: one },
  session: `
    rec Shopping {
        Order{customer → agency}(OrderJourney) . Quote{agency → customer}(QuotePrice) . {
            More{customer → agency}(LookFurther) . Shopping
            | Accept{customer}(AcceptQuote) . Address{customer → service}(GiveAddress)
              . Ticket{service → customer}(SendTicket)
            | Reject{customer}(RejectQuote)
          }
      }`,
  params: type<object>(),
  device: type<Customer & Agency & Service>(),
  abort: AbortTravel,
})
  .rec("Shopping", { atMost: 10 }, (turn) =>
    turn
      .send("Order", {
        by: "customer",
        to: "agency",
        event: OrderJourney,
        payload: journey,
        within: epochs(5),
      })
      .send("Quote", {
        by: "agency",
        to: "customer",
        event: QuotePrice,
        payload: price,
        within: epochs(5),
      })
      .choice("More | Accept | Reject", {
        by: "customer",
        decide: goOn,
        branches: {
          More: (chain) =>
            chain
              .send("More", {
                by: "customer",
                to: "agency",
                event: LookFurther,
                payload: () => ({}),
                within: epochs(5),
              })
              .again("Shopping"),
          Accept: (chain) =>
            chain
              .broadcast("Accept", {
                by: "customer",
                event: AcceptQuote,
                payload: () => ({}),
                within: epochs(200),
              })
              .send("Address", {
                by: "customer",
                to: "service",
                event: GiveAddress,
                payload: address,
                sealed: true,
                within: epochs(5),
              })
              .send("Ticket", {
                by: "service",
                to: "customer",
                event: SendTicket,
                payload: ticket,
                accept: toMe,
                within: epochs(5),
              }),
          Reject: (chain) =>
            chain.broadcast("Reject", {
              by: "customer",
              event: RejectQuote,
              payload: () => ({}),
              within: epochs(200),
            }),
        },
      }),
  )
  .returns("nothing");
