/** What a master and its workers say. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, record, table, text } from "../../runtime/schema.ts";

export interface GiveChunk {
  readonly text: string;
}

export const GiveChunk = event("GiveChunk", record<GiveChunk>({ text: text() }), "device");

export const TellCounts = event("TellCounts", table(integer({ min: 1 })), "device");

export const AbortJob = event("AbortJob", abortPayload, "device");
