/**
 * The group ristretto255 (RFC 9496), elements as their bytes, and the oblivious functions of RFC
 * 9497 over it: under plain signatures as in `bytes.ts`.
 */
import { mulAddUnsafe } from "@noble/curves/abstract/curve.js";
import { ristretto255, ristretto255_hasher, ristretto255_oprf } from "@noble/curves/ed25519.js";
import { bytesToNumberLE } from "@noble/curves/utils.js";
import { sha512 } from "@noble/hashes/sha2.js";

const { Point } = ristretto255;

/** Integers modulo the order of the group, 2^252 + 27742317777372353535851937790883648493. */
export interface ScalarField {
  readonly BYTES: number;
  readonly ZERO: bigint;
  readonly ONE: bigint;
  /** Modulo the order. */
  create(value: bigint): bigint;
  isValid(value: bigint): boolean;
  add(a: bigint, b: bigint): bigint;
  sub(a: bigint, b: bigint): bigint;
  mul(a: bigint, b: bigint): bigint;
  div(a: bigint, b: bigint): bigint;
  toBytes(value: bigint): Uint8Array;
  /** @throws for what is not canonical, unless `unchecked` */
  fromBytes(bytes: Uint8Array, unchecked?: boolean): bigint;
}

export const scalars: ScalarField = Point.Fn;

/** The library's shape of a random source. */
type Drawing = (length?: number) => Uint8Array<ArrayBuffer>;

/** The verifiable oblivious function, mode VOPRF: what client and server compute. */
export interface Voprf {
  blind(
    input: Uint8Array,
    random: Drawing,
  ): { readonly blind: Uint8Array; readonly blinded: Uint8Array };
  blindEvaluate(
    secretKey: Uint8Array,
    publicKey: Uint8Array,
    blinded: Uint8Array,
    random: Drawing,
  ): { readonly evaluated: Uint8Array; readonly proof: Uint8Array };
  /** @throws where the proof does not hold */
  finalize(
    input: Uint8Array,
    blind: Uint8Array,
    evaluated: Uint8Array,
    blinded: Uint8Array,
    publicKey: Uint8Array,
    proof: Uint8Array,
  ): Uint8Array;
}

export const voprf: Voprf = ristretto255_oprf.voprf;

/** Mode OPRF, without a proof: unblinds the element and hashes it with the input. */
export function oprfOutput(
  input: Uint8Array,
  blindScalar: Uint8Array,
  element: Uint8Array,
): Uint8Array {
  return ristretto255_oprf.oprf.finalize(input, blindScalar, element);
}

/** `scalar` times the element that the input is hashed to under the tag `domain`. */
export function hashedTimes(input: Uint8Array, domain: Uint8Array, scalar: bigint): Uint8Array {
  return ristretto255_hasher.hashToCurve(input, { DST: domain }).multiply(scalar).toBytes();
}

/** Whether bytes are the canonical encoding of an element other than the identity. */
export function isElement(bytes: Uint8Array): boolean {
  try {
    return !Point.fromBytes(bytes).is0();
  } catch {
    return false;
  }
}

/** The sum of the elements, each times its scalar. Takes a time that tells of them. */
export function sumOfProducts(
  elements: readonly Uint8Array[],
  factors: readonly bigint[],
): Uint8Array {
  return mulAddUnsafe(
    Point,
    elements.map((bytes) => Point.fromBytes(bytes)),
    [...factors],
  ).toBytes();
}

/**
 * A Schnorr proof of the secret behind `publicKey`: response·B − c·publicKey = nonce, where c is the
 * SHA-512 of `challenged`.
 */
export function provesSecret(
  publicKey: Uint8Array,
  nonce: Uint8Array,
  response: Uint8Array,
  challenged: Uint8Array,
): boolean {
  const c = Point.Fn.create(bytesToNumberLE(sha512(challenged)));
  return mulAddUnsafe(
    Point,
    [Point.BASE, Point.fromBytes(publicKey).negate()],
    [Point.Fn.fromBytes(response), c],
  ).equals(Point.fromBytes(nonce));
}
