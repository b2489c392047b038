/**
 * The main job on real input: devices of one account generate a shared key, derive from it for a
 * context, and show that each of them arrived at the same key.
 *
 *     npm start -- --context "mail@example.org" --devices 5 --threshold 3
 */
import { ProtocolError } from "../dsl/index.ts";
import { dkdScripts } from "../protocols/index.ts";
import type { DerivedKey, DkdParams } from "../protocols/index.ts";
import { openSession, systemEntropy, toHex, wallClock } from "../runtime/index.ts";
import { loadAutomerge } from "../runtime/node.ts";
import { Account, membersOf } from "./derive/account.ts";
import { openFleet } from "./derive/fleet.ts";
import type { Fleet } from "./derive/fleet.ts";
import { readOptions } from "./derive/options.ts";
import type { DeriveOptions } from "./derive/options.ts";
import { timeline } from "./derive/timeline.ts";

try {
  await derive(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof ProtocolError)) throw error;
  console.error(error.message);
  process.exitCode = error.code === "InvalidInput" || error.code === "Storage" ? 2 : 1;
}

async function derive(options: DeriveOptions): Promise<void> {
  const { context, account, devices, threshold } = options;
  console.log(`Account '${account}': ${devices} devices, any ${threshold} of which derive a key.`);
  loadAutomerge();
  const stored = new Account(options);
  const observe = timeline(wallClock({ epochMs: 1 }), console.log);
  const fleet = openFleet(stored.devices(), wallClock({ epochMs: 1000 }), observe);
  try {
    const shares = await stored.keyShares(fleet);
    const keys = await deriveOn(fleet, shares, options);
    show(context, fleet, keys);
  } finally {
    fleet.close();
  }
}

async function deriveOn(
  fleet: Fleet,
  shares: Awaited<ReturnType<Account["keyShares"]>>,
  { context, application, threshold }: DeriveOptions,
): Promise<readonly DerivedKey[]> {
  const [share] = shares;
  const [coordinator] = fleet.devices;
  if (share === undefined || coordinator === undefined) return [];
  const params: DkdParams = {
    account: fleet.roster.account,
    application,
    context,
    threshold,
    keyset: share.publicPackage,
    members: membersOf(fleet),
  };
  const session = openSession({
    roster: fleet.roster,
    script: dkdScripts.coordinator,
    params,
    cast: { coordinator: coordinator.id, participant: fleet.devices.map(({ id }) => id) },
    nonce: systemEntropy(16),
  });
  const outcomes = await fleet.run(session, dkdScripts, ({ sealing }, index) => ({
    sealing,
    keyShare: shares[index]?.secret,
  }));
  return outcomes.flatMap(({ participant }) =>
    participant === undefined ? [] : [participant.result],
  );
}

function show(context: string, fleet: Fleet, keys: readonly DerivedKey[]): void {
  console.log(`\nKey for '${context}', as each device derived it:`);
  keys.forEach(({ publicKey, checkValue }, index) => {
    const device = (fleet.devices[index]?.id ?? "").padEnd(10);
    console.log(`  ${device} ${toHex(publicKey)}  check ${toHex(checkValue)}`);
  });
  const distinct = new Set(keys.map(({ publicKey }) => toHex(publicKey))).size;
  if (distinct === 1) {
    console.log(`Equal on all ${keys.length} devices.`);
    return;
  }
  throw new ProtocolError({
    code: "InvalidState",
    what: `the devices derived ${distinct} different keys`,
    todo: "Report this as a defect",
  });
}
