/** What is said to a store, and what it says. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";

/** What the primary and each backup keep. To put a value again changes nothing. */
export interface Store {
  readonly table: Map<string, string>;
}

const text = v.pipe(v.string(), v.maxLength(200));

export interface PutValue {
  readonly key: string;
  readonly value: string;
}

export const PutValue: EventType<"PutValue", PutValue> = event(
  "PutValue",
  v.strictObject({ key: text, value: text }),
  "device",
);

export interface AckValue {
  readonly key: string;
}

export const AckValue: EventType<"AckValue", AckValue> = event(
  "AckValue",
  v.strictObject({ key: text }),
  "device",
);

export interface GetValue {
  readonly key: string;
}

export const GetValue: EventType<"GetValue", GetValue> = event(
  "GetValue",
  v.strictObject({ key: text }),
  "device",
);

export interface TellValue {
  readonly key: string;
  readonly value: string | null;
}

export const TellValue: EventType<"TellValue", TellValue> = event(
  "TellValue",
  v.strictObject({ key: text, value: v.nullable(text) }),
  "device",
);

/** After so many requests. */
export interface CloseStore {
  readonly requests: number;
}

export const CloseStore: EventType<"CloseStore", CloseStore> = event(
  "CloseStore",
  v.strictObject({ requests: v.pipe(v.number(), v.safeInteger()) }),
  "device",
);

export const AbortStore: EventType<"AbortStore", AbortPayload> = event(
  "AbortStore",
  abortPayload,
  "device",
);
