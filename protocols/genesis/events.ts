/** The ledger events of genesis. Shares travel sealed, each to its receiver. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload, bytes, sealedFor } from "../payload.ts";

/** A member's public package: commitments to its polynomial and a proof that it knows it. */
export interface CommitGenesis {
  readonly package: Uint8Array;
}

export const CommitGenesis: EventType<"CommitGenesis", CommitGenesis> = event(
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
export interface DealGenesis {
  readonly sealed: readonly { to: string; ciphertext: Uint8Array }[];
}

export const DealGenesis: EventType<"DealGenesis", DealGenesis> = event(
  "DealGenesis",
  v.strictObject({ sealed: v.pipe(v.array(sealedFor), v.maxLength(64)) }),
  "device",
);

/** The public package that a member arrived at. */
export interface ConfirmGenesis {
  readonly packageHash: Uint8Array;
}

export const ConfirmGenesis: EventType<"ConfirmGenesis", ConfirmGenesis> = event(
  "ConfirmGenesis",
  v.strictObject({ packageHash: bytes(32) }),
  "device",
);

/** A device gives the session up. */
export const AbortGenesis: EventType<"AbortGenesis", AbortPayload> = event(
  "AbortGenesis",
  abortPayload,
  "device",
);
