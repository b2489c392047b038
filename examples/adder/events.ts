/** What a client of the adder and its server say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload } from "../abort-payload.ts";

const integer = v.pipe(v.number(), v.safeInteger());

export const AddNumbers = event("AddNumbers", v.strictObject({ a: integer, b: integer }), "device");

export const TellSum = event("TellSum", v.strictObject({ sum: integer }), "device");

export const SayBye = event("SayBye", v.strictObject({}), "device");

export const AbortAdding = event("AbortAdding", abortPayload, "device");
