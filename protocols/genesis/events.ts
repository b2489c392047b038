/** The ledger events of genesis. Shares travel sealed, each to its receiver. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, bytes, sealedFor } from "../payload.ts";

/** A member's public package: commitments to its polynomial and a proof that it knows it. */
export const CommitGenesis = event(
  "CommitGenesis",
  v.strictObject({
    package: v.custom<Uint8Array>(
      (value) => value instanceof Uint8Array && value.length <= 32 * 64 + 64,
      "not a package of at most 64 commitments",
    ),
  }),
  "device",
);

/** A member's share for each other member, sealed with HPKE. */
export const DealGenesis = event(
  "DealGenesis",
  v.strictObject({ sealed: v.pipe(v.array(sealedFor), v.maxLength(64)) }),
  "device",
);

/** The public package that a member arrived at. */
export const ConfirmGenesis = event(
  "ConfirmGenesis",
  v.strictObject({ packageHash: bytes(32) }),
  "device",
);

/** A device gives the session up. */
export const AbortGenesis = event("AbortGenesis", abortPayload, "device");
