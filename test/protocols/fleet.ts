/** A small fleet of devices on one perfect ledger, with all randomness from a seed. */
import { deriveEntropy, seededEntropy } from "../../runtime/crypto/entropy.ts";
import {
  DeviceAgent,
  MemoryLedger,
  accountRoster,
  deviceOf,
  drawDeviceSecrets,
  openSession,
  publicSide,
  virtualClock,
} from "../../runtime/index.ts";
import type { Device, Ledger, Notice, Session } from "../../runtime/index.ts";
import { dkdScripts, genesisScripts } from "../../protocols/index.ts";
import type { DkdParams, GenesisParams, KeyShare } from "../../protocols/index.ts";

export const names = ["alice", "bob", "carol", "dave", "erin"] as const;

export interface Fleet {
  readonly devices: readonly Device[];
  readonly roster: ReturnType<typeof accountRoster>;
  readonly ledger: Ledger;
  readonly clock: ReturnType<typeof virtualClock>;
  readonly notices: Notice[];
  readonly agents: readonly DeviceAgent[];
}

export function fleetOf(size: number, seed: string): Fleet {
  const devices = names.slice(0, size).map((name) => deviceOf(name, drawDeviceSecrets(seededEntropy(seed, name))));
  const roster = accountRoster(devices.map(publicSide));
  const ledger = new MemoryLedger(roster);
  const clock = virtualClock();
  const notices: Notice[] = [];
  const agents = devices.map(
    (device) => new DeviceAgent({ device, ledger, time: clock, observe: (n) => void notices.push(n) }),
  );
  return { devices, roster, ledger, clock, notices, agents };
}

export function membersOf({ devices }: Fleet) {
  return devices.map(({ id, sealing }) => ({ device: id, sealingKey: sealing.publicKey }));
}

/** Runs a genesis between all devices and gives each one's share of the key. */
export async function runGenesis(fleet: Fleet, threshold: number): Promise<readonly KeyShare[]> {
  const params: GenesisParams = { keyset: "dkd", threshold, members: membersOf(fleet) };
  const session = openSession({
    roster: fleet.roster,
    script: genesisScripts.member,
    params,
    cast: { member: fleet.devices.map(({ id }) => id) },
    nonce: new Uint8Array(16),
  });
  const outcomes = await Promise.all(
    fleet.agents.map((agent) => agent.run(session, genesisScripts, { sealing: agent.device.sealing })),
  );
  return outcomes.map((roles) => roles["member"]?.facts["Share"] as KeyShare);
}

export function dkdSession(fleet: Fleet, shares: readonly KeyShare[], context: string, participants: readonly string[]): Session {
  const [share] = shares;
  if (share === undefined) throw new Error("no shares");
  const params: DkdParams = {
    account: fleet.roster.account,
    application: "test",
    context,
    threshold: share.publicPackage.threshold,
    keyset: share.publicPackage,
    members: membersOf(fleet),
  };
  return openSession({
    roster: fleet.roster,
    script: dkdScripts.coordinator,
    params,
    cast: { coordinator: participants[0] ?? "", participant: participants },
    nonce: deriveEntropy(new Uint8Array(32), context, participants.join())(16),
  });
}
