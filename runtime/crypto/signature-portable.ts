/** Ed25519 in JavaScript, for hosts without a synchronous native one. */

import { mulAddUnsafe } from "@noble/curves/abstract/curve.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToNumberLE } from "@noble/curves/utils.js";
import { sha512 } from "@noble/hashes/sha2.js";

import { equalBytes } from "./hash.ts";
import type { SignatureScheme } from "./signature-scheme.ts";
import { requireSeed, wellFormed } from "./signature-scheme.ts";

const { Point } = ed25519;

/**
 * The library's own verification is not used: it multiplies by the cofactor, and native ones do
 * not.
 */
export const portableSignatures: SignatureScheme = Object.freeze({
  keyPair: (seed: Uint8Array) => {
    requireSeed(seed);
    return { publicKey: ed25519.getPublicKey(seed), secretKey: Uint8Array.from(seed) };
  },
  sign: (secretKey: Uint8Array, message: Uint8Array) => {
    requireSeed(secretKey);
    return ed25519.sign(message, secretKey);
  },
  verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
    if (!wellFormed(publicKey, signature)) return false;
    try {
      return holds(publicKey, message, signature);
    } catch {
      return false; // The key is not a point of the curve.
    }
  },
});

function holds(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const nonce = signature.subarray(0, 32);
  const s = bytesToNumberLE(signature.subarray(32));
  const digest = sha512.create().update(nonce).update(publicKey).update(message).digest();
  const k = Point.Fn.create(bytesToNumberLE(digest));
  // Minus goes to the point, not the scalar: −k mod ℓ differs from −k on keys with torsion.
  const minusKey = Point.fromBytes(publicKey).negate();
  return equalBytes(mulAddUnsafe(Point, [Point.BASE, minusKey], [s, k]).toBytes(), nonce);
}
