/** What a holder and the keepers of a lock say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, deviceId } from "../../protocols/payload.ts";

const lock = v.pipe(v.string(), v.maxLength(64));

/** What is agreed on when a lock is taken or given back. */
export interface LockParams {
  readonly lock: string;
  /** More than half of the keepers. */
  readonly quorum: number;
}

export const RequestLock = event("RequestLock", v.strictObject({ lock }), "device");

export const AnswerRequest = event(
  "AnswerRequest",
  v.strictObject({ asked: lock, granted: v.boolean() }),
  "device",
);

/** `by` names the keepers that granted it. */
export const HoldLock = event(
  "HoldLock",
  v.strictObject({ lock, by: v.array(deviceId) }),
  "device",
);

export const YieldLock = event("YieldLock", v.strictObject({ lock }), "device");

export const GiveLock = event("GiveLock", v.strictObject({ lock }), "device");

export const FreeLock = event("FreeLock", v.strictObject({ lock }), "device");

export const AbortLock = event("AbortLock", abortPayload, "device");
