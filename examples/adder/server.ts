/** The server adds. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { AddNumbers, TellSum } from "./events.ts";

export function sum({
  Add,
}: {
  readonly Add: PayloadOf<typeof AddNumbers>;
}): PayloadOf<typeof TellSum> {
  return { sum: Add.a + Add.b };
}
