/** A key of a genesis, as a key that signs. */
import { edwardsOf } from "../../runtime/crypto/frost.ts";
import type { FrostPublic } from "../../runtime/crypto/frost.ts";
import type { PublicPackage } from "../genesis/shared-key.ts";

/**
 * The Ed25519 side of a shared key. The members' shares stay as they are: the scalars of both groups
 * are the same.
 *
 * @throws ProtocolError `InvalidInput` for a package with something else than elements
 */
export function signingPackage(shared: PublicPackage): FrostPublic {
  const { threshold, size, groupKey, verifyingShares } = shared;
  return Object.freeze({
    threshold,
    size,
    groupKey: edwardsOf(groupKey),
    verifyingShares: Object.freeze(verifyingShares.map(edwardsOf)),
  });
}
