/** What a client of the adder and its server say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

const integer = v.pipe(v.number(), v.safeInteger());

export const AddNumbers = event("AddNumbers", v.strictObject({ a: integer, b: integer }), "device");

export const TellSum = event("TellSum", v.strictObject({ sum: integer }), "device");

export const SayBye = event("SayBye", nothing, "device");

export const AbortAdding = event("AbortAdding", abortPayload, "device");
