/** What a client of the adder and its server say. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, nothing, record } from "../../runtime/schema.ts";

export interface AddNumbers {
  readonly a: number;
  readonly b: number;
}

export const AddNumbers = event(
  "AddNumbers",
  record<AddNumbers>({ a: integer(), b: integer() }),
  "device",
);

export interface TellSum {
  readonly sum: number;
}

export const TellSum = event("TellSum", record<TellSum>({ sum: integer() }), "device");

export const SayBye = event("SayBye", nothing, "device");

export const AbortAdding = event("AbortAdding", abortPayload, "device");
