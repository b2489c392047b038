/** A key that members share: what everyone may know of it, and what one member holds. */

import { ProtocolError } from "../../dsl/errors.ts";
import { labelled } from "../../runtime/crypto/hash.ts";

/** What everyone may know of a shared key. Plain data: numbers and bytes. */
export interface PublicPackage {
  /** How many members together can use the key. */
  readonly threshold: number;
  readonly size: number;
  /** The public key: 32 bytes, a ristretto255 element. */
  readonly groupKey: Uint8Array;
  /** Each member's share times the base point; the first is member 1's. */
  readonly verifyingShares: readonly Uint8Array[];
  /** The polynomial's coefficients times the base point; the first is the public key. */
  readonly commitments: readonly Uint8Array[];
}

/** One member's share of a key. */
export interface KeyShare {
  /** The member's number, from 1. */
  readonly identifier: number;
  /** A scalar, 32 bytes little endian. */
  readonly secret: Uint8Array;
  readonly publicPackage: PublicPackage;
}

/** Names a public package: 32 bytes over everything in it. */
export function packageHash(shared: PublicPackage): Uint8Array {
  const { threshold, size, groupKey, verifyingShares, commitments } = shared;
  const counts = [threshold, size, verifyingShares.length, commitments.length].join(" ");
  return labelled("aura/package/v1", counts, groupKey, ...verifyingShares, ...commitments);
}

/**
 * A member's share times the base point.
 *
 * @param identifier the member's number, from 1
 * @throws ProtocolError `InvalidInput` where there is no such member
 */
export function verifyingShareOf(shared: PublicPackage, identifier: number): Uint8Array {
  const share = shared.verifyingShares[identifier - 1];
  if (share !== undefined) return share;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `the key is shared by ${shared.size} members, and has no member ${identifier}`,
    todo: "pass a member's number, counted from 1",
  });
}
