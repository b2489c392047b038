/** What is said where a friend is asked to buy in one's place. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload } from "../abort-payload.ts";

export const TakePlace = event("TakePlace", v.strictObject({}), "device");

export const RefusePlace = event("RefusePlace", v.strictObject({}), "device");

export const AbortTakeOver = event("AbortTakeOver", abortPayload, "device");
