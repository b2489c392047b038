/** What is said where a friend is asked to buy in one's place. */
import { event } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../../runtime/schema.ts";

export const TakePlace = event("TakePlace", nothing, "device");

export const RefusePlace = event("RefusePlace", nothing, "device");

export const AbortTakeOver = event("AbortTakeOver", abortPayload, "device");
