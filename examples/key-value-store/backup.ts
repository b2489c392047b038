/** A backup: it has a value before it acknowledges it. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { AckValue, PutValue, Store } from "./events.ts";

export function acknowledge({
  device,
  Replicate: { key, value },
}: {
  readonly device: Store;
  readonly Replicate: PayloadOf<typeof PutValue>;
}): PayloadOf<typeof AckValue> {
  device.table.set(key, value);
  return { key };
}
