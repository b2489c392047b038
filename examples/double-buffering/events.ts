/** What the stages of the stream say: that a buffer can be copied, and what is in it. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const WantBuffer = event("WantBuffer", v.strictObject({ turn: count }), "device");

export const FillBuffer = event(
  "FillBuffer",
  v.strictObject({ items: v.pipe(v.array(v.number()), v.maxLength(1024)) }),
  "device",
);

/** How many items there were so far, and in the end. */
export const KeepStreaming = event("KeepStreaming", v.strictObject({ items: count }), "device");

export const EndStream = event("EndStream", v.strictObject({ items: count }), "device");

export const AbortStream = event("AbortStream", abortPayload, "device");
