/** What a buyer and a bookseller say. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, optional, record, text } from "../../runtime/schema.ts";

const line = text({ max: 200 });

export interface AskTitle {
  readonly title: string;
}

export const AskTitle = event("AskTitle", record<AskTitle>({ title: line }), "device");

/** In cents; a book that the seller does not have has no price. */
export interface QuotePrice {
  readonly cents?: number | undefined;
}

export const QuotePrice = event(
  "QuotePrice",
  record<QuotePrice>({ cents: optional(integer({ min: 0 })) }),
  "device",
);

export interface OrderBook {
  readonly address: string;
}

export const OrderBook = event("OrderBook", record<OrderBook>({ address: line }), "device");

export interface ConfirmDate {
  readonly date: string;
}

export const ConfirmDate = event(
  "ConfirmDate",
  record<ConfirmDate>({
    date: text({ matches: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/ }),
  }),
  "device",
);

export interface DeclineBook {
  readonly because: string;
}

export const DeclineBook = event("DeclineBook", record<DeclineBook>({ because: line }), "device");

export const AbortSale = event("AbortSale", abortPayload, "device");
