/** What goes round: a sum, or that this was the last. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

export const PassToken = event(
  "PassToken",
  v.strictObject({ sum: v.pipe(v.number(), v.safeInteger()) }),
  "device",
);

export const StopRing = event("StopRing", nothing, "device");

export const AbortRing = event("AbortRing", abortPayload, "device");
