/** The ledger events of DKD. None of them holds the key, a share or the blinding scalar in clear. */
import { event } from "../../dsl/index.ts";
import { abortPayload, bytes, deviceId, list, record } from "../../runtime/schema.ts";
import { sealedFor } from "../payload.ts";
import type { SealedFor } from "../payload.ts";

/** Opens the session: the blinded input, and its blinding scalar sealed to each device. */
export interface InitiateDkdSession {
  readonly packageHash: Uint8Array;
  readonly blinded: Uint8Array;
  readonly sealed: readonly SealedFor[];
}

export const InitiateDkdSession = event(
  "InitiateDkdSession",
  record<InitiateDkdSession>({
    /** Hash of the public package that the key shares belong to. */
    packageHash: bytes(32),
    /** r · HashToGroup(input), a ristretto255 element. */
    blinded: bytes(32),
    /** The scalar r, sealed with HPKE to each device of the session. */
    sealed: list(sealedFor, { max: 64 }),
  }),
  "device",
);

/** Binds a participant to its evaluation before anyone has shown theirs. */
export interface RecordDkdCommitment {
  readonly commitment: Uint8Array;
}

export const RecordDkdCommitment = event(
  "RecordDkdCommitment",
  record<RecordDkdCommitment>({ commitment: bytes(32) }),
  "device",
);

/** A participant's partial evaluation s·blinded, with the proof that s is its key share. */
export interface RevealDkdPoint {
  readonly element: Uint8Array;
  readonly proof: Uint8Array;
}

export const RevealDkdPoint = event(
  "RevealDkdPoint",
  record<RevealDkdPoint>({ element: bytes(32), proof: bytes(64) }),
  "device",
);

/** What the coordinator derived: enough to compare, nothing to derive the key from. */
export interface FinalizeDkdSession {
  readonly publicKey: Uint8Array;
  readonly checkValue: Uint8Array;
  readonly quorum: readonly string[];
}

export const FinalizeDkdSession = event(
  "FinalizeDkdSession",
  record<FinalizeDkdSession>({
    publicKey: bytes(32),
    checkValue: bytes(16),
    quorum: list(deviceId, { max: 64 }),
  }),
  "device",
);

/** A device gives the session up. */
export const AbortDkdSession = event("AbortDkdSession", abortPayload, "device");
