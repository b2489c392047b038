/**
 * The change that this program writes most: one event, put into the document of a session. Its bytes
 * are read where they stand. A change that differs in anything is left to the library's decoder.
 */

import { equalBytes } from "../crypto/hash.ts";
import { ChunkReader, type PackedChange } from "./chunk.ts";
import { EVENT_HASH } from "./envelope-fields.ts";

export interface SinglePut {
  readonly key: string;
  readonly value: Uint8Array;
}

/** Columns: key, whether it inserts, action, length and kind of the value, value, predecessors. */
const COLUMNS = [0x15, 0x34, 0x42, 0x56, 0x57, 0x70];
/** A run of one row: its length, which is minus one, and the row. */
const ONE = 0x7f;
/** False, once. */
const IN_A_MAP = Uint8Array.of(1);
const SET = Uint8Array.of(ONE, 1);
const NONE = Uint8Array.of(ONE, 0);
/** Kind of a value that is bytes, in the low bits under its length. */
const BYTES = 7;
const KINDS = 16;
const KEY_LENGTH = 64;
const ascii = new TextDecoder();

/** The entry that the change adds to the root, if it does nothing else. */
export function singlePut({
  columns,
  message,
  others,
  extra,
}: PackedChange): SinglePut | undefined {
  const [key, insert, action, kind, value, predecessors] = columns.map(({ data }) => data);
  const isOther =
    columns.length !== COLUMNS.length ||
    columns.some(({ specification }, at) => specification !== COLUMNS[at]) ||
    message.length + others + extra > 0 ||
    !isThis(insert, IN_A_MAP) ||
    !isThis(action, SET) ||
    !isThis(predecessors, NONE);
  if (isOther || key === undefined || kind === undefined || value === undefined) return undefined;
  if (!isSized(kind, value.length)) return undefined;
  const name = ascii.decode(key.subarray(2));
  const isNamed = key[0] === ONE && key[1] === KEY_LENGTH && EVENT_HASH.test(name);
  return isNamed ? { key: name, value: new Uint8Array(value) } : undefined;
}

function isThis(bytes: Uint8Array | undefined, wanted: Uint8Array): boolean {
  return bytes !== undefined && equalBytes(bytes, wanted);
}

function isSized(kind: Uint8Array, length: number): boolean {
  const reader = new ChunkReader(kind);
  return reader.byte() === ONE && reader.unsigned() === length * KINDS + BYTES && reader.left === 0;
}
