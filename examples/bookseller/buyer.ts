/** The buyer's side: a wish, and a limit to what it may cost. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { AskTitle, DeclineBook, OrderBook, QuotePrice } from "./events.ts";

export interface Shopping {
  readonly title: string;
  readonly address: string;
  /** The most to pay, in cents. */
  readonly budget: number;
}

interface Wishing {
  readonly device: Shopping;
}

interface Quoted extends Wishing {
  readonly Price: PayloadOf<typeof QuotePrice>;
}

export function ask({ device }: Wishing): PayloadOf<typeof AskTitle> {
  return { title: device.title };
}

export function decide({ device, Price }: Quoted): "Order" | "Decline" {
  const { cents } = Price;
  return cents !== undefined && cents <= device.budget ? "Order" : "Decline";
}

export function order({ device }: Wishing): PayloadOf<typeof OrderBook> {
  return { address: device.address };
}

export function decline({ Price }: Quoted): PayloadOf<typeof DeclineBook> {
  return { because: Price.cents === undefined ? "not in stock" : "too dear" };
}
