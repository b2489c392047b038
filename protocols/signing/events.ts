/** The ledger events of signing. All of it may be seen: no nonce and no key share is among it. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload, bytes, deviceId } from "../payload.ts";

/** Says what is to be signed, with which key. */
export interface ProposeSignature {
  readonly groupKey: Uint8Array;
  readonly messageHash: Uint8Array;
}

export const ProposeSignature: EventType<"ProposeSignature", ProposeSignature> = event(
  "ProposeSignature",
  v.strictObject({
    groupKey: bytes(32),
    /** SHA-256 of the message, which every device has from the session's parameters. */
    messageHash: bytes(32),
  }),
  "device",
);

/** Commits a signer to two nonces. */
export interface CommitNonces {
  readonly commitment: Uint8Array;
}

export const CommitNonces: EventType<"CommitNonces", CommitNonces> = event(
  "CommitNonces",
  v.strictObject({ commitment: bytes(64) }),
  "device",
);

/** Pins who signs in an attempt, and under which commitments. */
export interface PinSigners {
  readonly signers: readonly { device: string; commitment: Uint8Array }[];
}

export const PinSigners: EventType<"PinSigners", PinSigners> = event(
  "PinSigners",
  v.strictObject({
    signers: v.pipe(
      v.array(v.strictObject({ device: deviceId, commitment: bytes(64) })),
      v.maxLength(64),
    ),
  }),
  "device",
);

/** A signer's share of the signature; no bytes where it is not pinned, or its nonces are gone. */
export interface ShareSignature {
  readonly share: Uint8Array;
}

export const ShareSignature: EventType<"ShareSignature", ShareSignature> = event(
  "ShareSignature",
  v.strictObject({
    share: v.custom<Uint8Array>(
      (value) => value instanceof Uint8Array && (value.length === 32 || value.length === 0),
      "neither 32 bytes nor none",
    ),
  }),
  "device",
);

/** The signature. */
export interface FinalizeSignature {
  readonly signature: Uint8Array;
}

export const FinalizeSignature: EventType<"FinalizeSignature", FinalizeSignature> = event(
  "FinalizeSignature",
  v.strictObject({ signature: bytes(64) }),
  "device",
);

/** An attempt failed: the next is made without these, and those left out before. */
export interface RetrySigning {
  readonly without: readonly string[];
}

export const RetrySigning: EventType<"RetrySigning", RetrySigning> = event(
  "RetrySigning",
  v.strictObject({ without: v.pipe(v.array(deviceId), v.maxLength(64)) }),
  "device",
);

/** A device gives the session up. */
export const AbortSigning: EventType<"AbortSigning", AbortPayload> = event(
  "AbortSigning",
  abortPayload,
  "device",
);
