/** What two replicas say to each other about session documents. */

import * as v from "valibot";

import { type CborLimits, encode, readCbor } from "./cbor.ts";
import { EVENT_LIMITS } from "./envelope.ts";
import { DEVICE_ID, EVENT_HASH, SESSION_ID } from "./envelope-fields.ts";
import { MAX_SENT_TO } from "./gossip.ts";
import { MAX_EPOCHS, MAX_GENERATIONS } from "./vehicle.ts";

/** Most sessions that one digest names. */
export const MAX_DIGESTS = 256;
/** Most events of a closed session whose list fits a frame. */
export const MAX_CLOSED_EVENTS = 100_000;
/** Longest frame, in bytes. */
export const MAX_FRAME_BYTES = 8 * 1024 * 1024;

const LIMITS: CborLimits = Object.freeze({ maxBytes: MAX_FRAME_BYTES, maxDepth: 5 });
const MAX_ROUND = 2 ** 32;

const bytes = (maxLength: number) =>
  v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= maxLength);
const upTo = (most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(most));
const session = v.pipe(v.string(), v.regex(SESSION_ID));
const hash = v.pipe(v.string(), v.regex(EVENT_HASH));
const generation = upTo(MAX_GENERATIONS);
const name = v.strictObject({ session, epoch: upTo(MAX_EPOCHS - 1), generation });

const digest = v.strictObject({
  session,
  events: bytes(32),
  /** The generation of each of the session's documents. */
  generations: v.pipe(v.array(generation), v.maxLength(MAX_EPOCHS)),
});

const frame = v.variant("kind", [
  /** The events that the sender has: a digest of each session. */
  v.strictObject({
    kind: v.literal("digest"),
    sessions: v.pipe(v.array(digest), v.maxLength(MAX_DIGESTS)),
  }),
  /** One new change. */
  v.strictObject({
    kind: v.literal("change"),
    name,
    change: bytes(2 * EVENT_LIMITS.maxBytes),
    sentTo: v.pipe(v.array(v.pipe(v.string(), v.regex(DEVICE_ID))), v.maxLength(MAX_SENT_TO)),
  }),
  /** A message of a synchronisation; a higher round starts it afresh on both sides. */
  v.strictObject({
    kind: v.literal("sync"),
    name,
    round: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_ROUND)),
    message: bytes(MAX_FRAME_BYTES),
  }),
  /** Asks for the events of a session, because its documents no longer merge. */
  v.strictObject({ kind: v.literal("pull"), session }),
  /** What the session had when the group closed it: the sender has dropped the events. */
  v.strictObject({
    kind: v.literal("closed"),
    session,
    hashes: v.pipe(v.array(hash), v.maxLength(MAX_CLOSED_EVENTS)),
  }),
  /** One event, outside any document. */
  v.strictObject({ kind: v.literal("event"), bytes: bytes(EVENT_LIMITS.maxBytes) }),
]);

export type Digest = v.InferOutput<typeof digest>;
export type Frame = v.InferOutput<typeof frame>;

export type FrameReading =
  | { readonly ok: true; readonly frame: Frame }
  | { readonly ok: false; readonly detail: string };

export function encodeFrame(value: Frame): Uint8Array {
  return encode(value);
}

export function readFrame(encoded: Uint8Array): FrameReading {
  const reading = readCbor(encoded, LIMITS);
  if (!reading.ok) return { ok: false, detail: reading.detail };
  const parsed = v.safeParse(frame, reading.value, { abortEarly: true });
  if (parsed.success) return { ok: true, frame: parsed.output };
  const [issue] = parsed.issues;
  return { ok: false, detail: `${v.getDotPath(issue) ?? "frame"}: ${issue.message}` };
}
