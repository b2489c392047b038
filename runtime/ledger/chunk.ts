/**
 * Counts the operations of a change before anything expands it: columns are run-length encoded, so
 * that 64 bytes can say a thousand million operations, more than any process survives.
 *
 * Format: https://automerge.org/automerge-binary-format-spec/
 */

const MAGIC = [0x85, 0x6f, 0x4a, 0x83];
const CHECKSUM_BYTES = 4;
const HASH_BYTES = 32;
/** Kinds of chunk: a document, a change, a compressed change. */
const DOCUMENT_CHUNK = 0;
const CHANGE_CHUNK = 1;
/** Kinds of column, in the low bits of its specification. */
const DEFLATED = 8;
const DELTA_COLUMN = 3;
const BOOLEAN_COLUMN = 4;
const TEXT_COLUMN = 5;
const VALUE_COLUMN = 7;

/** The changes, plain and compressed, among chunks that stand one after the other. */
export function changesAmong(bytes: Uint8Array): readonly Uint8Array[] {
  const changes: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const reader = new Reader(bytes.subarray(at));
    reader.skip(MAGIC.length + CHECKSUM_BYTES);
    const kind = reader.byte();
    reader.skip(reader.unsigned());
    const end = bytes.length - reader.left;
    if (kind !== DOCUMENT_CHUNK) changes.push(bytes.subarray(at, end));
    at = end;
  }
  return changes;
}

/**
 * The length of the longest column of a change, which is no less than its number of operations.
 *
 * @throws where the chunk is malformed or compressed: honest replicas compress no change
 */
export function rowsOf(change: Uint8Array): number {
  const reader = new Reader(change);
  if (MAGIC.some((byte) => reader.byte() !== byte)) throw new Error("no change");
  reader.skip(CHECKSUM_BYTES);
  if (reader.byte() !== CHANGE_CHUNK) throw new Error("a chunk that is no plain change");
  if (reader.unsigned() !== reader.left) throw new Error("a change of another length");
  reader.skip(reader.unsigned() * HASH_BYTES);
  reader.skip(reader.unsigned());
  // Sequence number, first operation, time.
  for (let field = 0; field < 3; field += 1) reader.varint();
  reader.skip(reader.unsigned());
  for (let actors = reader.unsigned(); actors > 0; actors -= 1) reader.skip(reader.unsigned());
  const columns = Array.from({ length: reader.upTo(64) }, () => {
    return { specification: reader.unsigned(), length: reader.unsigned() };
  });
  return Math.max(0, ...columns.map((column) => rowsIn(reader.part(column.length), column)));
}

function rowsIn(reader: Reader, { specification }: { readonly specification: number }): number {
  if ((specification & DEFLATED) !== 0) throw new Error("a compressed column");
  const kind = specification % DEFLATED;
  if (kind === VALUE_COLUMN) return 0;
  let rows = 0;
  while (reader.left > 0) rows += kind === BOOLEAN_COLUMN ? reader.unsigned() : runIn(reader, kind);
  return rows;
}

/** A run: its length and value, or minus its length and as many values, or 0 and a number of nulls. */
function runIn(reader: Reader, kind: number): number {
  const length = reader.signed();
  if (length === 0) return reader.unsigned();
  const count = Math.abs(length);
  for (let values = length > 0 ? 1 : count; values > 0; values -= 1) {
    if (kind === TEXT_COLUMN) reader.skip(reader.unsigned());
    else if (kind === DELTA_COLUMN) reader.signed();
    else reader.varint();
  }
  return count;
}

class Reader {
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

  skip(length: number): void {
    this.part(length);
  }

  part(length: number): Reader {
    if (length > this.left) throw new Error("the change is cut short");
    const part = new Reader(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length;
    return part;
  }

  /** LEB128, signed or not: its bytes only. */
  varint(): readonly number[] {
    const bytes: number[] = [];
    do bytes.push(this.byte());
    while ((bytes.at(-1) ?? 0) >= 0x80 && bytes.length < 10);
    return bytes;
  }

  /** Numbers above 2 to the power of 53 come out inexact, and far above every bound. */
  unsigned(): number {
    return this.varint().reduceRight((sum, byte) => sum * 0x80 + (byte & 0x7f), 0);
  }

  upTo(most: number): number {
    const value = this.unsigned();
    if (value > most) throw new Error(`${value} columns`);
    return value;
  }

  signed(): number {
    const bytes = this.varint();
    const value = bytes.reduceRight((sum, byte) => sum * 0x80 + (byte & 0x7f), 0);
    const isNegative = ((bytes.at(-1) ?? 0) & 0x40) !== 0;
    return isNegative ? value - 0x80 ** bytes.length : value;
  }
}
