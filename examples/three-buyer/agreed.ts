/** What all of them agree on. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import type { TakeOverParams } from "../take-over/friend.ts";
import type { QuotePrice } from "../two-buyer/events.ts";
import type { DelegateRest } from "./events.ts";

/** Nobody pays more than the price. */
export function withinPrice(
  { share }: { readonly share: number },
  { Quote }: { readonly Quote: PayloadOf<typeof QuotePrice> },
): Verdict {
  if (share <= Quote.price) return accepted;
  return rejected("Overcharged", "the share is more than the price");
}

/** What the friend is asked for. */
export function taking({
  Delegate,
}: {
  readonly Delegate: PayloadOf<typeof DelegateRest>;
}): TakeOverParams {
  return { share: Delegate.share };
}
