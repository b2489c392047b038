/** What a holder and the keepers of a lock say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, deviceId } from "../../protocols/payload.ts";

export const RequestLock = event("RequestLock", v.strictObject({}), "device");

export const AnswerRequest = event(
  "AnswerRequest",
  v.strictObject({ granted: v.boolean() }),
  "device",
);

/** `by` names the keepers that granted it. */
export const HoldLock = event("HoldLock", v.strictObject({ by: v.array(deviceId) }), "device");

export const YieldLock = event("YieldLock", v.strictObject({}), "device");

export const GiveLock = event("GiveLock", v.strictObject({}), "device");

export const FreeLock = event("FreeLock", v.strictObject({}), "device");

export const AbortLock = event("AbortLock", abortPayload, "device");
