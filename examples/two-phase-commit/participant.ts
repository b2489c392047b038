/** A participant: a resource that can take part in a transaction, or not. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { CastVote, Prepare } from "./events.ts";

export interface Resource {
  /** Transactions that this resource cannot make. */
  readonly refuses?: ReadonlySet<string>;
}

export function vote({
  device,
  Prepare: { transaction },
}: {
  readonly device: Resource;
  readonly Prepare: PayloadOf<typeof Prepare>;
}): PayloadOf<typeof CastVote> {
  return { yes: device.refuses?.has(transaction) !== true };
}
