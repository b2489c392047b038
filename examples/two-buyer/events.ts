/** What the buyers and the seller say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType, NoPayload } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

const amount = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export interface AskTitle {
  readonly title: string;
}

export const AskTitle: EventType<"AskTitle", AskTitle> = event(
  "AskTitle",
  v.strictObject({ title: v.string() }),
  "device",
);

export interface QuotePrice {
  readonly price: number;
}

export const QuotePrice: EventType<"QuotePrice", QuotePrice> = event(
  "QuotePrice",
  v.strictObject({ price: amount }),
  "device",
);

/** What is left for the second buyer to pay. */
export interface ProposeShare {
  readonly share: number;
}

export const ProposeShare: EventType<"ProposeShare", ProposeShare> = event(
  "ProposeShare",
  v.strictObject({ share: amount }),
  "device",
);

export const AcceptShare: EventType<"AcceptShare", NoPayload> = event(
  "AcceptShare",
  nothing,
  "device",
);

export const RejectShare: EventType<"RejectShare", NoPayload> = event(
  "RejectShare",
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

export interface SetDate {
  readonly date: string;
}

export const SetDate: EventType<"SetDate", SetDate> = event(
  "SetDate",
  v.strictObject({ date: v.string() }),
  "device",
);

export const AbortPurchase: EventType<"AbortPurchase", AbortPayload> = event(
  "AbortPurchase",
  abortPayload,
  "device",
);
