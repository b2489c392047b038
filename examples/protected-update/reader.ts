/** A reader: it has the register's value, and keeps its lock. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { AckUpdate, UpdateValue } from "./events.ts";

export interface Register {
  readonly register: { version: number; value: string };
}

export function apply({
  device: { register },
  Update: { version, value },
}: {
  readonly device: Register;
  readonly Update: PayloadOf<typeof UpdateValue>;
}): PayloadOf<typeof AckUpdate> {
  register.version = version;
  register.value = value;
  return { applied: version };
}
