/** What goes round: a sum, or that this was the last. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, nothing, record } from "../../runtime/schema.ts";

export interface PassToken {
  readonly sum: number;
}

export const PassToken = event("PassToken", record<PassToken>({ sum: integer() }), "device");

export const StopRing = event("StopRing", nothing, "device");

export const AbortRing = event("AbortRing", abortPayload, "device");
