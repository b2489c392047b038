/** What writer and readers agree on, and what of it the lock needs. */
import type { LockParams } from "../lock/events.ts";

export interface UpdateParams {
  /** How many readers must grant the lock, and then have the value: more than half of them. */
  readonly quorum: number;
}

export function lockOf({ params }: { readonly params: UpdateParams }): LockParams {
  return { lock: "register", quorum: params.quorum };
}
