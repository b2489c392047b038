/** What is said to a store, and what it says. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";

/** What the primary and each backup keep. To put a value again changes nothing. */
export interface Store {
  readonly table: Map<string, string>;
}

const text = v.pipe(v.string(), v.maxLength(200));

export const PutValue = event("PutValue", v.strictObject({ key: text, value: text }), "device");

export const AckValue = event("AckValue", v.strictObject({ key: text }), "device");

export const GetValue = event("GetValue", v.strictObject({ key: text }), "device");

export const TellValue = event(
  "TellValue",
  v.strictObject({ key: text, value: v.nullable(text) }),
  "device",
);

/** After so many requests. */
export const CloseStore = event(
  "CloseStore",
  v.strictObject({ requests: v.pipe(v.number(), v.safeInteger()) }),
  "device",
);

export const AbortStore = event("AbortStore", abortPayload, "device");
