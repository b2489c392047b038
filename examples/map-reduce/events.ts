/** What a master and its workers say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload } from "../payload.ts";

export interface GiveChunk {
  readonly text: string;
}

export const GiveChunk: EventType<"GiveChunk", GiveChunk> = event(
  "GiveChunk",
  v.strictObject({ text: v.string() }),
  "device",
);

export const TellCounts = event(
  "TellCounts",
  v.record(v.string(), v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  "device",
);

export const AbortJob: EventType<"AbortJob", AbortPayload> = event(
  "AbortJob",
  abortPayload,
  "device",
);
