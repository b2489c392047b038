/** What a holder and the keepers of a lock say. */
import { event } from "../../dsl/index.ts";
import { abortPayload, boolean, deviceId, list, record, text } from "../../runtime/schema.ts";

const lock = text({ max: 64 });

/** What is agreed on when a lock is taken or given back. */
export interface LockParams {
  readonly lock: string;
  /** More than half of the keepers. */
  readonly quorum: number;
}

export interface RequestLock {
  readonly lock: string;
}

export const RequestLock = event("RequestLock", record<RequestLock>({ lock }), "device");

export interface AnswerRequest {
  readonly asked: string;
  readonly granted: boolean;
}

export const AnswerRequest = event(
  "AnswerRequest",
  record<AnswerRequest>({ asked: lock, granted: boolean() }),
  "device",
);

/** `by` names the keepers that granted it. */
export interface HoldLock {
  readonly lock: string;
  readonly by: readonly string[];
}

export const HoldLock = event("HoldLock", record<HoldLock>({ lock, by: list(deviceId) }), "device");

export interface YieldLock {
  readonly lock: string;
}

export const YieldLock = event("YieldLock", record<YieldLock>({ lock }), "device");

export interface GiveLock {
  readonly lock: string;
}

export const GiveLock = event("GiveLock", record<GiveLock>({ lock }), "device");

export interface FreeLock {
  readonly lock: string;
}

export const FreeLock = event("FreeLock", record<FreeLock>({ lock }), "device");

export const AbortLock = event("AbortLock", abortPayload, "device");
