/** Account events for the tests: signed by devices, guardians, or by a group whose key the test holds. */

import { sha256 } from "../../../runtime/crypto/hash.ts";
import { signatures } from "../../../runtime/crypto/signature.ts";
import { readFact, slotOf } from "../../../runtime/account/events.ts";
import type { AccountEventName, AccountPayload } from "../../../runtime/account/events.ts";
import { ACCOUNT_AUTHOR, type EventBody, signEvent } from "../../../runtime/ledger/envelope.ts";
import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import { rosterOf } from "../ledger/fixtures.ts";

export const ROSTER = rosterOf(3);
export const SESSION = "5e".repeat(32);
export const RELATIONSHIP = "ab".repeat(32);

const pairs = new Map<string, ReturnType<typeof signatures.keyPair>>();

export function keyPair(name: string) {
  const pair = pairs.get(name) ?? signatures.keyPair(sha256(new TextEncoder().encode(name)));
  pairs.set(name, pair);
  return pair;
}

/** The key of a generation, of which the tests hold the secret: a threshold signature is Ed25519 too. */
export function groupPair(generation: number) {
  return keyPair(`group ${generation}`);
}

export function groupKeyOf(generation: number) {
  return {
    groupKey: groupPair(generation).publicKey,
    packageHash: sha256(Uint8Array.of(generation)),
    threshold: 2,
  };
}

export function memberKeys(name: string) {
  const { publicKey } = keyPair(name);
  return { signingKey: publicKey, sealingKey: sha256(publicKey) };
}

interface Fields extends Partial<EventBody> {
  /** The group key that signs; the device `author` does where absent. */
  readonly generation?: number;
  /** Who really signs. */
  readonly signer?: string;
}

/** An account event in its own slot. Tests name the fields that they are about. */
export function accountEvent<Name extends AccountEventName>(
  type: Name,
  payload: AccountPayload<Name>,
  { generation, signer, ...fields }: Fields = {},
): SignedEvent {
  const fact = readFact(type, payload);
  if (typeof fact === "string") throw new Error(fact);
  const [step, iteration] = slotOf(fact);
  const byGroup = generation !== undefined;
  const author = byGroup ? ACCOUNT_AUTHOR : "alice";
  const body: EventBody = {
    version: 1,
    account: ROSTER.account,
    session: ROSTER.account,
    step,
    iteration,
    author,
    nonce: 0,
    parents: [],
    epoch: 1,
    type,
    payload,
    authorization: byGroup ? { kind: "threshold", generation } : { kind: "device" },
    ...fields,
  };
  const secret = byGroup ? groupPair(generation) : keyPair(body.author);
  return signEvent(body, (signer === undefined ? secret : keyPair(signer)).secretKey);
}

const adopted = ROSTER.devices.map(({ id }) =>
  accountEvent("AdoptGroupKey", groupKeyOf(1), { author: id }),
);

/** What makes generation 1 the account's key: each device of the genesis adopts it. */
export function adoptions(): readonly SignedEvent[] {
  return adopted;
}

/** A step of a session, by a device or a guardian. */
export function stepEvent(author: string, fields: Partial<EventBody> = {}): SignedEvent {
  const body: EventBody = {
    version: 1,
    account: ROSTER.account,
    session: SESSION,
    step: "Commit",
    iteration: 0,
    author,
    nonce: 0,
    parents: [],
    epoch: 1,
    type: "RecordCommitment",
    payload: { value: 1 },
    authorization: { kind: "device" },
    ...fields,
  };
  return signEvent(body, keyPair(author).secretKey);
}

export const addFrank = (from = 0, fields: Fields = {}): SignedEvent =>
  accountEvent(
    "AddDevice",
    { device: "frank", ...memberKeys("frank"), from },
    { generation: 1, ...fields },
  );

export const removeDevice = (device: string, from: number, fields: Fields = {}): SignedEvent =>
  accountEvent("RemoveDevice", { device, from, reason: "lost" }, { generation: 1, ...fields });
