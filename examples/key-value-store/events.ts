/** What is said to a store, and what it says. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, nullable, record, text } from "../../runtime/schema.ts";

/** What the primary and each backup keep. To put a value again changes nothing. */
export interface Store {
  readonly table: Map<string, string>;
}

const line = text({ max: 200 });

export interface PutValue {
  readonly key: string;
  readonly value: string;
}

export const PutValue = event("PutValue", record<PutValue>({ key: line, value: line }), "device");

export interface AckValue {
  readonly key: string;
}

export const AckValue = event("AckValue", record<AckValue>({ key: line }), "device");

export interface GetValue {
  readonly key: string;
}

export const GetValue = event("GetValue", record<GetValue>({ key: line }), "device");

export interface TellValue {
  readonly key: string;
  readonly value: string | null;
}

export const TellValue = event(
  "TellValue",
  record<TellValue>({ key: line, value: nullable(line) }),
  "device",
);

/** After so many requests. */
export interface CloseStore {
  readonly requests: number;
}

export const CloseStore = event(
  "CloseStore",
  record<CloseStore>({ requests: integer() }),
  "device",
);

export const AbortStore = event("AbortStore", abortPayload, "device");
