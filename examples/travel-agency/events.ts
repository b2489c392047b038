/** What a customer, an agency and the service behind it say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

export const OrderJourney = event(
  "OrderJourney",
  v.strictObject({ journey: v.string() }),
  "device",
);

export const QuotePrice = event(
  "QuotePrice",
  v.strictObject({ price: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
  "device",
);

export const LookFurther = event("LookFurther", nothing, "device");

export const AcceptQuote = event("AcceptQuote", nothing, "device");

export const RejectQuote = event("RejectQuote", nothing, "device");

export const GiveAddress = event("GiveAddress", v.strictObject({ address: v.string() }), "device");

export const SendTicket = event(
  "SendTicket",
  v.strictObject({ to: v.string(), date: v.string() }),
  "device",
);

export const AbortTravel = event("AbortTravel", abortPayload, "device");
