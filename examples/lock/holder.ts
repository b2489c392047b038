/** The holder's side of the lock. */
import type { Collected, PayloadOf } from "../../dsl/index.ts";
import type { AnswerRequest, GiveLock, HoldLock, RequestLock, YieldLock } from "./events.ts";

interface Answered {
  readonly params: { readonly quorum: number };
  readonly Grant: Collected<PayloadOf<typeof AnswerRequest>>;
}

export function request(): PayloadOf<typeof RequestLock> {
  return {};
}

export function decide(context: Answered): "Held" | "Busy" {
  return hold(context).by.length >= context.params.quorum ? "Held" : "Busy";
}

export function hold({ Grant }: Pick<Answered, "Grant">): PayloadOf<typeof HoldLock> {
  return { by: Grant.filter(({ payload }) => payload.granted).map(({ author }) => author) };
}

export function yieldLock(): PayloadOf<typeof YieldLock> {
  return {};
}

export function give(): PayloadOf<typeof GiveLock> {
  return {};
}
