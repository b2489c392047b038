/** What a writer and the readers of a register say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";

const version = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

export interface UpdateValue {
  readonly version: number;
  readonly value: string;
}

export const UpdateValue: EventType<"UpdateValue", UpdateValue> = event(
  "UpdateValue",
  v.strictObject({ version, value: v.pipe(v.string(), v.maxLength(200)) }),
  "device",
);

export interface AckUpdate {
  readonly applied: number;
}

export const AckUpdate: EventType<"AckUpdate", AckUpdate> = event(
  "AckUpdate",
  v.strictObject({ applied: version }),
  "device",
);

export const AbortUpdate: EventType<"AbortUpdate", AbortPayload> = event(
  "AbortUpdate",
  abortPayload,
  "device",
);
