/** Devices, events and networks for the tests of the ledger. */

import { ProtocolError } from "../../../dsl/errors.ts";
import { signatures } from "../../../runtime/crypto/signature.ts";
import { sha256 } from "../../../runtime/crypto/hash.ts";
import { AutomergeLedger } from "../../../runtime/ledger/automerge.ts";
import { encode } from "../../../runtime/ledger/cbor.ts";
import { type EventBody, type SignedEvent, signEvent } from "../../../runtime/ledger/envelope.ts";
import { type AccountRoster, accountRoster } from "../../../runtime/ledger/roster.ts";

export const SESSION = "5e".repeat(32);
export const OTHER_SESSION = "07".repeat(32);

const NAMES = ["alice", "bob", "carol", "dave", "erin"] as const;
const keys = new Map(
  [...NAMES, "mallory"].map((id) => [id, signatures.keyPair(sha256(new TextEncoder().encode(id)))]),
);

function keyPairOf(id: string) {
  const pair = keys.get(id);
  if (pair === undefined) throw new Error(`no key of ${id}`);
  return pair;
}

export function publicKeyOf(id: string): Uint8Array {
  return keyPairOf(id).publicKey;
}

/** A roster of the first devices: alice, bob, carol, dave, erin. */
export function rosterOf(count: number): AccountRoster {
  return accountRoster(
    NAMES.slice(0, count).map((id) => ({
      id,
      signingKey: publicKeyOf(id),
      sealingKey: sha256(publicKeyOf(id)),
    })),
  );
}

export const ROSTER: AccountRoster = rosterOf(5);

/** A body with every field filled in; tests name the fields that they are about. */
export function bodyOf(fields: Partial<EventBody> = {}): EventBody {
  return fields.session === ROSTER.account ? accountBodyOf(fields) : stepBodyOf(fields);
}

/** The account's own session holds events about the account: here, tickets that differ as steps would. */
function accountBodyOf({ payload = { value: 1 }, nonce = 0, ...fields }: Partial<EventBody>) {
  const digest = sha256(encode(payload));
  const type = "CachePresenceTicket";
  const ticket = { serial: nonce, sessionEpoch: 0, digest, expires: 100 };
  return stepBodyOf({ ...fields, type, step: type, iteration: nonce, nonce, payload: ticket });
}

function stepBodyOf(fields: Partial<EventBody>): EventBody {
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

/** Signed by its author, or by another device. */
export function eventOf(fields: Partial<EventBody> = {}, signer?: string): SignedEvent {
  const body = bodyOf(fields);
  return signEvent(body, keyPairOf(signer ?? body.author).secretKey);
}

export function automergeLedger(device: string, incarnation = 0): AutomergeLedger {
  return new AutomergeLedger({ roster: ROSTER, device, incarnation });
}

export function reasonsOf(ledger: AutomergeLedger): readonly string[] {
  return ledger.quarantined().map(({ reason }) => reason);
}

/**
 * A causal graph like a protocol's: in each round some devices write, naming the heads that they see.
 * The numbers decide who writes what on top of which events.
 */
export function historyOf(choices: readonly number[]): readonly SignedEvent[] {
  const events: SignedEvent[] = [];
  const nonces = new Map<string, number>();
  for (const [at, choice] of choices.entries()) {
    const author = NAMES[choice % NAMES.length] ?? "alice";
    const nonce = nonces.get(author) ?? 0;
    nonces.set(author, nonce + 1);
    const seen = events.filter((_, index) => (choice >> (index % 8)) % 2 === 1).slice(-3);
    events.push(
      eventOf({
        author,
        nonce,
        epoch: choice % 50,
        session: choice % 7 === 0 ? OTHER_SESSION : SESSION,
        step: choice % 3 === 0 ? "Commit" : "Lock/Request",
        iteration: choice % 2,
        type: choice % 3 === 0 ? "RecordCommitment" : "RequestLock",
        parents: seen.map((event) => event.hash),
        payload: { at, choice },
      }),
    );
  }
  return events;
}

/** The error of a call that must fail. */
export function failure(run: () => unknown): ProtocolError {
  try {
    run();
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error("the call did not fail");
}
