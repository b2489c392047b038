/** What is said where a friend is asked to buy in one's place. */
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType, NoPayload } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

export const TakePlace: EventType<"TakePlace", NoPayload> = event("TakePlace", nothing, "device");

export const RefusePlace: EventType<"RefusePlace", NoPayload> = event(
  "RefusePlace",
  nothing,
  "device",
);

export const AbortTakeOver: EventType<"AbortTakeOver", AbortPayload> = event(
  "AbortTakeOver",
  abortPayload,
  "device",
);
