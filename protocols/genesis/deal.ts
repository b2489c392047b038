/** What one member deals in key generation: its bytes, and the faults that can be found in it. */

import { concatBytes, utf8ToBytes } from "../../runtime/crypto/hash.ts";
import { keyGeneration } from "../../runtime/crypto/key-generation.ts";
import type { Deal } from "../../runtime/crypto/key-generation.ts";
import { isElement, provesSecret, scalars } from "../../runtime/crypto/ristretto.ts";

const { Identifier } = keyGeneration;

const ELEMENT_BYTES = 32;
const PROOF_BYTES = 64;
/** The library's label for the challenge, as in the Zcash Foundation's implementation. */
const CHALLENGE = utf8ToBytes("FROST-RISTRETTO255-SHA512-v1dkg");

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
    keyGeneration.validateSecret(
      { identifier: Identifier.fromNumber(receiver), signingShare: Uint8Array.from(share) },
      { signers: { min: threshold, max: threshold }, commitments: commitment, verifyingShares: {} },
    );
    return undefined;
  } catch {
    return "BadShare";
  }
}

/** A Schnorr proof of the secret behind `secretKey`. The challenge names the dealer. */
function knowsSecret(
  dealer: number,
  secretKey: Uint8Array,
  nonce: Uint8Array,
  response: Uint8Array,
): boolean {
  const identifier = scalars.toBytes(BigInt(dealer));
  const challenged = concatBytes(CHALLENGE, identifier, secretKey, nonce);
  return provesSecret(secretKey, nonce, response, challenged);
}

function isScalar(bytes: Uint8Array): boolean {
  try {
    scalars.fromBytes(bytes);
    return true;
  } catch {
    return false;
  }
}
