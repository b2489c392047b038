/** What every example says when it gives a session up. */
import * as v from "valibot";

export const abortPayload = v.strictObject({
  reason: v.string(),
  blamed: v.array(
    v.strictObject({ device: v.string(), reason: v.string(), evidence: v.array(v.string()) }),
  ),
});
