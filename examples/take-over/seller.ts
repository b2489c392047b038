/** The seller delivers to whoever is in the buyer's place. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { SetDate } from "../two-buyer/events.ts";

export interface Seller {
  readonly deliveryDate: string;
}

export function date({ device }: { readonly device: Seller }): PayloadOf<typeof SetDate> {
  return { date: device.deliveryDate };
}
