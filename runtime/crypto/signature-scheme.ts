/** What every implementation of the ledger's signatures has in common, and what it refuses first. */

import { ed25519, ED25519_TORSION_SUBGROUP } from "@noble/curves/ed25519.js";
import { numberToBytesLE } from "@noble/curves/utils.js";

import { ProtocolError } from "../../dsl/errors.ts";
import { fromHex, toHex } from "./hash.ts";

export interface SignatureKeyPair {
  /** 32 bytes: an encoded point (RFC 8032, section 5.1.5). */
  readonly publicKey: Uint8Array;
  /** The 32-byte seed. */
  readonly secretKey: Uint8Array;
}

/** Ed25519 (RFC 8032). All implementations give the same bytes and the same verdicts. */
export interface SignatureScheme {
  /**
   * @param seed 32 secret random bytes
   * @throws ProtocolError `InvalidInput` for a seed of another length
   */
  readonly keyPair: (seed: Uint8Array) => SignatureKeyPair;
  /**
   * Signs; the same key and message always give the same signature.
   *
   * @param secretKey the 32-byte seed
   * @returns 64 bytes
   * @throws ProtocolError `InvalidInput` for a secret key of another length
   */
  readonly sign: (secretKey: Uint8Array, message: Uint8Array) => Uint8Array;
  /**
   * Whether S is below the group order and S·B − k·A encodes to the very bytes of R: the equation
   * without the cofactor. Replicas that mixed the two equations of RFC 8032, section 5.1.7, would
   * disagree about signatures made to divide them (Chalkias, Garillot, Nikolaenko: "Taming the
   * many EdDSAs", 2020). Never throws: what is malformed does not verify.
   */
  readonly verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
}

export const SEED_BYTES = 32;
export const SIGNATURE_BYTES = 64;
const POINT_BYTES = 32;
const SIGN_BIT = 0x80;

const FIELD_ORDER = numberToBytesLE(ed25519.Point.Fp.ORDER, POINT_BYTES);
const GROUP_ORDER = numberToBytesLE(ed25519.Point.Fn.ORDER, POINT_BYTES);

/** Encodings of the points of order 1, 2, 4 and 8, without the sign of x. */
const SMALL_ORDER = new Set(
  ED25519_TORSION_SUBGROUP.map((encoding) => toHex(withoutSign(fromHex(encoding)))),
);

/**
 * Whether lengths are right, the key is an encoding in lowest terms of a point of large order, and
 * S is in range. Libraries differ about each of these, so they are settled before any is asked.
 */
export function wellFormed(publicKey: Uint8Array, signature: Uint8Array): boolean {
  return (
    publicKey.length === POINT_BYTES &&
    signature.length === SIGNATURE_BYTES &&
    isBelow(withoutSign(publicKey), FIELD_ORDER) &&
    !SMALL_ORDER.has(toHex(withoutSign(publicKey))) &&
    isBelow(signature.subarray(POINT_BYTES), GROUP_ORDER)
  );
}

/** @throws ProtocolError `InvalidInput` unless there are 32 bytes */
export function requireSeed(seed: Uint8Array): void {
  if (seed.length === SEED_BYTES) return;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `an Ed25519 secret key has ${seed.length} bytes`,
    todo: `pass the ${SEED_BYTES}-byte seed`,
  });
}

function withoutSign(point: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(point);
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) & ~SIGN_BIT;
  return bytes;
}

/** Compares little-endian numbers of one length. Both are public. */
function isBelow(bytes: Uint8Array, bound: Uint8Array): boolean {
  for (let i = bound.length - 1; i >= 0; i -= 1) {
    const difference = (bytes[i] ?? 0) - (bound[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
