/** What a master and its workers say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload } from "../payload.ts";

export const GiveChunk = event("GiveChunk", v.strictObject({ text: v.string() }), "device");

export const TellCounts = event(
  "TellCounts",
  v.record(v.string(), v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  "device",
);

export const AbortJob = event("AbortJob", abortPayload, "device");
