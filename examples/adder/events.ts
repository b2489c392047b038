/** What a client of the adder and its server say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType, NoPayload } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

const integer = v.pipe(v.number(), v.safeInteger());

export interface AddNumbers {
  readonly a: number;
  readonly b: number;
}

export const AddNumbers: EventType<"AddNumbers", AddNumbers> = event(
  "AddNumbers",
  v.strictObject({ a: integer, b: integer }),
  "device",
);

export interface TellSum {
  readonly sum: number;
}

export const TellSum: EventType<"TellSum", TellSum> = event(
  "TellSum",
  v.strictObject({ sum: integer }),
  "device",
);

export const SayBye: EventType<"SayBye", NoPayload> = event("SayBye", nothing, "device");

export const AbortAdding: EventType<"AbortAdding", AbortPayload> = event(
  "AbortAdding",
  abortPayload,
  "device",
);
