/** The primary: it orders the writes, and answers reads. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { CloseStore, GetValue, PutValue, Store, TellValue } from "./events.ts";

interface Storing {
  readonly device: Store;
}

export function replicate({
  device,
  Put,
}: Storing & { readonly Put: PayloadOf<typeof PutValue> }): PayloadOf<typeof PutValue> {
  device.table.set(Put.key, Put.value);
  return Put;
}

export function read({
  device,
  Get: { key },
}: Storing & { readonly Get: PayloadOf<typeof GetValue> }): PayloadOf<typeof TellValue> {
  return { key, value: device.table.get(key) ?? null };
}

export function closeAll({
  Close,
}: {
  readonly Close: PayloadOf<typeof CloseStore>;
}): PayloadOf<typeof CloseStore> {
  return Close;
}
