/** What a writer and the readers of a register say. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, record, text } from "../../runtime/schema.ts";

const version = integer({ min: 1 });

export interface UpdateValue {
  readonly version: number;
  readonly value: string;
}

export const UpdateValue = event(
  "UpdateValue",
  record<UpdateValue>({ version, value: text({ max: 200 }) }),
  "device",
);

export interface AckUpdate {
  readonly applied: number;
}

export const AckUpdate = event("AckUpdate", record<AckUpdate>({ applied: version }), "device");

export const AbortUpdate = event("AbortUpdate", abortPayload, "device");
