/** Records of a file: each says how long it is and what its bytes hash to, so damage shows. */

import { equalBytes, labelled } from "../../crypto/hash.ts";

/** What a record holds. */
const RECORD_KINDS = ["origin", "event", "state", "document", "closed"] as const;

type RecordKind = (typeof RECORD_KINDS)[number];

export interface StoredRecord {
  readonly kind: RecordKind;
  readonly payload: Uint8Array;
}

export interface RecordReading {
  readonly records: readonly StoredRecord[];
  /** Bytes that are in no record, whole or torn. */
  readonly damaged: number;
  /** Whether the file ends within a record, as it does when the writing was cut short. */
  readonly torn: boolean;
}

const MAGIC = Uint8Array.of(0x61, 0x75, 0x72, 0xa1);
const CHECK_BYTES = 16;
/** Magic, kind, length, checksum. */
const HEADER_BYTES = 4 + 1 + 4 + CHECK_BYTES;
const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;

export function encodeRecord(kind: RecordKind, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  bytes.set(MAGIC);
  bytes[4] = RECORD_KINDS.indexOf(kind);
  new DataView(bytes.buffer).setUint32(5, payload.length);
  bytes.set(checksum(kind, payload), 9);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Reads every whole record, also those after damaged ones. */
export function readRecords(bytes: Uint8Array): RecordReading {
  const records: StoredRecord[] = [];
  let [damaged, at] = [0, 0];
  while (at < bytes.length) {
    const record = recordAt(bytes, at);
    if (record !== undefined) {
      records.push(record);
      at += HEADER_BYTES + record.payload.length;
      continue;
    }
    const next = nextRecord(bytes, at + 1);
    if (next === undefined && damaged === 0 && isPrefix(bytes.subarray(at))) {
      return { records, damaged, torn: true };
    }
    damaged += (next ?? bytes.length) - at;
    at = next ?? bytes.length;
  }
  return { records, damaged, torn: false };
}

function recordAt(bytes: Uint8Array, at: number): StoredRecord | undefined {
  if (!hasMagic(bytes, at) || at + HEADER_BYTES > bytes.length) return undefined;
  const kind = RECORD_KINDS[bytes[at + 4] ?? RECORD_KINDS.length];
  const length = lengthAt(bytes, at);
  const end = at + HEADER_BYTES + length;
  if (kind === undefined || length > MAX_PAYLOAD_BYTES || end > bytes.length) return undefined;
  const payload = bytes.slice(at + HEADER_BYTES, end);
  const check = bytes.subarray(at + 9, at + HEADER_BYTES);
  return equalBytes(check, checksum(kind, payload)) ? { kind, payload } : undefined;
}

function nextRecord(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(MAGIC[0] ?? 0, from); at >= 0;) {
    if (recordAt(bytes, at) !== undefined) return at;
    at = bytes.indexOf(MAGIC[0] ?? 0, at + 1);
  }
  return undefined;
}

/** Whether these bytes are how a record could begin that is longer than they are. */
function isPrefix(rest: Uint8Array): boolean {
  if (rest.length < HEADER_BYTES) return rest.every((byte, at) => at >= 4 || byte === MAGIC[at]);
  return hasMagic(rest, 0) && HEADER_BYTES + lengthAt(rest, 0) > rest.length;
}

function hasMagic(bytes: Uint8Array, at: number): boolean {
  return MAGIC.every((byte, index) => bytes[at + index] === byte);
}

function lengthAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at + 5, 4).getUint32(0);
}

/** A hash, not a signature: it shows accidents. What an event says is under its author's signature. */
function checksum(kind: RecordKind, payload: Uint8Array): Uint8Array {
  return labelled("aura/store/record/v1", kind, payload).subarray(0, CHECK_BYTES);
}
