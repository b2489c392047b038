/** What every example says when it gives a session up. */
import * as v from "valibot";

export const abortPayload = v.strictObject({
  reason: v.string(),
  blamed: v.array(
    v.strictObject({ device: v.string(), reason: v.string(), evidence: v.array(v.string()) }),
  ),
});

/** What an event says by its name alone; a payload with anything in it is of another type. */
export const nothing = v.record(v.string(), v.never());
