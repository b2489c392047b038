/** The second buyer takes the share or not, and has the book delivered. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import type { GiveAddress, ProposeShare, QuotePrice } from "./events.ts";

export interface SecondBuyer {
  /** The most that this buyer pays. */
  readonly limit: number;
  readonly address: string;
}

interface Context {
  readonly device: SecondBuyer;
}

/** Nobody pays more than the price. */
export function withinPrice(
  { share }: PayloadOf<typeof ProposeShare>,
  { Quote }: { readonly Quote: PayloadOf<typeof QuotePrice> },
): Verdict {
  if (share <= Quote.price) return accepted;
  return rejected("Overcharged", "the share is more than the price");
}

export function acceptOrReject({
  device,
  Share,
}: Context & { readonly Share: PayloadOf<typeof ProposeShare> }) {
  return Share.share <= device.limit ? "Accept" : "Reject";
}

export function address({ device }: Context): PayloadOf<typeof GiveAddress> {
  return { address: device.address };
}
