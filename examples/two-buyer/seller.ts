/** The seller knows prices and dates. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { AskTitle, QuotePrice, SetDate } from "./events.ts";

export interface Seller {
  readonly prices: Readonly<Record<string, number>>;
  readonly deliveryDate: string;
}

interface Context {
  readonly device: Seller;
}

export function price({
  device,
  Title,
}: Context & { readonly Title: PayloadOf<typeof AskTitle> }): PayloadOf<typeof QuotePrice> {
  const known = device.prices[Title.title];
  if (known === undefined) throw new TypeError(`there is no book '${Title.title}'`);
  return { price: known };
}

export function date({ device }: Context): PayloadOf<typeof SetDate> {
  return { date: device.deliveryDate };
}
