/** What is said where a friend is asked to buy in one's place. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType, NoPayload } from "../../dsl/index.ts";
import { abortPayload } from "../abort-payload.ts";

export const TakePlace: EventType<"TakePlace", NoPayload> = event(
  "TakePlace",
  v.strictObject({}),
  "device",
);

export const RefusePlace: EventType<"RefusePlace", NoPayload> = event(
  "RefusePlace",
  v.strictObject({}),
  "device",
);

export const AbortTakeOver: EventType<"AbortTakeOver", AbortPayload> = event(
  "AbortTakeOver",
  abortPayload,
  "device",
);
