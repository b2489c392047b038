/** The ledger events of DKD. None of them holds the key, a share or the blinding scalar in clear. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload, bytes, deviceId, sealedFor } from "../payload.ts";

/** Opens the session: the blinded input, and its blinding scalar sealed to each device. */
export interface InitiateDkdSession {
  readonly packageHash: Uint8Array;
  readonly blinded: Uint8Array;
  readonly sealed: readonly { to: string; ciphertext: Uint8Array }[];
}

export const InitiateDkdSession: EventType<"InitiateDkdSession", InitiateDkdSession> = event(
  "InitiateDkdSession",
  v.strictObject({
    /** Hash of the public package that the key shares belong to. */
    packageHash: bytes(32),
    /** r · HashToGroup(input), a ristretto255 element. */
    blinded: bytes(32),
    /** The scalar r, sealed with HPKE to each device of the session. */
    sealed: v.pipe(v.array(sealedFor), v.maxLength(64)),
  }),
  "device",
);

/** Binds a participant to its evaluation before anyone has shown theirs. */
export interface RecordDkdCommitment {
  readonly commitment: Uint8Array;
}

export const RecordDkdCommitment: EventType<"RecordDkdCommitment", RecordDkdCommitment> = event(
  "RecordDkdCommitment",
  v.strictObject({ commitment: bytes(32) }),
  "device",
);

/** A participant's partial evaluation s·blinded, with the proof that s is its key share. */
export interface RevealDkdPoint {
  readonly element: Uint8Array;
  readonly proof: Uint8Array;
}

export const RevealDkdPoint: EventType<"RevealDkdPoint", RevealDkdPoint> = event(
  "RevealDkdPoint",
  v.strictObject({ element: bytes(32), proof: bytes(64) }),
  "device",
);

/** What the coordinator derived: enough to compare, nothing to derive the key from. */
export interface FinalizeDkdSession {
  readonly publicKey: Uint8Array;
  readonly checkValue: Uint8Array;
  readonly quorum: readonly string[];
}

export const FinalizeDkdSession: EventType<"FinalizeDkdSession", FinalizeDkdSession> = event(
  "FinalizeDkdSession",
  v.strictObject({
    publicKey: bytes(32),
    checkValue: bytes(16),
    quorum: v.pipe(v.array(deviceId), v.maxLength(64)),
  }),
  "device",
);

/** A device gives the session up. */
export const AbortDkdSession: EventType<"AbortDkdSession", AbortPayload> = event(
  "AbortDkdSession",
  abortPayload,
  "device",
);
