/** The service sends the tickets of those who accepted. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { GiveAddress, SendTicket } from "./events.ts";

export interface Service {
  readonly nextDate: string;
}

export function ticket({
  device,
  Address,
}: {
  readonly device: Service;
  readonly Address: PayloadOf<typeof GiveAddress>;
}): PayloadOf<typeof SendTicket> {
  return { to: Address.address, date: device.nextDate };
}
