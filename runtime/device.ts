/** A device as the runtime holds it: its name and its secrets. */
import type { RandomBytes } from "../dsl/index.ts";
import { sealingKeyPair } from "./crypto/hpke.ts";
import type { SealingKeyPair } from "./crypto/hpke.ts";
import { signatures } from "./crypto/signature.ts";
import type { SignatureKeyPair } from "./crypto/signature.ts";
import type { RosterDevice } from "./ledger/roster.ts";

export interface Device {
  /** Device id, as in the roster. */
  readonly id: string;
  readonly signing: SignatureKeyPair;
  readonly sealing: SealingKeyPair;
  /** 32 bytes that the randomness of all of this device's sessions is derived from. */
  readonly entropySecret: Uint8Array;
}

/** The 32-byte secrets that a device is made of. */
export interface DeviceSecrets {
  readonly signing: Uint8Array;
  readonly sealing: Uint8Array;
  readonly entropy: Uint8Array;
}

/** Draws the secrets of a new device. */
export function drawDeviceSecrets(random: RandomBytes): DeviceSecrets {
  return { signing: random(32), sealing: random(32), entropy: random(32) };
}

/** The device `id` of these secrets. */
export function deviceOf(id: string, secrets: DeviceSecrets): Device {
  return Object.freeze({
    id,
    signing: signatures.keyPair(secrets.signing),
    sealing: sealingKeyPair(secrets.sealing),
    entropySecret: secrets.entropy,
  });
}

/** What the account's roster says of a device. */
export function publicSide({ id, signing, sealing }: Device): RosterDevice {
  return { id, signingKey: signing.publicKey, sealingKey: sealing.publicKey };
}
