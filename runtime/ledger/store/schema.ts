/** What the records of a store hold: canonical CBOR, read field by field. */

import * as v from "valibot";

import { type CborLimits, encode, readCbor } from "../cbor.ts";
import type { ClosedSession } from "../compaction/snapshot.ts";
import type { SavedDocument } from "../document.ts";
import { DEVICE_ID, EVENT_HASH, SESSION_ID } from "../envelope-fields.ts";
import { QUARANTINE_REASONS, type Quarantined } from "../quarantine.ts";
import type { RosterDevice } from "../roster.ts";
import { MAX_EPOCHS, MAX_GENERATIONS } from "../vehicle.ts";

const LIMITS: CborLimits = Object.freeze({ maxBytes: 64 * 1024 * 1024, maxDepth: 6 });
const MAX_KEPT_BYTES = 4 * 1024;

type Stored<Value> = v.GenericSchema<unknown, Value>;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);
const sessionId = v.pipe(v.string(), v.regex(SESSION_ID));
const deviceId = v.pipe(v.string(), v.regex(DEVICE_ID));
const hash = v.pipe(v.string(), v.regex(EVENT_HASH));

/** Begins each file of events: who wrote it, and which file it is, by its own words. */
export interface Origin {
  readonly account: string;
  readonly incarnation: number;
  readonly part: number;
  readonly device: string;
  readonly devices: readonly RosterDevice[];
}

/** What was there when the store was last open: so that a lost file is noticed. */
export interface StoredState {
  readonly account: string;
  readonly device: string;
  readonly incarnation: number;
  readonly files: readonly { readonly file: string; readonly bytes: number }[];
  readonly events: number;
  readonly refusals: readonly Quarantined[];
}

export interface StoredDocument extends SavedDocument {
  readonly account: string;
}

const origin: Stored<Origin> = v.strictObject({
  account: sessionId,
  incarnation: count,
  part: count,
  device: deviceId,
  devices: v.array(v.strictObject({ id: deviceId, signingKey: bytes, sealingKey: bytes })),
});

const refusal = v.strictObject({
  reason: v.picklist(QUARANTINE_REASONS),
  detail: v.string(),
  bytes,
});

const state: Stored<StoredState> = v.strictObject({
  account: sessionId,
  device: deviceId,
  incarnation: count,
  files: v.array(v.strictObject({ file: v.string(), bytes: count })),
  events: count,
  refusals: v.array(refusal),
});

const document: Stored<StoredDocument> = v.strictObject({
  account: sessionId,
  name: v.strictObject({
    session: sessionId,
    epoch: v.pipe(count, v.maxValue(MAX_EPOCHS - 1)),
    generation: v.pipe(count, v.maxValue(MAX_GENERATIONS)),
  }),
  bytes,
  carried: v.array(hash),
});

/** What a session had whose events were dropped. */
const closed: Stored<ClosedSession> = v.strictObject({
  session: sessionId,
  hashes: v.array(hash),
});

export function encodeOrigin(value: Origin): Uint8Array {
  return encode(value);
}

export function encodeState(value: StoredState): Uint8Array {
  return encode(value);
}

export function encodeDocument(account: string, saved: SavedDocument): Uint8Array {
  return encode({ account, ...saved });
}

/** Refused input with no more of its bytes than is worth keeping. */
export function storedRefusal({ reason, detail, bytes: refused }: Quarantined) {
  return { reason, detail: wellFormed(detail), bytes: refused.slice(0, MAX_KEPT_BYTES) };
}

export function readOrigin(payload: Uint8Array): Origin | undefined {
  return parse(origin, payload);
}

export function readState(payload: Uint8Array): StoredState | undefined {
  return parse(state, payload);
}

export function readDocument(payload: Uint8Array): StoredDocument | undefined {
  return parse(document, payload);
}

export function encodeClosed({ session, hashes }: ClosedSession): Uint8Array {
  return encode({ session, hashes });
}

export function readClosed(payload: Uint8Array): ClosedSession | undefined {
  return parse(closed, payload);
}

function parse<Value>(schema: Stored<Value>, payload: Uint8Array): Value | undefined {
  const reading = readCbor(payload, LIMITS);
  if (!reading.ok) return undefined;
  const parsed = v.safeParse(schema, reading.value, { abortEarly: true });
  return parsed.success ? parsed.output : undefined;
}

/** Details can quote what a peer sent, and a lone surrogate has no encoding. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, "\u{fffd}");
}
