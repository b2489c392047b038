/** The ledger events of genesis. Shares travel sealed, each to its receiver. */
import { event } from "../../dsl/index.ts";
import { abortPayload, bytes, list, record } from "../../runtime/schema.ts";
import { sealedFor } from "../payload.ts";
import type { SealedFor } from "../payload.ts";

/** A member's public package: commitments to its polynomial and a proof that it knows it. */
export interface CommitGenesis {
  readonly package: Uint8Array;
}

export const CommitGenesis = event(
  "CommitGenesis",
  record<CommitGenesis>({
    package: bytes({ max: 32 * 64 + 64 }),
  }),
  "device",
);

/** A member's share for each other member, sealed with HPKE. */
export interface DealGenesis {
  readonly sealed: readonly SealedFor[];
}

export const DealGenesis = event(
  "DealGenesis",
  record<DealGenesis>({ sealed: list(sealedFor, { max: 64 }) }),
  "device",
);

/** The public package that a member arrived at. */
export interface ConfirmGenesis {
  readonly packageHash: Uint8Array;
}

export const ConfirmGenesis = event(
  "ConfirmGenesis",
  record<ConfirmGenesis>({ packageHash: bytes(32) }),
  "device",
);

/** A device gives the session up. */
export const AbortGenesis = event("AbortGenesis", abortPayload, "device");
