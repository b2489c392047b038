/** The customer asks for one journey after the other until one is cheap enough. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import type { GiveAddress, OrderJourney, QuotePrice, SendTicket } from "./events.ts";

export interface Customer {
  readonly journeys: readonly string[];
  readonly budget: number;
  readonly address: string;
}

interface Context {
  readonly device: Customer;
  readonly turn: number;
}

export function journey({ device, turn }: Context): PayloadOf<typeof OrderJourney> {
  return { journey: device.journeys[turn] ?? "home" };
}

export function goOn({
  device,
  turn,
  Quote,
}: Context & { readonly Quote: PayloadOf<typeof QuotePrice> }) {
  if (Quote.price <= device.budget) return "Accept";
  return turn + 1 < device.journeys.length ? "More" : "Reject";
}

export function address({ device }: Context): PayloadOf<typeof GiveAddress> {
  return { address: device.address };
}

export function toMe(
  { to }: PayloadOf<typeof SendTicket>,
  { Address }: { readonly Address: PayloadOf<typeof GiveAddress> },
): Verdict {
  if (to === Address.address) return accepted;
  return rejected("OtherAddress", "the ticket goes to somebody else");
}
