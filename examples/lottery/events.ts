/** What the servers of a lottery say: first a hash, then what it is the hash of. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, bytes } from "../../protocols/payload.ts";

export const CommitNumber = event(
  "CommitNumber",
  v.strictObject({ commitment: bytes(32) }),
  "device",
);

/** 32 random bytes: the number, and at once what hides it in the commitment. */
export const RevealNumber = event("RevealNumber", v.strictObject({ number: bytes(32) }), "device");

export const AbortLottery = event("AbortLottery", abortPayload, "device");
