/** The second buyer pays the share, or asks a friend to take the place. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { GiveAddress, ProposeShare } from "../two-buyer/events.ts";
import type { DelegateRest } from "./events.ts";

export interface SecondBuyer {
  /** The most that this buyer pays. */
  readonly limit: number;
  readonly address: string;
}

interface Context {
  readonly device: SecondBuyer;
}

interface Proposed extends Context {
  readonly Share: PayloadOf<typeof ProposeShare>;
}

export function acceptOrDelegate({ device, Share }: Proposed) {
  return Share.share <= device.limit ? "Accept" : "Delegate";
}

export function rest({ device, Share }: Proposed): PayloadOf<typeof DelegateRest> {
  return { share: Share.share - device.limit };
}

export function address({ device }: Context): PayloadOf<typeof GiveAddress> {
  return { address: device.address };
}
