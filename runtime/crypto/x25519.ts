/** X25519 (RFC 7748), under plain signatures as in `bytes.ts`. */
import { x25519 } from "@noble/curves/ed25519.js";

export function x25519PublicKey(secretKey: Uint8Array): Uint8Array {
  return x25519.getPublicKey(secretKey);
}

/** @throws where the other key is of small order */
export function x25519Shared(secretKey: Uint8Array, theirs: Uint8Array): Uint8Array {
  return x25519.getSharedSecret(secretKey, theirs);
}
