/** Signatures of the ledger: Ed25519 with one verdict on every replica. */

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { ProtocolError } from "../../dsl/errors.ts";
import { boundedCache } from "./bounded-cache.ts";
import { toHex } from "./hash.ts";
import { nativeSignatures } from "./signature-native.ts";
import { portableSignatures } from "./signature-portable.ts";
import type { SignatureScheme } from "./signature-scheme.ts";
import { SIGNATURE_BYTES, wellFormed } from "./signature-scheme.ts";

export { nativeSignatures, portableSignatures };
export type { SignatureKeyPair, SignatureScheme } from "./signature-scheme.ts";

const REMEMBERED_VERDICTS = 1 << 14;

/** Native where there is one, else JavaScript; verdicts are remembered. */
export const signatures: SignatureScheme = rememberVerdicts(
  nativeSignatures() ?? portableSignatures,
  REMEMBERED_VERDICTS,
);

/**
 * Verifies each signature once. A process that plays many devices sees every event many times.
 *
 * @param capacity verdicts kept, about 100 bytes each
 */
export function rememberVerdicts(scheme: SignatureScheme, capacity: number): SignatureScheme {
  const verdicts = boundedCache<boolean>(capacity);
  return Object.freeze({
    ...scheme,
    verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
      // Both lengths are fixed from here on, so the three parts cannot be cut differently.
      if (!wellFormed(publicKey, signature)) return false;
      const digest = sha256.create().update(publicKey).update(signature).update(message).digest();
      return verdicts.getOrMake(toHex(digest), () => scheme.verify(publicKey, message, signature));
    },
  });
}

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
