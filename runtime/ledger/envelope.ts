/** The signed event: the one thing that devices exchange. */

import * as v from "valibot";

import { ProtocolError } from "../../dsl/errors.ts";
import { boundedCache } from "../crypto/bounded-cache.ts";
import { labelled, sha256, toHex } from "../crypto/hash.ts";
import { signatures } from "../crypto/signature.ts";
import { type CborFault, type CborLimits, encode, readCbor } from "./cbor.ts";

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
  readonly signature: Uint8Array;
  /** Canonical encoding of body and signature. */
  readonly bytes: Uint8Array;
}

export type EventReading =
  | { readonly ok: true; readonly event: SignedEvent }
  | { readonly ok: false; readonly fault: EnvelopeFault; readonly detail: string };

/** Why bytes are no event of this version. */
export type EnvelopeFault = CborFault | "UnknownVersion";

/** Most parents of one event. A writer that sees more heads names any of them. */
export const MAX_PARENTS = 64;

export const EVENT_LIMITS: CborLimits = Object.freeze({ maxBytes: 64 * 1024, maxDepth: 16 });

const SIGNATURE_LABEL = "aura/event/signature/v1";
/** Head and key `signature`, then head and 64 bytes. */
const SIGNATURE_ENTRY_BYTES = 1 + 9 + 2 + 64;
/** By hash, which is that of all that the verdict depends on, and public key; some 200 bytes each. */
const verdicts = boundedCache<boolean>(1 << 14);
const MEMBER_BYTES = {
  device: entryBytes({ kind: "device" }),
  guardian: entryBytes({ kind: "guardian" }),
} as const;
const MAX_COUNT = 2 ** 48 - 1;

export const DEVICE_ID = /^[a-z0-9][a-z0-9-]{0,31}$/;
export const SESSION_ID = /^[0-9a-f]{1,64}$/;

const hexId = v.pipe(v.string(), v.regex(SESSION_ID));
const hexHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MAX_COUNT));
const name = /^[A-Za-z][A-Za-z0-9_.#-]{0,63}$/;
/** A segment has room for a label and, where each of a family has its own slot, a device id. */
const path = /^[A-Za-z][A-Za-z0-9_.#-]{0,127}(?:\/[A-Za-z][A-Za-z0-9_.#-]{0,127}){0,15}$/;

const authorizationShape = v.variant("kind", [
  v.strictObject({ kind: v.literal("device") }),
  v.strictObject({ kind: v.literal("guardian") }),
  v.strictObject({ kind: v.literal("threshold"), generation: v.pipe(count, v.minValue(1)) }),
]);

const signedShape = v.strictObject({
  version: v.literal(1),
  account: hexId,
  session: hexId,
  step: v.pipe(v.string(), v.regex(path)),
  iteration: count,
  author: v.pipe(v.string(), v.regex(DEVICE_ID)),
  nonce: count,
  parents: v.pipe(
    v.array(hexHash),
    v.maxLength(MAX_PARENTS),
    v.check((hashes) => isAscending(hashes), "not in ascending order, each once"),
  ),
  epoch: count,
  type: v.pipe(v.string(), v.regex(name)),
  payload: v.unknown(),
  authorization: authorizationShape,
  signature: v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 64),
});

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
  if (!reading.ok) return reading;
  const parsed = v.safeParse(signedShape, reading.value, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const field = v.getDotPath(issue) ?? "event";
    const isNewer = field === "version" && Number.isSafeInteger(issue.input);
    const fault = isNewer ? "UnknownVersion" : "Malformed";
    return { ok: false, fault, detail: `${field}: ${issue.message}` };
  }
  const { output } = parsed;
  Object.freeze(output.parents);
  Object.freeze(output.authorization);
  // Not spread into a new object: V8 gives each such one a shape of its own, of a kilobyte.
  const event: SignedEvent = Object.freeze(
    Object.assign(output, { hash, bytes: new Uint8Array(bytes) }),
  );
  return { ok: true, event };
}

/** Hex hash that identifies an event: SHA-256 of its bytes. */
export function eventHash(bytes: Uint8Array): string {
  return toHex(sha256(bytes));
}

/**
 * Whether the event carries a valid signature of this public key. A process that plays many devices
 * meets every event many times, and verifies it once.
 */
export function isSignedBy(event: SignedEvent, publicKey: Uint8Array): boolean {
  return verdicts.getOrMake(`${event.hash} ${toHex(publicKey)}`, () => {
    const message = labelled(SIGNATURE_LABEL, unsignedBytes(event));
    return signatures.verify(publicKey, message, event.signature);
  });
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

/**
 * The canonical encoding of the body, cut out of that of the event: the same map with one entry less.
 * Keys stand in order of length, so that only the authorization comes after the signature.
 */
function unsignedBytes({ bytes, authorization }: SignedEvent): Uint8Array {
  const end = bytes.length - lengthOf(authorization);
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

function isAscending(hashes: readonly string[]): boolean {
  return hashes.every((item, at) => at === 0 || (hashes[at - 1] ?? "") < item);
}
