/** What is said where there is a third buyer; all else is said by two buyers, too. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, record } from "../../runtime/schema.ts";

/** What is too much for the second buyer, and left for the third. */
export interface DelegateRest {
  readonly share: number;
}

export const DelegateRest = event(
  "DelegateRest",
  record<DelegateRest>({ share: integer({ min: 0 }) }),
  "device",
);

export const AbortSharing = event("AbortSharing", abortPayload, "device");
