/** The signed event: the one thing that devices exchange. */

import { ProtocolError } from "../../dsl/errors.ts";
import { boundedCache } from "../crypto/bounded-cache.ts";
import { equalBytes, labelled, sha256Hex } from "../crypto/hash.ts";
import { signatures } from "../crypto/signature.ts";
import { type CborFault, type CborLimits, encode, readCbor } from "./cbor.ts";
import { SIGNATURE_BYTES, eventOf } from "./envelope-fields.ts";

/**
 * Who vouches for an event: a device or a guardian, with the key that the account binds to its id, or
 * the account itself, by a threshold signature under the group key of the generation.
 */
export type EventAuthorization =
  | { readonly kind: "device" }
  | { readonly kind: "guardian" }
  | {
      readonly kind: "threshold";
      /** Which of the account's group keys; the first is 1. */
      readonly generation: number;
    };

/** The author of events that a threshold of devices signed. No device has this id. */
export const ACCOUNT_AUTHOR = "account";

/** Everything in an event but its signature. */
export interface EventBody {
  readonly version: 1;
  /** Hex id of the account. */
  readonly account: string;
  /** Hex id of the session. */
  readonly session: string;
  /** Path of the step, sub-protocols first: `Commit` or `Lock/Request`. */
  readonly step: string;
  /** Which turn of a recursion wrote the step; 0 outside recursions. */
  readonly iteration: number;
  /** Id of the device or guardian; {@link ACCOUNT_AUTHOR} for a threshold-signed event. */
  readonly author: string;
  /** Counts the author's events in this session, from 0; 0 for a threshold-signed event. */
  readonly nonce: number;
  /** Hex hashes of the events that the author had seen and that nothing seen followed. */
  readonly parents: readonly string[];
  /** The author's epoch when it wrote the event. */
  readonly epoch: number;
  /** Name of the event's declaration, for example `RecordDkdCommitment`. */
  readonly type: string;
  /** Plain canonical value; the declaration of the type says which. */
  readonly payload: unknown;
  readonly authorization: EventAuthorization;
}

export interface SignedEvent extends EventBody {
  /** Hex SHA-256 of `bytes`: the event's identity. */
  readonly hash: string;
  /** Canonical encoding of body and signature; {@link signatureOf} has the latter. */
  readonly bytes: Uint8Array;
}

export type EventReading =
  | { readonly ok: true; readonly event: SignedEvent }
  | { readonly ok: false; readonly fault: EnvelopeFault; readonly detail: string };

/** Why bytes are no event of this version. */
export type EnvelopeFault = CborFault | "UnknownVersion";

export const EVENT_LIMITS: CborLimits = Object.freeze({ maxBytes: 64 * 1024, maxDepth: 16 });

const SIGNATURE_LABEL = "aura/event/signature/v1";
/** Head and key `signature`, then head and bytes. */
const SIGNATURE_ENTRY_BYTES = 1 + 9 + 2 + SIGNATURE_BYTES;
/** By hash, which is that of all that the verdict depends on but the key; some 200 bytes each. */
const verdicts = boundedCache<Verdict>(1 << 14);
const MEMBER_BYTES = {
  device: entryBytes({ kind: "device" }),
  guardian: entryBytes({ kind: "guardian" }),
} as const;

/**
 * Signs an event: Ed25519 over a labelled hash of the canonical encoding of everything else.
 *
 * @param body parents in any order
 * @param secretKey the author's signing key
 * @throws ProtocolError `InvalidInput` for a body that no replica would read
 */
export function signEvent(body: EventBody, secretKey: Uint8Array): SignedEvent {
  return sealEvent(body, signatures.sign(secretKey, signedMessage(body)));
}

/**
 * Joins a body and its signature, as they come from a threshold of devices. Says nothing about the
 * signature: see {@link isSignedBy}.
 *
 * @param signature 64 bytes, over {@link signedMessage}
 * @throws ProtocolError `InvalidInput` for a body that no replica would read
 */
export function sealEvent(body: EventBody, signature: Uint8Array): SignedEvent {
  const reading = readEvent(encode({ ...canonical(body), signature }), EVENT_LIMITS);
  if (reading.ok) return reading.event;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `the event does not fit its envelope (${reading.detail})`,
    todo: "correct the field, or shorten the payload",
    where: { step: body.step, device: body.author },
  });
}

/**
 * Reads an event field by field. Says nothing about its signature: see {@link isSignedBy}.
 *
 * @param hash the {@link eventHash} of the bytes, where the caller has it
 */
export function readEvent(
  bytes: Uint8Array,
  limits: CborLimits,
  hash: string = eventHash(bytes),
): EventReading {
  const reading = readCbor(bytes, limits);
  return reading.ok ? eventOf(reading.value, hash, new Uint8Array(bytes)) : reading;
}

/** Hex hash that identifies an event: SHA-256 of its bytes. */
export function eventHash(bytes: Uint8Array): string {
  return sha256Hex(bytes);
}

/** What became of a signature, and under which key. */
interface Verdict {
  readonly publicKey: Uint8Array;
  readonly isValid: boolean;
}

/**
 * Whether the event carries a valid signature of this public key. A process that plays many devices
 * meets every event many times, and verifies it once.
 */
export function isSignedBy(event: SignedEvent, publicKey: Uint8Array): boolean {
  const verdict = verdicts.getOrMake(event.hash, () => verdictOn(event, publicKey));
  const isOfKey = equalBytes(verdict.publicKey, publicKey);
  return isOfKey ? verdict.isValid : verdictOn(event, publicKey).isValid;
}

function verdictOn(event: SignedEvent, publicKey: Uint8Array): Verdict {
  const message = labelled(SIGNATURE_LABEL, unsignedBytes(event));
  return {
    publicKey: new Uint8Array(publicKey),
    isValid: signatures.verify(publicKey, message, signatureOf(event)),
  };
}

/**
 * The 32 bytes that the author signs. Each field is under the signature, so the account and session
 * separate the domains.
 */
export function signedMessage(body: EventBody): Uint8Array {
  return labelled(SIGNATURE_LABEL, encode(canonical(body)));
}

function canonical(body: EventBody): EventBody {
  return { ...body, parents: [...new Set(body.parents)].sort() };
}

/** The signature, cut out of the event's bytes: 64 bytes, over {@link signedMessage}. */
export function signatureOf(event: SignedEvent): Uint8Array {
  const end = signatureEnd(event);
  return event.bytes.slice(end - SIGNATURE_BYTES, end);
}

/** Keys stand in order of length, so that only the authorization comes after the signature. */
function signatureEnd({ bytes, authorization }: SignedEvent): number {
  return bytes.length - lengthOf(authorization);
}

/**
 * The canonical encoding of the body, cut out of that of the event: the same map with one entry less.
 */
export function unsignedBytes(event: SignedEvent): Uint8Array {
  const { bytes } = event;
  const end = signatureEnd(event);
  const start = end - SIGNATURE_ENTRY_BYTES;
  const unsigned = new Uint8Array(bytes.length - SIGNATURE_ENTRY_BYTES);
  unsigned.set(bytes.subarray(0, start));
  unsigned.set(bytes.subarray(end), start);
  unsigned[0] = (bytes[0] ?? 0) - 1;
  return unsigned;
}

/** Bytes of the entry of the authorization. */
function lengthOf(authorization: EventAuthorization): number {
  const { kind } = authorization;
  return kind === "threshold" ? entryBytes(authorization) : MEMBER_BYTES[kind];
}

function entryBytes(authorization: EventAuthorization): number {
  return encode({ authorization }).length - 1;
}
