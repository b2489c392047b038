/** The friend takes the buyer's place, or not. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { GiveAddress } from "../two-buyer/events.ts";

export interface TakeOverParams {
  /** What the friend is to pay. */
  readonly share: number;
}

export interface Friend {
  /** The most that the friend pays. */
  readonly limit: number;
  readonly address: string;
}

interface Context {
  readonly device: Friend;
  readonly params: TakeOverParams;
}

export function takeOrRefuse({ device, params }: Context) {
  return params.share <= device.limit ? "Take" : "Refuse";
}

export function address({ device }: Context): PayloadOf<typeof GiveAddress> {
  return { address: device.address };
}
