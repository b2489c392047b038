/** What a writer and the readers of a register say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";

const version = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

export const UpdateValue = event(
  "UpdateValue",
  v.strictObject({ version, value: v.pipe(v.string(), v.maxLength(200)) }),
  "device",
);

export const AckUpdate = event("AckUpdate", v.strictObject({ applied: version }), "device");

export const AbortUpdate = event("AbortUpdate", abortPayload, "device");
