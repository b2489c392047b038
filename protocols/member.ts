/** The members of a shared key, as the parameters of a session name them. */
import { ProtocolError } from "../dsl/index.ts";
import type { SealingKeyPair } from "../runtime/crypto/hpke.ts";

export interface Member {
  /** Device id. */
  readonly device: string;
  /** X25519 public key that secrets for this device are sealed to, 32 bytes. */
  readonly sealingKey: Uint8Array;
}

/** What every member brings to a session and keeps to itself. */
export interface MemberDevice {
  readonly sealing: SealingKeyPair;
}

/** A ciphertext for one device. */
export interface SealedFor {
  readonly to: string;
  readonly ciphertext: Uint8Array;
}

/**
 * The number of a device's key share: its position among the members, counted from 1.
 *
 * @throws ProtocolError `InvalidInput` for a device that is no member
 */
export function memberNumber(members: readonly Member[], device: string): number {
  const index = members.findIndex((member) => member.device === device);
  if (index >= 0) return index + 1;
  throw new ProtocolError({
    code: "InvalidInput",
    what: "the device is not a member of the shared key",
    todo: "Run the session between members only",
    where: { device },
  });
}
