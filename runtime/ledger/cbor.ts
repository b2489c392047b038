/**
 * Canonical CBOR: RFC 8949 with the core deterministic encoding requirements of its section 4.2.1.
 *
 * The data model is deliberately narrow: integers, text, bytes, booleans, null, arrays and maps with
 * text keys. No floats, no tags, no `undefined`: one value has one encoding in every language, and
 * one encoding has one value.
 */

import { encode as encodeItem } from "cborg";

import { ProtocolError } from "../../dsl/errors.ts";
import { NotCanonical, readValue } from "./cbor-reader.ts";

/** A value that has a canonical encoding. Integers outside the safe range are bigints. */
export type CborValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly CborValue[]
  | { readonly [key: string]: CborValue };

export interface CborLimits {
  /** Longest encoding, in bytes. */
  readonly maxBytes: number;
  /** Deepest nesting of arrays and maps; a bare integer has depth 0. */
  readonly maxDepth: number;
}

/** Why bytes were refused. */
export type CborFault = "TooLarge" | "Malformed" | "NotCanonical";

export type CborReading =
  | { readonly ok: true; readonly value: CborValue }
  | { readonly ok: false; readonly fault: CborFault; readonly detail: string };

const MAX_ENCODED_DEPTH = 32;
const MAX_UINT64 = 2n ** 64n - 1n;
/**
 * The canonical encoding of a value.
 *
 * A bigint in the safe integer range encodes, and so comes back, as a number.
 *
 * @throws ProtocolError `InvalidInput` for a value outside the data model, or nested too deep
 */
export function encode(value: unknown): Uint8Array {
  // The library's order of keys, the shorter first, is that of the RFC where all of them are text.
  // It may give a Node buffer out of a pool.
  return new Uint8Array(encodeItem(plain(value, MAX_ENCODED_DEPTH)));
}

/**
 * The value that canonical bytes stand for: a frozen copy that shares no memory with them.
 *
 * @throws ProtocolError `NotAdmitted` for bytes that are too long, malformed or not canonical
 */
export function decode(bytes: Uint8Array, limits: CborLimits): CborValue {
  const reading = readCbor(bytes, limits);
  if (reading.ok) return reading.value;
  throw new ProtocolError({
    code: "NotAdmitted",
    what: `CBOR refused (${reading.fault}): ${reading.detail}`,
    todo: "ask the sender for canonical CBOR (RFC 8949, section 4.2.1) within the limits",
  });
}

/** As {@link decode}, for callers to whom refused bytes are an ordinary outcome. */
export function readCbor(bytes: Uint8Array, limits: CborLimits): CborReading {
  if (bytes.length > limits.maxBytes) {
    const detail = `${bytes.length} bytes, at most ${limits.maxBytes} are read`;
    return { ok: false, fault: "TooLarge", detail };
  }
  try {
    return { ok: true, value: readValue(bytes, limits.maxDepth) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : "not CBOR";
    return {
      ok: false,
      fault: error instanceof NotCanonical ? "NotCanonical" : "Malformed",
      detail,
    };
  }
}

/**
 * A frozen copy inside the data model. `Object.fromEntries` defines its properties, so a key
 * `__proto__` stays an ordinary key.
 */
function plain(value: unknown, depth: number): CborValue {
  switch (typeof value) {
    case "boolean":
      return value;
    case "number":
      // Zero has no sign here.
      if (Number.isSafeInteger(value)) return value + 0;
      throw unfit("a number that is not a safe integer");
    case "bigint":
      if (value <= MAX_UINT64 && value >= -MAX_UINT64 - 1n) return value;
      throw unfit("an integer of more than 64 bits");
    case "string":
      return wellFormed(value);
    case "object":
      return value === null ? null : plainObject(value, depth);
    default:
      throw unfit(`a value of type ${typeof value}`);
  }
}

function plainObject(value: object, depth: number): CborValue {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (depth === 0) throw unfit("values nested too deep");
  if (Array.isArray(value)) {
    return Object.freeze(Array.from(value, (item: unknown) => plain(item, depth - 1)));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw unfit("an object that is not a plain record");
  }
  const entries = Object.entries(value).map(
    ([key, item]: [string, unknown]) => [wellFormed(key), plain(item, depth - 1)] as const,
  );
  return Object.freeze(Object.fromEntries(entries));
}

/** UTF-8 has no lone surrogates: encoding one would replace it and merge distinct strings. */
function wellFormed(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw unfit("text with half of a surrogate pair");
  return text;
}

function unfit(what: string): ProtocolError {
  return new ProtocolError({
    code: "InvalidInput",
    what: `${what} has no canonical encoding here`,
    todo: "use integers, text, bytes, booleans, null, arrays and records of these",
  });
}
