/** What a customer, an agency and the service behind it say. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, nothing, record, text } from "../../runtime/schema.ts";

export interface OrderJourney {
  readonly journey: string;
}

export const OrderJourney = event(
  "OrderJourney",
  record<OrderJourney>({ journey: text() }),
  "device",
);

export interface QuotePrice {
  readonly price: number;
}

export const QuotePrice = event(
  "QuotePrice",
  record<QuotePrice>({ price: integer({ min: 0 }) }),
  "device",
);

export const LookFurther = event("LookFurther", nothing, "device");

export const AcceptQuote = event("AcceptQuote", nothing, "device");

export const RejectQuote = event("RejectQuote", nothing, "device");

export interface GiveAddress {
  readonly address: string;
}

export const GiveAddress = event("GiveAddress", record<GiveAddress>({ address: text() }), "device");

export interface SendTicket {
  readonly to: string;
  readonly date: string;
}

export const SendTicket = event(
  "SendTicket",
  record<SendTicket>({ to: text(), date: text() }),
  "device",
);

export const AbortTravel = event("AbortTravel", abortPayload, "device");
