/** A writer: the value that it has, one version on. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { UpdateValue } from "./events.ts";
import type { Register } from "./reader.ts";

export function update({
  device: { register },
}: {
  readonly device: Register;
}): PayloadOf<typeof UpdateValue> {
  return { version: register.version + 1, value: register.value };
}
