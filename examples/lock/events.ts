/** What a holder and the keepers of a lock say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload, deviceId } from "../../protocols/payload.ts";

const lock = v.pipe(v.string(), v.maxLength(64));

/** What is agreed on when a lock is taken or given back. */
export interface LockParams {
  readonly lock: string;
  /** More than half of the keepers. */
  readonly quorum: number;
}

export interface RequestLock {
  readonly lock: string;
}

export const RequestLock: EventType<"RequestLock", RequestLock> = event(
  "RequestLock",
  v.strictObject({ lock }),
  "device",
);

export interface AnswerRequest {
  readonly asked: string;
  readonly granted: boolean;
}

export const AnswerRequest: EventType<"AnswerRequest", AnswerRequest> = event(
  "AnswerRequest",
  v.strictObject({ asked: lock, granted: v.boolean() }),
  "device",
);

/** `by` names the keepers that granted it. */
export interface HoldLock {
  readonly lock: string;
  readonly by: readonly string[];
}

export const HoldLock: EventType<"HoldLock", HoldLock> = event(
  "HoldLock",
  v.strictObject({ lock, by: v.array(deviceId) }),
  "device",
);

export interface YieldLock {
  readonly lock: string;
}

export const YieldLock: EventType<"YieldLock", YieldLock> = event(
  "YieldLock",
  v.strictObject({ lock }),
  "device",
);

export interface GiveLock {
  readonly lock: string;
}

export const GiveLock: EventType<"GiveLock", GiveLock> = event(
  "GiveLock",
  v.strictObject({ lock }),
  "device",
);

export interface FreeLock {
  readonly lock: string;
}

export const FreeLock: EventType<"FreeLock", FreeLock> = event(
  "FreeLock",
  v.strictObject({ lock }),
  "device",
);

export const AbortLock: EventType<"AbortLock", AbortPayload> = event(
  "AbortLock",
  abortPayload,
  "device",
);
