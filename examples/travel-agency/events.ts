/** What a customer, an agency and the service behind it say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType, NoPayload } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

export interface OrderJourney {
  readonly journey: string;
}

export const OrderJourney: EventType<"OrderJourney", OrderJourney> = event(
  "OrderJourney",
  v.strictObject({ journey: v.string() }),
  "device",
);

export interface QuotePrice {
  readonly price: number;
}

export const QuotePrice: EventType<"QuotePrice", QuotePrice> = event(
  "QuotePrice",
  v.strictObject({ price: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
  "device",
);

export const LookFurther: EventType<"LookFurther", NoPayload> = event(
  "LookFurther",
  nothing,
  "device",
);

export const AcceptQuote: EventType<"AcceptQuote", NoPayload> = event(
  "AcceptQuote",
  nothing,
  "device",
);

export const RejectQuote: EventType<"RejectQuote", NoPayload> = event(
  "RejectQuote",
  nothing,
  "device",
);

export interface GiveAddress {
  readonly address: string;
}

export const GiveAddress: EventType<"GiveAddress", GiveAddress> = event(
  "GiveAddress",
  v.strictObject({ address: v.string() }),
  "device",
);

export interface SendTicket {
  readonly to: string;
  readonly date: string;
}

export const SendTicket: EventType<"SendTicket", SendTicket> = event(
  "SendTicket",
  v.strictObject({ to: v.string(), date: v.string() }),
  "device",
);

export const AbortTravel: EventType<"AbortTravel", AbortPayload> = event(
  "AbortTravel",
  abortPayload,
  "device",
);
