/** What the stages of the stream say: that a buffer can be copied, and what is in it. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export interface WantBuffer {
  readonly turn: number;
}

export const WantBuffer: EventType<"WantBuffer", WantBuffer> = event(
  "WantBuffer",
  v.strictObject({ turn: count }),
  "device",
);

export interface FillBuffer {
  readonly items: readonly number[];
}

export const FillBuffer: EventType<"FillBuffer", FillBuffer> = event(
  "FillBuffer",
  v.strictObject({ items: v.pipe(v.array(v.number()), v.maxLength(1024)) }),
  "device",
);

/** How many items there were so far, and in the end. */
export interface KeepStreaming {
  readonly items: number;
}

export const KeepStreaming: EventType<"KeepStreaming", KeepStreaming> = event(
  "KeepStreaming",
  v.strictObject({ items: count }),
  "device",
);

export interface EndStream {
  readonly items: number;
}

export const EndStream: EventType<"EndStream", EndStream> = event(
  "EndStream",
  v.strictObject({ items: count }),
  "device",
);

export const AbortStream: EventType<"AbortStream", AbortPayload> = event(
  "AbortStream",
  abortPayload,
  "device",
);
