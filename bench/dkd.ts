/**
 * What a derivation costs above its cryptography: the bare threshold PRF, the session of three
 * devices on one ledger in memory, and on three Automerge replicas that synchronise.
 */
import { openFleet } from "../examples/derive/fleet.ts";
import type { Fleet } from "../examples/derive/fleet.ts";
import { blind, combine, evaluate, prfInput, verifyEvaluation } from "../protocols/dkd/prf.ts";
import { dkdScripts, genesisScripts } from "../protocols/index.ts";
import type { DkdParams, KeyShare } from "../protocols/index.ts";
import {
  DeviceAgent,
  MemoryLedger,
  deviceOf,
  drawDeviceSecrets,
  openSession,
  systemEntropy,
  wallClock,
} from "../runtime/index.ts";
import { loadAutomerge } from "../runtime/node.ts";
import { medianMs, row } from "./timing.ts";

const threshold = 2;
const rounds = 5;

/** Prints a row for each way to derive one key among three devices, any two of which suffice. */
export async function benchDkd(print: (line: string) => void): Promise<void> {
  loadAutomerge();
  const replicas = openReplicas();
  try {
    const { shares, members } = await genesis(replicas);
    const bare = await medianMs(rounds, () => derivePlain(shares));
    print(row("threshold PRF alone, one process", bare, bare));
    const memory = inMemory(replicas);
    const derive = (fleet: Fleet) => deriveOn(fleet, shares, members);
    print(row("session, one ledger in memory", await medianMs(rounds, () => derive(memory)), bare));
    print(
      row(
        "session, three Automerge replicas",
        await medianMs(rounds, () => derive(replicas)),
        bare,
      ),
    );
  } finally {
    replicas.close();
  }
}

function openReplicas(): Fleet {
  const devices = ["a", "b", "c"].map((id) => deviceOf(id, drawDeviceSecrets(systemEntropy)));
  return openFleet(devices, wallClock({ epochMs: 1000 }), () => undefined);
}

/** The same devices, all on one ledger that needs no replication. */
function inMemory({ devices, roster }: Fleet): Fleet {
  const ledger = new MemoryLedger(roster);
  const time = wallClock({ epochMs: 1000 });
  const agents = devices.map((device) => new DeviceAgent({ device, ledger, time }));
  const run: Fleet["run"] = (session, scripts, inputs) =>
    Promise.all(
      agents.map((agent, index) => agent.run(session, scripts, inputs(agent.device, index))),
    );
  return { devices, roster, run, close: () => undefined };
}

async function genesis(fleet: Fleet) {
  const members = fleet.devices.map(({ id, sealing }) => ({
    device: id,
    sealingKey: sealing.publicKey,
  }));
  const session = openSession({
    roster: fleet.roster,
    script: genesisScripts.member,
    params: { keyset: "dkd", threshold, members },
    cast: { member: fleet.devices.map(({ id }) => id) },
    nonce: systemEntropy(16),
  });
  const outcomes = await fleet.run(session, genesisScripts, ({ sealing }) => ({ sealing }));
  const shares = outcomes.flatMap(({ member }) =>
    member === undefined ? [] : [member.facts.Share],
  );
  return { shares, members };
}

/** What every device of a session computes, once: blind, evaluate, verify, combine. */
function derivePlain(shares: readonly KeyShare[]): Uint8Array {
  const input = prfInput({
    account: "bench",
    keyset: "dkd",
    application: "bench",
    context: new Uint8Array(16),
  });
  const { blinded, blindScalar } = blind(input, systemEntropy);
  const values = shares.slice(0, threshold).map(({ identifier, secret, publicPackage }) => {
    const verifyingShare = publicPackage.verifyingShares[identifier - 1] ?? new Uint8Array(0);
    const evaluation = evaluate({ secret }, verifyingShare, blinded, systemEntropy);
    if (!verifyEvaluation(verifyingShare, blinded, evaluation)) throw new Error("does not verify");
    return { identifier, element: evaluation.element };
  });
  return combine(values, threshold, input, blindScalar);
}

async function deriveOn(
  fleet: Fleet,
  shares: readonly KeyShare[],
  members: DkdParams["members"],
): Promise<void> {
  const [share] = shares;
  if (share === undefined) return;
  const devices = fleet.devices.map(({ id }) => id);
  const params: DkdParams = {
    account: fleet.roster.account,
    application: "bench",
    context: "bench",
    threshold,
    keyset: share.publicPackage,
    members,
  };
  const session = openSession({
    roster: fleet.roster,
    script: dkdScripts.coordinator,
    params,
    cast: { coordinator: devices[0] ?? "", participant: devices },
    nonce: systemEntropy(16),
  });
  await fleet.run(session, dkdScripts, ({ sealing }, index) => ({
    sealing,
    keyShare: shares[index]?.secret,
  }));
}
