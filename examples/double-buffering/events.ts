/** What the stages of the stream say: that a buffer can be copied, and what is in it. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, list, number, record } from "../../runtime/schema.ts";

const count = integer({ min: 0 });

export interface WantBuffer {
  readonly turn: number;
}

export const WantBuffer = event("WantBuffer", record<WantBuffer>({ turn: count }), "device");

export interface FillBuffer {
  readonly items: readonly number[];
}

export const FillBuffer = event(
  "FillBuffer",
  record<FillBuffer>({ items: list(number(), { max: 1024 }) }),
  "device",
);

/** How many items there were so far, and in the end. */
export interface KeepStreaming {
  readonly items: number;
}

export const KeepStreaming = event(
  "KeepStreaming",
  record<KeepStreaming>({ items: count }),
  "device",
);

export interface EndStream {
  readonly items: number;
}

export const EndStream = event("EndStream", record<EndStream>({ items: count }), "device");

export const AbortStream = event("AbortStream", abortPayload, "device");
