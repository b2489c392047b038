/**
 * The devices of the suite, with their keys, and what they sign. The suite holds the group's key whole:
 * a threshold signature is an ordinary Ed25519 signature under it.
 */
import { slotOf } from "../account/events.ts";
import type { AccountEventName, AccountPayload } from "../account/events.ts";
import { readFact } from "../account/events.ts";
import { sha256 } from "../crypto/hash.ts";
import { type SignatureKeyPair, signatures } from "../crypto/signature.ts";
import { ACCOUNT_AUTHOR, type EventBody, type SignedEvent, signEvent } from "../ledger/envelope.ts";
import { type AccountRoster, accountRoster } from "../ledger/roster.ts";
import { openSession } from "../session.ts";

export const DEVICES = ["alice", "bob", "carol", "dave", "erin"] as const;
export const OPERATION = "resharing";
export const RELATIONSHIP = "ab".repeat(32);

const pairs = new Map<string, SignatureKeyPair>();

function pairOf(name: string): SignatureKeyPair {
  const pair =
    pairs.get(name) ?? signatures.keyPair(sha256(new TextEncoder().encode(`suite ${name}`)));
  pairs.set(name, pair);
  return pair;
}

export function memberKeys(name: string) {
  const { publicKey } = pairOf(name);
  return { signingKey: publicKey, sealingKey: sha256(publicKey) };
}

export const ROSTER: AccountRoster = accountRoster(
  DEVICES.map((id) => ({ id, ...memberKeys(id) })),
);

/** A session that nobody opened: plain steps. */
export const SESSION = "5e".repeat(32);
export const OTHER_SESSION = "07".repeat(32);

/** A session whose records count, since its id is the hash of what it is. */
export const STORY = openSession({
  roster: ROSTER,
  script: { protocol: "conformance", digest: "00" },
  params: {},
  cast: { leader: "alice", crowd: ["bob", "carol"] },
  nonce: Uint8Array.of(1),
  expires: 40,
});

export const SESSIONS = [ROSTER.account, SESSION, OTHER_SESSION, STORY.id] as const;

/** The group key of a generation, as an event states it. */
export function groupKeyOf(generation: number) {
  return {
    groupKey: pairOf(`group ${generation}`).publicKey,
    packageHash: sha256(Uint8Array.of(generation)),
    threshold: 2,
  };
}

/** Fields that a law is about; the rest is filled in. */
export interface Fields extends Partial<EventBody> {
  /** Who really signs: a name, or `group 1`. */
  readonly signer?: string;
}

export function bodyOf(fields: Partial<EventBody> = {}): EventBody {
  return {
    version: 1,
    account: ROSTER.account,
    session: SESSION,
    step: "Commit",
    iteration: 0,
    author: "alice",
    nonce: 0,
    parents: [],
    epoch: 1,
    type: "RecordCommitment",
    payload: { value: 1 },
    authorization: { kind: "device" },
    ...fields,
  };
}

/** A step of a session, by a device. */
export function stepBy(author: string, { signer = author, ...fields }: Fields = {}): SignedEvent {
  return signEvent(bodyOf({ author, ...fields }), pairOf(signer).secretKey);
}

interface AccountFields extends Fields {
  /** The group key that signs; the device `author` does where absent. */
  readonly generation?: number;
}

/** An event of the account, in its own slot. */
export function accountEvent<Name extends AccountEventName>(
  type: Name,
  payload: AccountPayload<Name>,
  { generation, ...fields }: AccountFields = {},
): SignedEvent {
  const fact = readFact(type, payload);
  if (typeof fact === "string") throw new TypeError(fact);
  const [step, iteration] = slotOf(fact);
  const by =
    generation === undefined
      ? { author: "alice", signer: fields.author ?? "alice" }
      : {
          author: ACCOUNT_AUTHOR,
          signer: `group ${generation}`,
          authorization: { kind: "threshold", generation } as const,
        };
  const all = { session: ROSTER.account, step, iteration, type, payload, ...by, ...fields };
  return stepBy(all.author, all);
}

const adopted = DEVICES.map((author) => accountEvent("AdoptGroupKey", groupKeyOf(1), { author }));

/** Every device of the genesis adopts the first group key. */
export function adoptions(): readonly SignedEvent[] {
  return adopted;
}

export function addDevice(device: string, from = 0, fields: AccountFields = {}): SignedEvent {
  const payload = { device, ...memberKeys(device), from };
  return accountEvent("AddDevice", payload, { generation: 1, ...fields });
}

export function removeDevice(device: string, from: number): SignedEvent {
  return accountEvent("RemoveDevice", { device, from, reason: "lost" }, { generation: 1 });
}

export function changeKey(generation: number, from: number, by = generation - 1): SignedEvent {
  const payload = { ...groupKeyOf(generation), generation, from };
  return accountEvent("ChangeGroupKey", payload, { generation: by });
}
