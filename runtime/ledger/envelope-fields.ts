/**
 * What the fields of an event may be. Checked by hand: each event passes here whenever it is read, and
 * a library's walk over thirteen fields took a third of the reading.
 */

import type { CborValue } from "./cbor.ts";
import type { EnvelopeFault, EventAuthorization, EventReading } from "./envelope.ts";

type CborRecord = Readonly<Record<string, CborValue>>;

const FIELDS = 13;

/** Most parents of one event. A writer that sees more heads names any of them. */
export const MAX_PARENTS = 64;
const MAX_COUNT = 2 ** 48 - 1;
export const SIGNATURE_BYTES = 64;

export const DEVICE_ID = /^[a-z0-9][a-z0-9-]{0,31}$/;
export const SESSION_ID = /^[0-9a-f]{1,64}$/;
export const EVENT_HASH = /^[0-9a-f]{64}$/;
const NAME = /^[A-Za-z][A-Za-z0-9_.#-]{0,63}$/;
/** A segment has room for a label and, where each of a family has its own slot, a device id. */
const PATH = /^[A-Za-z][A-Za-z0-9_.#-]{0,127}(?:\/[A-Za-z][A-Za-z0-9_.#-]{0,127}){0,15}$/;

const MAX_TEXTS = 4096;
const texts = new Map<string, string>();

const DEVICE: EventAuthorization = Object.freeze({ kind: "device" });
const GUARDIAN: EventAuthorization = Object.freeze({ kind: "guardian" });

/**
 * The event, where each field is there, is what it has to be, and there is no other.
 *
 * @param value what the bytes stand for
 * @param hash that of the bytes
 */
export function eventOf(value: CborValue, hash: string, bytes: Uint8Array): EventReading {
  if (!isRecord(value)) return refused("event", "no map");
  const { version, account, session, step, iteration, author } = value;
  const { nonce, parents, epoch, type, payload, authorization, signature } = value;
  if (version !== 1) return refused("version", "not 1", faultOf(version));
  if (!isText(account, SESSION_ID)) return refused("account", NO_ID);
  if (!isText(session, SESSION_ID)) return refused("session", NO_ID);
  if (!isText(step, PATH)) return refused("step", "no path of labels");
  if (!isCount(iteration)) return refused("iteration", NO_COUNT);
  if (!isText(author, DEVICE_ID)) return refused("author", "no id of a device");
  if (!isCount(nonce)) return refused("nonce", NO_COUNT);
  if (!areParents(parents)) return refused("parents", NO_PARENTS);
  if (!isCount(epoch)) return refused("epoch", NO_COUNT);
  if (!isText(type, NAME)) return refused("type", "no name of an event");
  if (payload === undefined) return refused("payload", "missing");
  const authorized = authorizationOf(authorization);
  if (authorized === undefined) return refused("authorization", "none that is known");
  if (!isSignature(signature)) return refused("signature", "no 64 bytes");
  if (Object.keys(value).length > FIELDS) return refused("event", "a field too many");
  const event = Object.freeze({
    version,
    account: shared(account),
    session: shared(session),
    step: shared(step),
    iteration,
    author: shared(author),
    nonce,
    parents,
    epoch,
    type: shared(type),
    payload,
    authorization: authorized,
    hash,
    bytes,
  });
  return { ok: true, event };
}

/** One copy for all events that have the text: of most fields there are few. */
function shared(text: string): string {
  const copy = texts.get(text);
  if (copy !== undefined) return copy;
  if (texts.size >= MAX_TEXTS) texts.clear();
  texts.set(text, text);
  return text;
}

/** Of a number that is not this version's. */
function faultOf(version: CborValue | undefined): EnvelopeFault {
  return Number.isSafeInteger(version) ? "UnknownVersion" : "Malformed";
}

function refused(field: string, detail: string, fault: EnvelopeFault = "Malformed"): EventReading {
  return { ok: false, fault, detail: `${field}: ${detail}` };
}

const NO_ID = "not 1 to 64 hexadecimal digits";
const NO_COUNT = `no integer from 0 to ${MAX_COUNT}`;
const NO_PARENTS = `not at most ${MAX_PARENTS} hashes, each once, ascending`;

function isRecord(value: CborValue | undefined): value is CborRecord {
  if (typeof value !== "object" || value === null) return false;
  return !Array.isArray(value) && !(value instanceof Uint8Array);
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === "string" && pattern.test(value);
}

function isCount(value: CborValue | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_COUNT;
}

function areParents(value: CborValue | undefined): value is readonly string[] {
  if (!Array.isArray(value) || value.length > MAX_PARENTS) return false;
  const hashes: readonly unknown[] = value;
  let last = "";
  for (const hash of hashes) {
    if (!isText(hash, EVENT_HASH) || hash <= last) return false;
    last = hash;
  }
  return true;
}

function isSignature(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length === SIGNATURE_BYTES;
}

function authorizationOf(value: CborValue | undefined): EventAuthorization | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, generation } = value;
  const fields = Object.keys(value).length;
  if (kind === "device" && fields === 1) return DEVICE;
  if (kind === "guardian" && fields === 1) return GUARDIAN;
  if (kind !== "threshold" || fields !== 2) return undefined;
  if (!isCount(generation) || generation === 0) return undefined;
  return Object.freeze({ kind, generation });
}
