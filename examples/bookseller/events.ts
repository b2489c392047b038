/** What a buyer and a bookseller say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";

const text = v.pipe(v.string(), v.maxLength(200));

export interface AskTitle {
  readonly title: string;
}

export const AskTitle: EventType<"AskTitle", AskTitle> = event(
  "AskTitle",
  v.strictObject({ title: text }),
  "device",
);

/** In cents; a book that the seller does not have has no price. */
export interface QuotePrice {
  readonly cents?: number | undefined;
}

export const QuotePrice: EventType<"QuotePrice", QuotePrice> = event(
  "QuotePrice",
  v.strictObject({ cents: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))) }),
  "device",
);

export interface OrderBook {
  readonly address: string;
}

export const OrderBook: EventType<"OrderBook", OrderBook> = event(
  "OrderBook",
  v.strictObject({ address: text }),
  "device",
);

export interface ConfirmDate {
  readonly date: string;
}

export const ConfirmDate: EventType<"ConfirmDate", ConfirmDate> = event(
  "ConfirmDate",
  v.strictObject({ date: v.pipe(v.string(), v.isoDate()) }),
  "device",
);

export interface DeclineBook {
  readonly because: string;
}

export const DeclineBook: EventType<"DeclineBook", DeclineBook> = event(
  "DeclineBook",
  v.strictObject({ because: text }),
  "device",
);

export const AbortSale: EventType<"AbortSale", AbortPayload> = event(
  "AbortSale",
  abortPayload,
  "device",
);
