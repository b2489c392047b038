/** What the servers of a lottery say: first a hash, then what it is the hash of. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload, bytes } from "../../protocols/payload.ts";

export interface CommitNumber {
  readonly commitment: Uint8Array;
}

export const CommitNumber: EventType<"CommitNumber", CommitNumber> = event(
  "CommitNumber",
  v.strictObject({ commitment: bytes(32) }),
  "device",
);

/** 32 random bytes: the number, and at once what hides it in the commitment. */
export interface RevealNumber {
  readonly number: Uint8Array;
}

export const RevealNumber: EventType<"RevealNumber", RevealNumber> = event(
  "RevealNumber",
  v.strictObject({ number: bytes(32) }),
  "device",
);

export const AbortLottery: EventType<"AbortLottery", AbortPayload> = event(
  "AbortLottery",
  abortPayload,
  "device",
);
