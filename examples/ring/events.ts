/** What goes round: a sum, or that this was the last. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType, NoPayload } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

export interface PassToken {
  readonly sum: number;
}

export const PassToken: EventType<"PassToken", PassToken> = event(
  "PassToken",
  v.strictObject({ sum: v.pipe(v.number(), v.safeInteger()) }),
  "device",
);

export const StopRing: EventType<"StopRing", NoPayload> = event("StopRing", nothing, "device");

export const AbortRing: EventType<"AbortRing", AbortPayload> = event(
  "AbortRing",
  abortPayload,
  "device",
);
