/**
 * Counts the operations of a change before anything expands it: columns are run-length encoded, so
 * that 64 bytes can say a thousand million operations, more than any process survives.
 */

import { ChunkReader, type Column, type PackedChange } from "./chunk.ts";

/** Kinds of column, in the low bits of its specification. */
const DEFLATED = 8;
const DELTA_COLUMN = 3;
const BOOLEAN_COLUMN = 4;
const TEXT_COLUMN = 5;
const VALUE_COLUMN = 7;

/**
 * The length of the longest column of a change, which is no less than its number of operations.
 *
 * @throws where a column is malformed or compressed
 */
export function rowsOf({ columns }: PackedChange): number {
  return Math.max(0, ...columns.map(rowsIn));
}

function rowsIn({ specification, data }: Column): number {
  if ((specification & DEFLATED) !== 0) throw new Error("a compressed column");
  const kind = specification % DEFLATED;
  if (kind === VALUE_COLUMN) return 0;
  const reader = new ChunkReader(data);
  let rows = 0;
  while (reader.left > 0) rows += kind === BOOLEAN_COLUMN ? reader.unsigned() : runIn(reader, kind);
  return rows;
}

/** A run: its length and value, or minus its length and as many values, or 0 and a number of nulls. */
function runIn(reader: ChunkReader, kind: number): number {
  const length = reader.signed();
  if (length === 0) return reader.unsigned();
  const count = Math.abs(length);
  for (let values = length > 0 ? 1 : count; values > 0; values -= 1) {
    if (kind === TEXT_COLUMN) reader.bytes(reader.unsigned());
    else if (kind === DELTA_COLUMN) reader.signed();
    else reader.varint();
  }
  return count;
}
