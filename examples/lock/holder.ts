/** The holder's side of the lock. */
import type { Collected, PayloadOf } from "../../dsl/index.ts";
import type { AnswerRequest, GiveLock, HoldLock, LockParams } from "./events.ts";
import type { RequestLock, YieldLock } from "./events.ts";

interface Holding {
  readonly params: LockParams;
}

interface Answered extends Holding {
  readonly Grant: Collected<PayloadOf<typeof AnswerRequest>>;
}

export function request({ params: { lock } }: Holding): PayloadOf<typeof RequestLock> {
  return { lock };
}

export function decide(context: Answered): "Held" | "Busy" {
  return hold(context).by.length >= context.params.quorum ? "Held" : "Busy";
}

export function hold({ params: { lock }, Grant }: Answered): PayloadOf<typeof HoldLock> {
  return { lock, by: Grant.filter(({ payload }) => payload.granted).map(({ author }) => author) };
}

export function yieldLock({ params: { lock } }: Holding): PayloadOf<typeof YieldLock> {
  return { lock };
}

export function give({ params: { lock } }: Holding): PayloadOf<typeof GiveLock> {
  return { lock };
}
