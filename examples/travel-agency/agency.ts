/** The agency knows the prices, and does no more than that. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { OrderJourney, QuotePrice } from "./events.ts";

export interface Agency {
  readonly prices: Readonly<Record<string, number>>;
}

export function price({
  device,
  Order,
}: {
  readonly device: Agency;
  readonly Order: PayloadOf<typeof OrderJourney>;
}): PayloadOf<typeof QuotePrice> {
  return { price: device.prices[Order.journey] ?? 0 };
}
