/** What the devices say to commit a transaction. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, deviceId } from "../../protocols/payload.ts";

const transaction = v.pipe(v.string(), v.maxLength(64));

export const Prepare = event("Prepare", v.strictObject({ transaction }), "device");

/** Whoever votes "yes" can commit, whatever happens to it meanwhile. */
export const CastVote = event("CastVote", v.strictObject({ yes: v.boolean() }), "device");

export const CommitAll = event("CommitAll", v.strictObject({ committed: transaction }), "device");

/** `without` names those that did not vote "yes". */
export const RollBackAll = event(
  "RollBackAll",
  v.strictObject({ transaction, without: v.array(deviceId) }),
  "device",
);

export const AbortTransaction = event("AbortTransaction", abortPayload, "device");
