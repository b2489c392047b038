/**
 * The chunks of Automerge's format, as far as they are read without the library: it expands what it
 * reads, and gives bytes as lists of numbers.
 *
 * Format: https://automerge.org/automerge-binary-format-spec/
 */

import { equalBytes } from "../crypto/hash.ts";

const MAGIC = Uint8Array.of(0x85, 0x6f, 0x4a, 0x83);
const CHECKSUM_BYTES = 4;
const HASH_BYTES = 32;
/** Kinds of chunk: a document, a change, a compressed change. */
const DOCUMENT_CHUNK = 0;
const CHANGE_CHUNK = 1;
const MAX_COLUMNS = 64;
const MAX_NUMBER_BYTES = 10;
/** The sign of a number, in its last byte. */
const SIGN = 0x40;

export interface Column {
  readonly specification: number;
  readonly data: Uint8Array;
}

/** A change, its columns still packed. */
export interface PackedChange {
  readonly checksum: Uint8Array;
  /** The part that the hash of the change is of. */
  readonly hashed: Uint8Array;
  readonly deps: readonly Uint8Array[];
  readonly actor: Uint8Array;
  readonly message: Uint8Array;
  /** How many actors besides its own the change speaks of. */
  readonly others: number;
  readonly columns: readonly Column[];
  /** Bytes after the columns. */
  readonly extra: number;
}

/** The changes, plain and compressed, among chunks that stand one after the other. */
export function changesAmong(bytes: Uint8Array): readonly Uint8Array[] {
  const changes: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const reader = new ChunkReader(bytes.subarray(at));
    reader.bytes(MAGIC.length + CHECKSUM_BYTES);
    const kind = reader.byte();
    reader.bytes(reader.unsigned());
    const end = bytes.length - reader.left;
    if (kind !== DOCUMENT_CHUNK) changes.push(bytes.subarray(at, end));
    at = end;
  }
  return changes;
}

/** @throws where the chunk is malformed or compressed: honest replicas compress no change */
export function unpack(change: Uint8Array): PackedChange {
  const reader = new ChunkReader(change);
  if (!equalBytes(reader.bytes(MAGIC.length), MAGIC)) throw new Error("no change");
  const checksum = reader.bytes(CHECKSUM_BYTES);
  const hashed = change.subarray(MAGIC.length + CHECKSUM_BYTES);
  if (reader.byte() !== CHANGE_CHUNK) throw new Error("a chunk that is no plain change");
  if (reader.unsigned() !== reader.left) throw new Error("a change of another length");
  const deps: Uint8Array[] = [];
  for (let count = reader.unsigned(); count > 0; count -= 1) deps.push(reader.bytes(HASH_BYTES));
  const actor = reader.bytes(reader.unsigned());
  const [sequence, firstOperation] = [reader.unsigned(), reader.unsigned()];
  if (sequence === 0 || firstOperation === 0) throw new Error("what is counted from 1 is 0");
  // Seconds since 1970.
  reader.signed();
  const message = reader.bytes(reader.unsigned());
  const others = reader.unsigned();
  for (let count = others; count > 0; count -= 1) reader.bytes(reader.unsigned());
  const columns = columnsOf(reader);
  return { checksum, hashed, deps, actor, message, others, columns, extra: reader.left };
}

function columnsOf(reader: ChunkReader): readonly Column[] {
  const heads = Array.from({ length: reader.upTo(MAX_COLUMNS) }, () => {
    return { specification: reader.unsigned(), length: reader.unsigned() };
  });
  return heads.map(({ specification, length }) => {
    return { specification, data: reader.bytes(length) };
  });
}

export class ChunkReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new Error("the change is cut short");
    this.#at += 1;
    return byte;
  }

  /** The next bytes, in the same memory. */
  bytes(length: number): Uint8Array {
    if (length > this.left) throw new Error("the change is cut short");
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return bytes;
  }

  unsigned(): number {
    const bytes = this.varint();
    if (bytes.length > 1 && bytes.at(-1) === 0) throw new Error("a number longer than need be");
    return safe(sum(bytes));
  }

  upTo(most: number): number {
    const value = this.unsigned();
    if (value > most) throw new Error(`${value} columns`);
    return value;
  }

  signed(): number {
    const bytes = this.varint();
    const [last = 0, before = 0] = [bytes.at(-1), bytes.at(-2)];
    const isNegative = (last & SIGN) !== 0;
    const sign = isNegative ? 0x7f : 0;
    if (bytes.length > 1 && last === sign && ((before & SIGN) !== 0) === isNegative) {
      throw new Error("a number longer than need be");
    }
    return safe(isNegative ? sum(bytes) - 0x80 ** bytes.length : sum(bytes));
  }

  /** LEB128, signed or not: its bytes only. */
  varint(): readonly number[] {
    const bytes: number[] = [];
    do bytes.push(this.byte());
    while ((bytes.at(-1) ?? 0) >= 0x80 && bytes.length < MAX_NUMBER_BYTES);
    return bytes;
  }
}

function sum(bytes: readonly number[]): number {
  return bytes.reduceRight((total, byte) => total * 0x80 + (byte & 0x7f), 0);
}

function safe(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new Error("a number above every bound");
}
