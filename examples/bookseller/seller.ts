/** The seller's side: a price list, and a date of delivery. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { AskTitle, ConfirmDate, QuotePrice } from "./events.ts";

export interface Shop {
  /** In cents, by title. */
  readonly prices: ReadonlyMap<string, number>;
  /** The day of the next delivery. */
  readonly nextDelivery: string;
}

interface Selling {
  readonly device: Shop;
}

export function quote({
  device,
  Title,
}: Selling & { readonly Title: PayloadOf<typeof AskTitle> }): PayloadOf<typeof QuotePrice> {
  const cents = device.prices.get(Title.title);
  return cents === undefined ? {} : { cents };
}

export function deliver({ device }: Selling): PayloadOf<typeof ConfirmDate> {
  return { date: device.nextDelivery };
}
