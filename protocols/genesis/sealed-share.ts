/** A dealt share on its way: sealed to its receiver, bound to where it stands. */
import { ProtocolError } from "../../dsl/index.ts";
import { labelled } from "../../runtime/crypto/hash.ts";
import { open, seal } from "../../runtime/crypto/hpke.ts";
import type { SealedFor } from "../member.ts";
import type { Opening } from "./context.ts";
import type { DealtShare } from "./dkg.ts";

const sealingInfo = "aura/genesis/share/v1";

/** Seals a share to its receiver. */
export async function sealShare(context: Opening, { to, share }: DealtShare): Promise<SealedFor> {
  const { session, self, params, entropy } = context;
  const receiver = params.members.find((member) => member.device === to);
  if (receiver === undefined) {
    throw new ProtocolError({
      code: "InvalidState",
      what: "a share was dealt to a device that is no member",
      todo: "Report this as a defect",
      where: { device: to },
    });
  }
  const ciphertext = await seal({
    recipient: receiver.sealingKey,
    info: sealingInfo,
    aad: labelled("aura/genesis/share/aad/v1", session, self, to),
    plaintext: share,
    entropy: entropy(`seal to ${to}`, share)(32),
  });
  return { to, ciphertext };
}

/**
 * The share that `dealer` sealed to this device.
 *
 * @throws ProtocolError `Rejected` where there is none or it does not open
 */
export async function openShare(
  { session, self, device }: Opening,
  dealer: string,
  sealed: readonly SealedFor[],
): Promise<Uint8Array> {
  const own = sealed.find(({ to }) => to === self);
  if (own === undefined) {
    throw new ProtocolError({
      code: "Rejected",
      what: `${dealer} sealed nothing to this device`,
      todo: "Abort the session, and start again without the dealer",
      where: { device: self },
    });
  }
  return open({
    keyPair: device.sealing,
    info: sealingInfo,
    aad: labelled("aura/genesis/share/aad/v1", session, dealer, self),
    sealed: own.ciphertext,
  });
}
