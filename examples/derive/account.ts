/** An account that lasts: its devices' secrets and key shares, encrypted in a folder. */
import { join } from "node:path";
import { ProtocolError } from "../../dsl/index.ts";
import { genesisScripts } from "../../protocols/index.ts";
import type { KeyShare, Member, PublicPackage } from "../../protocols/index.ts";
import { deviceOf, drawDeviceSecrets, openSession, systemEntropy } from "../../runtime/index.ts";
import type { Device, DeviceSecrets } from "../../runtime/index.ts";
import { KeyStore } from "../../runtime/node.ts";
import { bytes, fits, list, number, record, text } from "../../runtime/schema.ts";
import type { Schema } from "../../runtime/schema.ts";
import type { Fleet } from "./fleet.ts";
import type { DeriveOptions } from "./options.ts";

interface StoredDevice extends DeviceSecrets {
  readonly id: string;
}

const storedDevice = record<StoredDevice>({
  id: text(),
  signing: bytes(),
  sealing: bytes(),
  entropy: bytes(),
});

const storedShare = record<KeyShare>({
  identifier: number(),
  secret: bytes(),
  publicPackage: record<PublicPackage>({
    threshold: number(),
    size: number(),
    groupKey: bytes(),
    verifyingShares: list(bytes()),
    commitments: list(bytes()),
  }),
});

const shareName = "dkd-share";

/** What is stored under `name`, if it is what it should be. */
function load<Value>(store: KeyStore, name: string, schema: Schema<Value>): Value {
  const stored = store.load(name);
  if (fits(schema, stored)) return stored;
  throw new ProtocolError({
    code: "Storage",
    what: `what is stored as ${name} is not of this version`,
    todo: "Use the version that wrote it, or another --account",
  });
}

function loadShare(store: KeyStore): KeyShare {
  return load(store, shareName, storedShare);
}

const namesOfDevices = ["phone", "laptop", "tablet", "desktop", "watch"];

/** One account in its folder. Each device has files of its own, as it would on its own disk. */
export class Account {
  readonly #options: DeriveOptions;
  readonly #stores: readonly KeyStore[];

  constructor(options: DeriveOptions) {
    this.#options = options;
    const passphrase = process.env["AURA_PASSPHRASE"];
    this.#stores = deviceNames(options.devices).map(
      (name) =>
        new KeyStore({
          folder: join(options.home, options.account, name),
          random: systemEntropy,
          ...(passphrase === undefined ? {} : { passphrase }),
        }),
    );
  }

  /** Its devices: those that are stored, or new ones. */
  devices(): readonly Device[] {
    const made = this.#stores.find((store) => store.has(shareName));
    if (made !== undefined) this.#checkPackage(loadShare(made).publicPackage);
    return deviceNames(this.#options.devices).map((name, index) => {
      const store = this.#store(index);
      if (!store.has("device"))
        store.save("device", { id: name, ...drawDeviceSecrets(systemEntropy) });
      const { id, ...secrets } = load(store, "device", storedDevice);
      return deviceOf(id, secrets);
    });
  }

  /** The devices' shares of the account's PRF key: those that are stored, or of a new genesis. */
  async keyShares(fleet: Fleet): Promise<readonly KeyShare[]> {
    const isNew = this.#stores.every((store) => !store.has(shareName));
    if (isNew) await this.#genesis(fleet);
    return this.#stores.map(loadShare);
  }

  async #genesis(fleet: Fleet): Promise<void> {
    const { threshold } = this.#options;
    const session = openSession({
      roster: fleet.roster,
      script: genesisScripts.member,
      params: { keyset: "dkd", threshold, members: membersOf(fleet) },
      cast: { member: fleet.devices.map(({ id }) => id) },
      nonce: systemEntropy(16),
    });
    const outcomes = await fleet.run(session, genesisScripts, ({ sealing }) => ({ sealing }));
    outcomes.forEach(({ member }, index) => {
      if (member === undefined) return;
      const { identifier, secret, publicPackage } = member.facts.Share;
      this.#store(index).save(shareName, {
        identifier,
        secret,
        publicPackage: { ...publicPackage },
      });
    });
  }

  #checkPackage({ threshold, size }: PublicPackage): void {
    const { devices, account } = this.#options;
    if (size === devices && threshold === this.#options.threshold) return;
    throw new ProtocolError({
      code: "InvalidInput",
      what: `the account '${account}' was made for ${threshold} of ${size} devices`,
      todo: `Give --devices ${size} --threshold ${threshold}, or another --account`,
    });
  }

  #store(index: number): KeyStore {
    const store = this.#stores[index];
    if (store === undefined) throw new RangeError(`the account has no device ${index}`);
    return store;
  }
}

/** The devices as members of a shared key, member 1 first. */
export function membersOf({ devices }: Fleet): readonly Member[] {
  return devices.map(({ id, sealing }) => ({ device: id, sealingKey: sealing.publicKey }));
}

function deviceNames(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => namesOfDevices[index] ?? `device-${index + 1}`,
  );
}
