/** What a buyer and a bookseller say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";

const text = v.pipe(v.string(), v.maxLength(200));

export const AskTitle = event("AskTitle", v.strictObject({ title: text }), "device");

/** In cents; a book that the seller does not have has no price. */
export const QuotePrice = event(
  "QuotePrice",
  v.strictObject({ cents: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))) }),
  "device",
);

export const OrderBook = event("OrderBook", v.strictObject({ address: text }), "device");

export const ConfirmDate = event(
  "ConfirmDate",
  v.strictObject({ date: v.pipe(v.string(), v.isoDate()) }),
  "device",
);

export const DeclineBook = event("DeclineBook", v.strictObject({ because: text }), "device");

export const AbortSale = event("AbortSale", abortPayload, "device");
