/** What the servers of a lottery say: first a hash, then what it is the hash of. */
import { event } from "../../dsl/index.ts";
import { abortPayload, bytes, record } from "../../runtime/schema.ts";

export interface CommitNumber {
  readonly commitment: Uint8Array;
}

export const CommitNumber = event(
  "CommitNumber",
  record<CommitNumber>({ commitment: bytes(32) }),
  "device",
);

/** 32 random bytes: the number, and at once what hides it in the commitment. */
export interface RevealNumber {
  readonly number: Uint8Array;
}

export const RevealNumber = event(
  "RevealNumber",
  record<RevealNumber>({ number: bytes(32) }),
  "device",
);

export const AbortLottery = event("AbortLottery", abortPayload, "device");
