/** Devices that share keys: sessions of genesis and DKD, and what must come out of them. */
import { ristretto255, ristretto255_FROST } from "@noble/curves/ed25519.js";
import { expect } from "vitest";
import type { Script } from "../../dsl/index.ts";
import { deriveKey, prfInput } from "../../protocols/dkd/prf.ts";
import { dkdScripts, genesisScripts } from "../../protocols/index.ts";
import type { DerivedKey, DkdParams, GenesisParams, KeyShare } from "../../protocols/index.ts";
import { seededEntropy } from "../../runtime/crypto/entropy.ts";
import { toHex } from "../../runtime/crypto/hash.ts";
import { signatures } from "../../runtime/crypto/signature.ts";
import { openSession } from "../../runtime/index.ts";
import type { Ledger, Session } from "../../runtime/index.ts";
import { faultsOf } from "../runtime/monitor/conforming.ts";
import { found, outcomeOf } from "../runtime/stage.ts";
import type { Ending, Stage } from "../runtime/stage.ts";
import { singleKeyOutput } from "./dkd/single-key.ts";

const { Identifier } = ristretto255_FROST;

function membersOf({ devices }: Stage) {
  return devices.map(({ id, sealing }) => ({ device: id, sealingKey: sealing.publicKey }));
}

const dealt = new Map<string, readonly KeyShare[]>();

/** Shares of a key that a dealer made: fast, and genesis has tests of its own. */
export function dealShares(threshold: number, size: number, seed = "key"): readonly KeyShare[] {
  const key = [threshold, size, seed].join(" ");
  const shares = dealt.get(key) ?? deal(threshold, size, key);
  dealt.set(key, shares);
  return shares;
}

function deal(threshold: number, size: number, seed: string): readonly KeyShare[] {
  const random = seededEntropy(seed, "dealer");
  const signers = { min: threshold, max: size };
  const { public: shown, secretShares } = ristretto255_FROST.trustedDealer(
    signers,
    undefined,
    undefined,
    (length = 32) => Uint8Array.from(random(length)),
  );
  const numbers = Array.from({ length: size }, (_, index) => index + 1);
  const ofNumber = <T>(record: Readonly<Record<string, T>>) =>
    numbers.map((number) => found(record[Identifier.fromNumber(number)]));
  const publicPackage = {
    threshold,
    size,
    groupKey: found(shown.commitments[0]),
    verifyingShares: ofNumber(shown.verifyingShares),
    commitments: shown.commitments,
  };
  return ofNumber(secretShares).map(({ signingShare }, index) => ({
    identifier: index + 1,
    secret: signingShare,
    publicPackage,
  }));
}

/** The undivided key, which only a test may have: the interpolation of all shares at zero. */
export function undivided(shares: readonly KeyShare[]): Uint8Array {
  const { Fn } = ristretto255.Point;
  const sum = shares.reduce((total, { identifier, secret }) => {
    const others = shares.map((share) => share.identifier).filter((other) => other !== identifier);
    const weight = others.reduce(
      (product, other) =>
        Fn.mul(product, Fn.div(BigInt(other), Fn.create(BigInt(other - identifier)))),
      Fn.ONE,
    );
    return Fn.add(total, Fn.mul(weight, Fn.fromBytes(Uint8Array.from(secret))));
  }, Fn.ZERO);
  return Fn.toBytes(sum);
}

/** The key that one device with the undivided key would derive (RFC 9497, one server). */
export function referenceKey(shares: readonly KeyShare[], params: DkdParams): DerivedKey {
  const { account, application, context, keyset } = params;
  const input = prfInput({
    account,
    keyset: toHex(keyset.groupKey),
    application,
    context: new TextEncoder().encode(context),
  });
  const output = singleKeyOutput(undivided(shares), input);
  const { secretKey, publicKey } = signatures.keyPair(deriveKey(output, "ed25519", 32));
  return { secretKey, publicKey, checkValue: deriveKey(output, "check value", 16) };
}

export interface DkdSession extends Session {
  readonly params: DkdParams;
}

/** A DKD session; the first participant coordinates. */
export function dkdSession(
  stage: Stage,
  shares: readonly KeyShare[],
  participants: readonly string[],
  changes: Partial<DkdParams> = {},
  nonce = 0,
): DkdSession {
  const { publicPackage: keyset } = found(shares[0]);
  const params: DkdParams = {
    account: stage.roster.account,
    application: "mail",
    context: "inbox@example.org",
    threshold: keyset.threshold,
    keyset,
    members: membersOf(stage),
    ...changes,
  };
  const session = openSession({
    roster: stage.roster,
    script: dkdScripts.coordinator,
    params,
    cast: { coordinator: found(participants[0]), participant: participants },
    nonce: new Uint8Array(16).fill(nonce),
  });
  return { ...session, params };
}

export interface Changes {
  /** Scripts of a device that does not play by the rules. */
  readonly scripts?: Partial<Readonly<Record<keyof typeof dkdScripts, Script>>>;
  readonly keyShare?: Uint8Array;
  readonly ledger?: Ledger;
}

/** Starts the roles of a device in a DKD session; the participant's ending. */
export async function derive(
  stage: Stage,
  session: DkdSession,
  shares: readonly KeyShare[],
  device: string,
  { scripts, keyShare, ledger }: Changes = {},
): Promise<Ending> {
  const { coordinator, participant } = { ...dkdScripts, ...scripts };
  const number = session.params.members.findIndex((member) => member.device === device);
  const own = keyShare ?? found(shares[number]).secret;
  const inputs = { sealing: stage.device(device).sealing, keyShare: own };
  const part = {
    scripts: dkdScripts,
    session,
    device,
    inputs,
    ...(ledger === undefined ? {} : { ledger }),
  };
  const endings = [stage.play({ ...part, script: participant })];
  if (session.cast["coordinator"] === device)
    endings.push(stage.play({ ...part, script: coordinator }));
  const [ending] = await Promise.all(endings);
  return found(ending);
}

/** Runs a DKD session between these devices on a perfect ledger. */
export async function deriveAll(
  stage: Stage,
  session: DkdSession,
  shares: readonly KeyShare[],
  devices: readonly string[],
): Promise<readonly Ending[]> {
  const endings = await Promise.all(
    devices.map((device) => derive(stage, session, shares, device)),
  );
  for (const { id } of stage.devices) {
    expect(faultsOf(stage.ledger(id), session, dkdScripts)).toEqual([]);
  }
  return endings;
}

/** The key that a device derived. */
export function keyOf(ending: Ending | undefined): DerivedKey {
  return outcomeOf(ending).result as DerivedKey;
}

export function genesisSession(stage: Stage, threshold: number, keyset = "dkd"): Session {
  const params: GenesisParams = { keyset, threshold, members: membersOf(stage) };
  return openSession({
    roster: stage.roster,
    script: genesisScripts.member,
    params,
    cast: { member: stage.devices.map(({ id }) => id) },
    nonce: new Uint8Array(16),
  });
}

/** Starts a member's role in a genesis. */
export function generate(
  stage: Stage,
  session: Session,
  device: string,
  script: Script = genesisScripts.member,
): Promise<Ending> {
  const inputs = { sealing: stage.device(device).sealing };
  return stage.play({ script, scripts: genesisScripts, session, device, inputs });
}

/** The share that a member ended up with. */
export function shareOf(ending: Ending | undefined): KeyShare {
  return outcomeOf(ending).facts["Share"] as KeyShare;
}
