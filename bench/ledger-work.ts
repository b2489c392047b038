/** Signed events to measure with: sessions of several devices that take turns. */
import { accountRoster } from "../runtime/index.ts";
import type { AccountRoster, SignedEvent } from "../runtime/index.ts";
import { sha256, toHex } from "../runtime/crypto/hash.ts";
import { signatures } from "../runtime/crypto/signature.ts";
import { EVENT_LIMITS, isSignedBy, readEvent, signEvent } from "../runtime/ledger/envelope.ts";
import type { Work } from "./ledger-sides.ts";

const DEVICES = ["a", "b", "c", "d", "e"];
const SESSION_EVENTS = 100;

const keys = DEVICES.map((id) => ({ id, ...signatures.keyPair(digestOf(id)) }));

export const roster: AccountRoster = accountRoster(
  keys.map(({ id, publicKey }) => ({ id, signingKey: publicKey, sealingKey: digestOf(`x${id}`) })),
);

function digestOf(text: string): Uint8Array {
  return sha256(new TextEncoder().encode(text));
}

/** Sessions of 100 events of some 350 bytes, each following the one before. */
export function makeWork(events: number): readonly Work[] {
  return Array.from({ length: events / SESSION_EVENTS }, (_, at) => sessionOf(at));
}

function sessionOf(at: number): Work {
  const session = toHex(digestOf(`session ${at}`));
  const events: { readonly hash: string; readonly bytes: Uint8Array }[] = [];
  for (let count = 0; count < SESSION_EVENTS; count += 1) {
    const { hash, bytes } = signedEvent(session, count, events.at(-1)?.hash);
    events.push({ hash, bytes });
  }
  return { session, events };
}

/** The event number `count` of a session. */
export function signedEvent(session: string, count: number, after?: string): SignedEvent {
  const turn = Math.floor(count / DEVICES.length);
  const { id, secretKey } = keys[count % DEVICES.length] ?? { id: "", secretKey: new Uint8Array() };
  const body = {
    version: 1,
    account: roster.account,
    session,
    step: `Step${turn % 8}`,
    iteration: Math.floor(turn / 8),
    author: id,
    nonce: turn,
    parents: after === undefined ? [] : [after],
    epoch: count,
    type: "RecordCommitment",
    payload: { commitment: digestOf(`${session} ${count}`) },
    authorization: { kind: "device" },
  } as const;
  return signEvent(body, secretKey);
}

/** Lets the process remember that the signatures are valid, so that it is not measured. */
export function verifyAhead({ events }: Work): void {
  for (const { bytes } of events) {
    const reading = readEvent(bytes, EVENT_LIMITS);
    const event = reading.ok ? reading.event : undefined;
    const key = keys.find(({ id }) => id === event?.author)?.publicKey;
    if (event === undefined || key === undefined || !isSignedBy(event, key)) {
      throw new Error("an event is not signed by its author");
    }
  }
}
