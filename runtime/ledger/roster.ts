/** The devices of an account and their keys: what admission checks authors against. */

import { ProtocolError } from "../../dsl/errors.ts";
import { labelled, toHex } from "../crypto/hash.ts";
import { checkPublicKey } from "../crypto/signature.ts";
import { encode } from "./cbor.ts";
import { ACCOUNT_AUTHOR } from "./envelope.ts";
import { DEVICE_ID } from "./envelope-fields.ts";

export interface RosterDevice {
  /** Name of the device, unique in its account: lower case letters, digits and hyphens. */
  readonly id: string;
  /** Ed25519 public key, 32 bytes. */
  readonly signingKey: Uint8Array;
  /** X25519 public key, 32 bytes. */
  readonly sealingKey: Uint8Array;
}

export interface AccountRoster {
  /** Hex id: hash of the canonical genesis, which is the list of devices and their keys. */
  readonly account: string;
  /** In ascending order of id. */
  readonly devices: readonly RosterDevice[];
}

const MAX_DEVICES = 64;
const KEY_BYTES = 32;

/**
 * The roster of these devices, in whatever order they are given.
 *
 * @throws ProtocolError `InvalidInput` for no devices or more than 64, a malformed or repeated id, a
 *   key that is malformed or shared by two devices; `NotAdmitted` for a signing key outside the
 *   prime-order group
 */
export function accountRoster(devices: readonly RosterDevice[]): AccountRoster {
  if (devices.length === 0 || devices.length > MAX_DEVICES) {
    throw refused(`a roster of ${devices.length} devices`, `name 1 to ${MAX_DEVICES} devices`);
  }
  const sorted = devices.map(checkedDevice).sort((a, b) => (a.id < b.id ? -1 : 1));
  assertDistinct("id", sorted, (device) => device.id);
  // One key under two names would let one device count twice in every threshold.
  assertDistinct("signing key", sorted, (device) => toHex(device.signingKey));
  assertDistinct("sealing key", sorted, (device) => toHex(device.sealingKey));
  const account = toHex(labelled("aura/account/genesis/v1", encode(sorted)));
  return Object.freeze({ account, devices: Object.freeze(sorted) });
}

function checkedDevice(device: RosterDevice): RosterDevice {
  const { id, signingKey, sealingKey } = device;
  if (!DEVICE_ID.test(id)) {
    const todo = "use 1 to 32 lower case letters, digits and hyphens, not starting with a hyphen";
    throw refused("a device id is malformed", todo);
  }
  if (id === ACCOUNT_AUTHOR) {
    throw refused(`no device can be called ${id}`, "choose another id: this one is the account's");
  }
  for (const key of [signingKey, sealingKey]) {
    if (key.length !== KEY_BYTES || key.every((byte) => byte === 0)) {
      throw refused(`a key of device ${id} is malformed`, "pass public keys of 32 bytes", id);
    }
  }
  checkPublicKey(signingKey);
  return Object.freeze({
    id,
    signingKey: Uint8Array.from(signingKey),
    sealingKey: Uint8Array.from(sealingKey),
  });
}

function assertDistinct(
  what: string,
  devices: readonly RosterDevice[],
  key: (device: RosterDevice) => string,
): void {
  const seen = new Map<string, string>();
  for (const device of devices) {
    const other = seen.get(key(device));
    if (other !== undefined) {
      const todo = `give each device its own ${what}`;
      throw refused(`devices ${other} and ${device.id} have the same ${what}`, todo, device.id);
    }
    seen.set(key(device), device.id);
  }
}

function refused(what: string, todo: string, device?: string): ProtocolError {
  const where = device === undefined ? {} : { device };
  return new ProtocolError({ code: "InvalidInput", what, todo, where });
}
