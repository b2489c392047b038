/** What the buyers and the seller say. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, nothing, record, text } from "../../runtime/schema.ts";

const amount = integer({ min: 0 });

export interface AskTitle {
  readonly title: string;
}

export const AskTitle = event("AskTitle", record<AskTitle>({ title: text() }), "device");

export interface QuotePrice {
  readonly price: number;
}

export const QuotePrice = event("QuotePrice", record<QuotePrice>({ price: amount }), "device");

/** What is left for the second buyer to pay. */
export interface ProposeShare {
  readonly share: number;
}

export const ProposeShare = event(
  "ProposeShare",
  record<ProposeShare>({ share: amount }),
  "device",
);

export const AcceptShare = event("AcceptShare", nothing, "device");

export const RejectShare = event("RejectShare", nothing, "device");

export interface GiveAddress {
  readonly address: string;
}

export const GiveAddress = event("GiveAddress", record<GiveAddress>({ address: text() }), "device");

export interface SetDate {
  readonly date: string;
}

export const SetDate = event("SetDate", record<SetDate>({ date: text() }), "device");

export const AbortPurchase = event("AbortPurchase", abortPayload, "device");
