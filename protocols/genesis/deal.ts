/** What one member deals in key generation: its bytes, and the faults that can be found in it. */

import { mulAddUnsafe } from "@noble/curves/abstract/curve.js";
import { ristretto255, ristretto255_FROST } from "@noble/curves/ed25519.js";
import { bytesToNumberLE } from "@noble/curves/utils.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";

const { Point } = ristretto255;
const { Fn } = Point;
const { Identifier } = ristretto255_FROST;

const ELEMENT_BYTES = 32;
const PROOF_BYTES = 64;
/** The library's label for the challenge, as in the Zcash Foundation's implementation. */
const CHALLENGE = utf8ToBytes("FROST-RISTRETTO255-SHA512-v1dkg");

/** The library's form of a package. */
export type Deal = Parameters<typeof ristretto255_FROST.DKG.round2>[1][number];

/** A package as bytes: the commitments in order, then the proof of knowledge. */
export function encodeDeal(deal: Deal): Uint8Array {
  return concatBytes(...deal.commitment, deal.proofOfKnowledge);
}

/** Reads a package; its length is checked by {@link packageFault}. */
export function decodeDeal(dealer: number, bytes: Uint8Array, threshold: number): Deal {
  const own = Uint8Array.from(bytes);
  return {
    identifier: Identifier.fromNumber(dealer),
    commitment: Array.from({ length: threshold }, (_, k) =>
      own.slice(k * ELEMENT_BYTES, (k + 1) * ELEMENT_BYTES),
    ),
    proofOfKnowledge: own.slice(threshold * ELEMENT_BYTES),
  };
}

/**
 * Why a package is refused: `MalformedPackage` for a wrong length, an element or scalar that is
 * not canonical, or the identity; `BadProofOfKnowledge`.
 *
 * @param dealer the number of the member that it comes from
 * @returns `undefined` for a good one
 */
export function packageFault(
  dealer: number,
  bytes: Uint8Array,
  threshold: number,
): string | undefined {
  if (bytes.length !== threshold * ELEMENT_BYTES + PROOF_BYTES) return "MalformedPackage";
  const { commitment, proofOfKnowledge } = decodeDeal(dealer, bytes, threshold);
  const nonce = proofOfKnowledge.subarray(0, ELEMENT_BYTES);
  const response = proofOfKnowledge.subarray(ELEMENT_BYTES);
  const [secretKey] = commitment;
  const elements = [...commitment, nonce];
  if (secretKey === undefined || !elements.every(isElement) || !isScalar(response)) {
    return "MalformedPackage";
  }
  return knowsSecret(dealer, secretKey, nonce, response) ? undefined : "BadProofOfKnowledge";
}

/**
 * Why a share is refused: `BadShare` where it is not canonical or does not lie on the polynomial
 * that its dealer committed to (Feldman, 1987).
 *
 * @param receiver the number of the member that it was sent to
 * @param bytes the dealer's package, without fault
 * @returns `undefined` for a good one
 */
export function shareFault(
  receiver: number,
  share: Uint8Array,
  bytes: Uint8Array,
  threshold: number,
): string | undefined {
  const { commitment } = decodeDeal(receiver, bytes, threshold);
  try {
    ristretto255_FROST.validateSecret(
      { identifier: Identifier.fromNumber(receiver), signingShare: Uint8Array.from(share) },
      { signers: { min: threshold, max: threshold }, commitments: commitment, verifyingShares: {} },
    );
    return undefined;
  } catch {
    return "BadShare";
  }
}

/** A Schnorr proof of the secret behind `secretKey`: z·B − c·A = R. The challenge names the dealer. */
function knowsSecret(
  dealer: number,
  secretKey: Uint8Array,
  nonce: Uint8Array,
  response: Uint8Array,
): boolean {
  const identifier = Fn.toBytes(BigInt(dealer));
  const digest = sha512(concatBytes(CHALLENGE, identifier, secretKey, nonce));
  const c = Fn.create(bytesToNumberLE(digest));
  return mulAddUnsafe(
    Point,
    [Point.BASE, Point.fromBytes(secretKey).negate()],
    [Fn.fromBytes(response), c],
  ).equals(Point.fromBytes(nonce));
}

/** Whether bytes are the canonical encoding of an element other than the identity (RFC 9496). */
function isElement(bytes: Uint8Array): boolean {
  try {
    return !Point.fromBytes(bytes).is0();
  } catch {
    return false;
  }
}

function isScalar(bytes: Uint8Array): boolean {
  try {
    Fn.fromBytes(bytes);
    return true;
  } catch {
    return false;
  }
}
