/** Signatures of the ledger: Ed25519 with one verdict on every replica. */

import { ed25519 } from "@noble/curves/ed25519.js";

import { ProtocolError } from "../../dsl/errors.ts";
import { nativeSignatures } from "./signature-native.ts";
import { portableSignatures } from "./signature-portable.ts";
import type { SignatureScheme } from "./signature-scheme.ts";
import { SIGNATURE_BYTES, wellFormed } from "./signature-scheme.ts";

export { nativeSignatures, portableSignatures };
export type { SignatureKeyPair, SignatureScheme } from "./signature-scheme.ts";

/** Native where there is one, else JavaScript. */
export const signatures: SignatureScheme = nativeSignatures() ?? portableSignatures;

/**
 * Checks a public key once, when it is registered: canonical bytes of a point of prime order. A
 * key of small order verifies signatures that nobody made.
 *
 * @throws ProtocolError `NotAdmitted`
 */
export function checkPublicKey(publicKey: Uint8Array): void {
  if (!isPrimeOrderPoint(publicKey)) {
    throw new ProtocolError({
      code: "NotAdmitted",
      what: "a public key is not the canonical encoding of an Ed25519 point of prime order",
      todo: "register the key that keyPair gives",
    });
  }
}

function isPrimeOrderPoint(publicKey: Uint8Array): boolean {
  if (!wellFormed(publicKey, new Uint8Array(SIGNATURE_BYTES))) return false;
  try {
    return ed25519.Point.fromBytes(publicKey).isTorsionFree();
  } catch {
    return false;
  }
}
