/** What a signer says and computes. */
import { ProtocolError } from "../../../dsl/index.ts";
import type { PayloadOf } from "../../../dsl/index.ts";
import { frostShare } from "../../../runtime/crypto/frost.ts";
import { commitmentsOf, leftOut, placeOf, shareNumber } from "../attempt.ts";
import type { Attempting, Cased, Opening, Pinned } from "../context.ts";
import type { CommitNonces, ShareSignature } from "../events.ts";

/** Shows this device what it is to sign. One that does not approve leaves, and the others go on. */
export async function approve({ device, params, cast }: Cased): Promise<true> {
  const { purpose, message, keyset } = params;
  const proposal = { purpose, message, groupKey: keyset.groupKey, coordinator: cast.coordinator };
  const verdict = await device.approve(proposal);
  if (verdict.accepted) return true;
  throw new ProtocolError({
    code: "Rejected",
    what: `this device does not approve of what is to be signed (${verdict.reason})`,
    todo: "Sign without this device, or propose what it approves of",
  });
}

/** Commits to nonces of this attempt. */
export function commit(context: Attempting): PayloadOf<typeof CommitNonces> {
  const { self, device } = context;
  if (leftOut(context).includes(self)) {
    throw new ProtocolError({
      code: "Rejected",
      what: "the next attempt is made without this device",
      todo: "Read the signature from the ledger when the session is over",
      where: { device: self },
    });
  }
  return { commitment: device.nonces.commit(placeOf(context), secretOf(context)) };
}

/**
 * This device's share, where it is pinned. The nonces are those of the very commitment that is
 * pinned: after a restart they are gone, whatever the ledger says, and there is no share.
 */
export async function share(context: Pinned): Promise<PayloadOf<typeof ShareSignature>> {
  const { self, device, params, Attempt } = context;
  const own = Attempt.signers.find((signer) => signer.device === self);
  const none = { share: new Uint8Array(0) };
  if (own === undefined) {
    device.nonces.discard(placeOf(context));
    return none;
  }
  const nonces = await device.nonces.spend(placeOf(context), own.commitment);
  if (nonces === undefined) return none;
  const { keyset, message } = params;
  return {
    share: frostShare(keyset, secretOf(context), nonces, commitmentsOf(context), message),
  };
}

function secretOf({ params, self, device }: Opening) {
  return { identifier: shareNumber(params, self), secret: device.keyShare };
}
