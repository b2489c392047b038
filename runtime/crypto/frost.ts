/**
 * FROST(Ed25519, SHA-512), RFC 9591: `threshold` holders of key shares make one Ed25519 signature.
 * Two rounds: each shows commitments to two nonces, then its share of the signature. A nonce that
 * signs two different things gives the key share away, so whoever calls {@link frostShare} makes
 * sure that it never sees the same nonces again.
 *
 * The library's types stay in this file. Everything here is plain bytes and numbers.
 */

import { ed25519, ed25519_FROST, ristretto255 } from "@noble/curves/ed25519.js";
import { concatBytes } from "@noble/hashes/utils.js";

import type { RandomBytes } from "../../dsl/context.ts";
import { ProtocolError } from "../../dsl/errors.ts";
import { equalBytes } from "./hash.ts";

const { Identifier } = ed25519_FROST;
const { Point } = ed25519;

const ELEMENT_BYTES = 32;
const COMMITMENT_BYTES = 2 * ELEMENT_BYTES;

/** What everyone may know of a shared Ed25519 key. */
export interface FrostPublic {
  /** How many signers a signature takes: 2 to all. */
  readonly threshold: number;
  readonly size: number;
  /** The Ed25519 public key. */
  readonly groupKey: Uint8Array;
  /** Each share times the base point; the first is that of share 1. */
  readonly verifyingShares: readonly Uint8Array[];
}

/** A share of the key. */
export interface FrostSecret {
  /** The share's number, from 1. */
  readonly identifier: number;
  /** A scalar, 32 bytes little endian. */
  readonly secret: Uint8Array;
}

/** What one signer shows in the first round. */
export interface FrostCommitment {
  readonly identifier: number;
  /** Two points, hiding and binding: 64 bytes. */
  readonly commitment: Uint8Array;
}

/** What one signer shows in the second round. */
export interface FrostShare {
  readonly identifier: number;
  readonly share: Uint8Array;
}

/** Nonces, to be kept and used once, and the commitment to show. */
export interface DrawnNonces {
  /** Two scalars, 64 bytes: as secret as the share. */
  readonly nonces: Uint8Array;
  readonly commitment: Uint8Array;
}

/**
 * The Edwards point of a ristretto255 element, in the subgroup of prime order. The scalars of the
 * two groups are the same, so a key over the one is a key over the other. An element stands for
 * points that differ by torsion: times 8 and divided by 8 takes that away.
 *
 * @throws ProtocolError `InvalidInput` for bytes that are no element, or the identity
 */
export function edwardsOf(element: Uint8Array): Uint8Array {
  try {
    const { x, y } = ristretto255.Point.fromBytes(Uint8Array.from(element)).toAffine();
    const cleared = Point.fromAffine({ x, y }).multiplyUnsafe(8n);
    const point = cleared.multiplyUnsafe(Point.Fn.inv(8n));
    if (!point.is0()) return point.toBytes();
  } catch {
    // Refused below, with the identity.
  }
  throw invalid("a key is not a ristretto255 element", "pass a public package of a genesis");
}

/** Draws nonces for one signature: RFC 9591, section 5.1. */
export function frostCommit({ identifier, secret }: FrostSecret, random: RandomBytes): DrawnNonces {
  const { nonces, commitments } = ed25519_FROST.commit(
    { identifier: Identifier.fromNumber(identifier), signingShare: Uint8Array.from(secret) },
    (length = 32) => Uint8Array.from(random(length)),
  );
  const drawn = concatBytes(nonces.hiding, nonces.binding);
  nonces.hiding.fill(0);
  nonces.binding.fill(0);
  return { nonces: drawn, commitment: concatBytes(commitments.hiding, commitments.binding) };
}

/** Whether bytes are a commitment: two canonical points of prime order, neither the identity. */
export function isFrostCommitment(bytes: Uint8Array): boolean {
  return bytes.length === COMMITMENT_BYTES && halves(bytes).every(isPrimeOrder);
}

/**
 * This signer's share of the signature: RFC 9591, section 5.2. Zeroes the nonces.
 *
 * @throws ProtocolError `InvalidInput` for commitments without this signer's own, for too few, for
 * malformed ones, or for nonces that were used
 */
export function frostShare(
  shared: FrostPublic,
  { identifier, secret }: FrostSecret,
  nonces: Uint8Array,
  commitments: readonly FrostCommitment[],
  message: Uint8Array,
): Uint8Array {
  requireSigners(shared, commitments);
  const [hiding, binding] = halves(nonces);
  try {
    return ed25519_FROST.signShare(
      { identifier: Identifier.fromNumber(identifier), signingShare: Uint8Array.from(secret) },
      publicOf(shared),
      { hiding, binding },
      listOf(commitments),
      Uint8Array.from(message),
    );
  } catch (cause) {
    const what = "these nonces give no share of this signature";
    const todo = "pass nonces that are not used, and commitments with this signer's own";
    throw invalid(what, todo, cause);
  } finally {
    hiding.fill(0);
    binding.fill(0);
    nonces.fill(0);
  }
}

/** Whether a share is that of its signer: RFC 9591, section 5.4. Malformed bytes are not. */
export function verifyFrostShare(
  shared: FrostPublic,
  commitments: readonly FrostCommitment[],
  message: Uint8Array,
  { identifier, share }: FrostShare,
): boolean {
  try {
    requireSigners(shared, commitments);
    return ed25519_FROST.verifyShare(
      publicOf(shared),
      listOf(commitments),
      Uint8Array.from(message),
      Identifier.fromNumber(identifier),
      Uint8Array.from(share),
    );
  } catch {
    return false;
  }
}

/**
 * The signature, 64 bytes: RFC 9591, section 5.3.
 *
 * @param shares of all who committed, each verified before
 * @throws ProtocolError `InvalidInput` where they do not join
 */
export function frostAggregate(
  shared: FrostPublic,
  commitments: readonly FrostCommitment[],
  message: Uint8Array,
  shares: readonly FrostShare[],
): Uint8Array {
  requireSigners(shared, commitments);
  const byId = shares.map(
    ({ identifier, share }) => [Identifier.fromNumber(identifier), Uint8Array.from(share)] as const,
  );
  try {
    return ed25519_FROST.aggregate(
      publicOf(shared),
      listOf(commitments),
      Uint8Array.from(message),
      Object.fromEntries(byId),
    );
  } catch (cause) {
    const what = "the shares do not join to a signature";
    throw invalid(what, "verify each share first, and pass one of each signer", cause);
  }
}

/** The library takes the commitments of numbers that have no share of the key. */
function requireSigners(shared: FrostPublic, commitments: readonly FrostCommitment[]): void {
  const numbers = new Set(commitments.map(({ identifier }) => identifier));
  const isOne = (n: number): boolean => Number.isInteger(n) && n >= 1 && n <= shared.size;
  const isWell =
    numbers.size === commitments.length &&
    numbers.size >= shared.threshold &&
    [...numbers].every(isOne) &&
    commitments.every(({ commitment }) => isFrostCommitment(commitment));
  if (isWell) return;
  throw invalid(
    `${commitments.length} commitments do not sign for ${shared.threshold} of ${shared.size}`,
    "pass well-formed commitments of distinct signers of the key, at least its threshold",
  );
}

function listOf(commitments: readonly FrostCommitment[]) {
  return commitments
    .toSorted((a, b) => a.identifier - b.identifier)
    .map(({ identifier, commitment }) => {
      const [hiding, binding] = halves(commitment);
      return { identifier: Identifier.fromNumber(identifier), hiding, binding };
    });
}

function publicOf({ threshold, size, groupKey, verifyingShares }: FrostPublic) {
  const byId = verifyingShares.map(
    (share, i) => [Identifier.fromNumber(i + 1), Uint8Array.from(share)] as const,
  );
  return {
    signers: { min: threshold, max: size },
    // Signing looks at the first alone: the key.
    commitments: [Uint8Array.from(groupKey)],
    verifyingShares: Object.fromEntries(byId),
  };
}

function halves(bytes: Uint8Array) {
  const own = Uint8Array.from(bytes);
  return [own.slice(0, ELEMENT_BYTES), own.slice(ELEMENT_BYTES)] as const;
}

function isPrimeOrder(bytes: Uint8Array): boolean {
  try {
    const point = Point.fromBytes(Uint8Array.from(bytes));
    return !point.is0() && point.isTorsionFree() && equalBytes(point.toBytes(), bytes);
  } catch {
    return false;
  }
}

function invalid(what: string, todo: string, cause?: unknown): ProtocolError {
  return new ProtocolError({ code: "InvalidInput", what, todo, cause });
}
