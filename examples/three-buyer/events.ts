/** What is said where there is a third buyer; all else is said by two buyers, too. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload } from "../payload.ts";

/** What is too much for the second buyer, and left for the third. */
export interface DelegateRest {
  readonly share: number;
}

export const DelegateRest: EventType<"DelegateRest", DelegateRest> = event(
  "DelegateRest",
  v.strictObject({ share: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
  "device",
);

export const AbortSharing: EventType<"AbortSharing", AbortPayload> = event(
  "AbortSharing",
  abortPayload,
  "device",
);
