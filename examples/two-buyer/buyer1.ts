/** The first buyer asks for a book, and says what the other is to pay of it. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { AskTitle, ProposeShare, QuotePrice } from "./events.ts";

export interface FirstBuyer {
  readonly title: string;
  /** The most that this buyer pays. */
  readonly budget: number;
}

interface Context {
  readonly device: FirstBuyer;
}

export function title({ device }: Context): PayloadOf<typeof AskTitle> {
  return { title: device.title };
}

export function share({
  device,
  Quote,
}: Context & { readonly Quote: PayloadOf<typeof QuotePrice> }): PayloadOf<typeof ProposeShare> {
  return { share: Math.max(0, Quote.price - device.budget) };
}
