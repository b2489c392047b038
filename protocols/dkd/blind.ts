/** The blinded input of a session: made by the coordinator, opened and checked by every device. */
import { ProtocolError } from "../../dsl/index.ts";
import { labelled, toHex } from "../../runtime/crypto/hash.ts";
import { open, seal } from "../../runtime/crypto/hpke.ts";
import { packageHash } from "../genesis/shared-key.ts";
import type { Member, SealedFor } from "../member.ts";
import type { DkdParams, Initiated, Opening } from "./context.ts";
import { prfInput } from "./prf.ts";

const sealingInfo = "aura/dkd/blind/v1";

/**
 * The input of the PRF. It names the key set by its public key and not by its epoch, so that the
 * derived key stays the same when the shares change hands.
 */
export function inputOf({ account, keyset, application, context }: DkdParams): Uint8Array {
  return prfInput({
    account,
    keyset: toHex(keyset.groupKey),
    application,
    context: new TextEncoder().encode(context),
  });
}

/**
 * Why a session cannot be about these parameters, if so: a quorum of another size than the key's
 * would gather and then derive nothing, and members that are not the key's have no share of it.
 */
export function paramsFault({ threshold, keyset, members }: DkdParams): string | undefined {
  if (threshold !== keyset.threshold) {
    return `the key is shared for quorums of ${keyset.threshold}, not of ${threshold}`;
  }
  if (members.length === keyset.size) return undefined;
  return `the key is shared by ${keyset.size} members, not by ${members.length}`;
}

/** Seals the blinding scalar to one device, bound to where it stands. */
export async function sealBlind(
  { session, params, entropy }: Opening,
  to: Member,
  blinded: Uint8Array,
  blindScalar: Uint8Array,
): Promise<SealedFor> {
  const ciphertext = await seal({
    recipient: to.sealingKey,
    info: sealingInfo,
    aad: place(session, params, to.device, blinded),
    plaintext: blindScalar,
    entropy: entropy(`seal to ${to.device}`, blinded, blindScalar)(32),
  });
  return { to: to.device, ciphertext };
}

/**
 * The blinding scalar that was sealed to this device.
 *
 * @throws ProtocolError `Rejected` where there is none or it does not open
 */
export async function openBlind(context: Initiated): Promise<Uint8Array> {
  const { session, params, self, device, Initiate } = context;
  const own = Initiate.sealed.find((sealed) => sealed.to === self);
  if (own === undefined) {
    throw new ProtocolError({
      code: "Rejected",
      what: "nothing was sealed to this device",
      todo: "Start again with a coordinator that seals to every device of the session",
      where: { device: self },
    });
  }
  return open({
    keyPair: device.sealing,
    info: sealingInfo,
    aad: place(session, params, self, Initiate.blinded),
    sealed: own.ciphertext,
  });
}

/** Everything that the ciphertext means where it stands. */
function place(session: string, params: DkdParams, to: string, blinded: Uint8Array): Uint8Array {
  return labelled("aura/dkd/blind/aad/v1", session, packageHash(params.keyset), to, blinded);
}
