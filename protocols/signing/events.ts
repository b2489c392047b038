/** The ledger events of signing. All of it may be seen: no nonce and no key share is among it. */
import { event } from "../../dsl/index.ts";
import { abortPayload, bytes, deviceId, list, record, where } from "../../runtime/schema.ts";

/** Says what is to be signed, with which key. */
export interface ProposeSignature {
  readonly groupKey: Uint8Array;
  readonly messageHash: Uint8Array;
}

export const ProposeSignature = event(
  "ProposeSignature",
  record<ProposeSignature>({
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

export const CommitNonces = event(
  "CommitNonces",
  record<CommitNonces>({ commitment: bytes(64) }),
  "device",
);

/** Pins who signs in an attempt, and under which commitments. */
export interface PinSigners {
  readonly signers: readonly { device: string; commitment: Uint8Array }[];
}

export const PinSigners = event(
  "PinSigners",
  record<PinSigners>({
    signers: list(record({ device: deviceId, commitment: bytes(64) }), { max: 64 }),
  }),
  "device",
);

/** A signer's share of the signature; no bytes where it is not pinned, or its nonces are gone. */
export interface ShareSignature {
  readonly share: Uint8Array;
}

export const ShareSignature = event(
  "ShareSignature",
  record<ShareSignature>({
    share: where(
      bytes(),
      ({ length }) => length === 32 || length === 0,
      "neither 32 bytes nor none",
    ),
  }),
  "device",
);

/** The signature. */
export interface FinalizeSignature {
  readonly signature: Uint8Array;
}

export const FinalizeSignature = event(
  "FinalizeSignature",
  record<FinalizeSignature>({ signature: bytes(64) }),
  "device",
);

/** An attempt failed: the next is made without these, and those left out before. */
export interface RetrySigning {
  readonly without: readonly string[];
}

export const RetrySigning = event(
  "RetrySigning",
  record<RetrySigning>({ without: list(deviceId, { max: 64 }) }),
  "device",
);

/** A device gives the session up. */
export const AbortSigning = event("AbortSigning", abortPayload, "device");
