/** The authenticator knows everybody's PIN. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { LogIn } from "./events.ts";

export interface Authenticator {
  readonly pins: Readonly<Record<string, string>>;
}

export function admit({
  device,
  Login,
}: {
  readonly device: Authenticator;
  readonly Login: PayloadOf<typeof LogIn>;
}) {
  return device.pins[Login.user] === Login.pin ? "Admit" : "Refuse";
}
