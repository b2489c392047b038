/**
 * Reads canonical CBOR, and nothing else, from the library's tokens: what has another form is refused
 * where it stands, so that nothing has to be encoded again to find out.
 */

import { type Token, Tokenizer, Type } from "cborg";

import type { CborValue } from "./cbor.ts";

/** The bytes stand for a value, but another form of it is the canonical one. */
export class NotCanonical extends Error {}

const STRICT: ConstructorParameters<typeof Tokenizer>[1] = Object.freeze({
  strict: true,
  allowUndefined: false,
  allowBigInt: true,
  retainStringBytes: true,
});
/** How the library words that a value has a shorter form. */
const LONG_FORM = /strict decode|indefinite length/;
/** What it says the length of a value without one is. */
const INDEFINITE = Infinity;

/** What the library reads bytes that are no UTF-8 as; or the text that has it does. */
const REPLACEMENT = "\uFFFD";
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The one value that the bytes are the canonical encoding of.
 *
 * @param maxDepth deepest nesting of arrays and maps
 * @throws NotCanonical, or any Error for bytes that are no value
 */
export function readValue(bytes: Uint8Array, maxDepth: number): CborValue {
  // A Node buffer would give away views of itself where other bytes give copies.
  const own = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tokens = new Tokenizer(own, STRICT);
  const value = next(tokens, maxDepth);
  if (!tokens.done()) throw new Error("bytes follow the value");
  return value;
}

/** Takes a byte or more, so that the number of items that an array announces costs nothing. */
function next(tokens: Tokenizer, depth: number): CborValue {
  const token = nextToken(tokens);
  const value: unknown = token.value;
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value === "string") return textOf(token, value);
  if (value instanceof Uint8Array) return value;
  if (typeof value === "bigint") return value;
  if (typeof value !== "number") throw new Error(`${token.type.name} is not read`);
  switch (token.type) {
    case Type.uint:
    case Type.negint:
      return value;
    case Type.array:
      return arrayOf(tokens, value, depth);
    case Type.map:
      return recordOf(tokens, value, depth);
    default:
      throw new Error(`a ${token.type.name} is not read`);
  }
}

function nextToken(tokens: Tokenizer): Token {
  if (tokens.done()) throw new Error("the value is cut short");
  try {
    return tokens.next();
  } catch (error) {
    if (error instanceof Error && LONG_FORM.test(error.message)) {
      throw new NotCanonical(error.message);
    }
    throw error;
  }
}

/** Where each byte gave a character of its own, and none is the replacement, all were ASCII. */
function textOf({ byteValue }: Token, text: string): string {
  if (byteValue === undefined) return text;
  const isAscii = text.length === byteValue.length && !text.includes(REPLACEMENT);
  return isAscii ? text : utf8.decode(byteValue);
}

function checkNesting(length: number, depth: number): void {
  if (depth === 0) throw new Error("values nested too deep");
  if (length === INDEFINITE) throw new NotCanonical("a value of indefinite length");
}

function arrayOf(tokens: Tokenizer, length: number, depth: number): CborValue {
  checkNesting(length, depth);
  const items: CborValue[] = [];
  while (items.length < length) items.push(next(tokens, depth - 1));
  return Object.freeze(items);
}

function recordOf(tokens: Tokenizer, length: number, depth: number): CborValue {
  checkNesting(length, depth);
  const record: Record<string, CborValue> = {};
  let last: Uint8Array | undefined;
  for (let count = 0; count < length; count += 1) {
    const { key, bytes } = nextKey(tokens);
    if (last !== undefined && !isBefore(last, bytes)) throw new NotCanonical("keys out of order");
    last = bytes;
    const value = next(tokens, depth - 1);
    if (key === "__proto__") Object.defineProperty(record, key, { value, enumerable: true });
    else record[key] = value;
  }
  return Object.freeze(record);
}

function nextKey(tokens: Tokenizer): { readonly key: string; readonly bytes: Uint8Array } {
  const token = nextToken(tokens);
  const value: unknown = token.value;
  if (typeof value !== "string") throw new Error("a map key that is not text");
  return { key: textOf(token, value), bytes: token.byteValue ?? new Uint8Array() };
}

/** Bytewise order of the encoded keys (RFC 8949, section 4.2.1): those of text start with the length. */
function isBefore(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return a.length < b.length;
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}
