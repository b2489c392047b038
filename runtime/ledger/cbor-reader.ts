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
  const reader = new Reader(bytes);
  const value = reader.next(maxDepth);
  if (!reader.done()) throw new Error("bytes follow the value");
  return value;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #tokens: Tokenizer;

  constructor(bytes: Uint8Array) {
    // A Node buffer would give away views of itself where other bytes give copies.
    this.#bytes = isPlain(bytes)
      ? bytes
      : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#tokens = new Tokenizer(this.#bytes, STRICT);
  }

  done(): boolean {
    return this.#tokens.done();
  }

  /** Takes a byte or more, so that the number of items that an array announces costs nothing. */
  next(depth: number): CborValue {
    const token = this.#token();
    const value: unknown = token.value;
    if (typeof value === "boolean" || value === null) return value;
    if (typeof value === "string") return this.#text(value, token);
    if (value instanceof Uint8Array) return value;
    if (typeof value === "bigint") return value;
    if (typeof value !== "number") throw new Error(`${token.type.name} is not read`);
    switch (token.type) {
      case Type.uint:
      case Type.negint:
        return value;
      case Type.array:
        return this.#array(value, depth);
      case Type.map:
        return this.#record(value, depth);
      default:
        throw new Error(`a ${token.type.name} is not read`);
    }
  }

  #token(): Token {
    if (this.done()) throw new Error("the value is cut short");
    try {
      return this.#tokens.next();
    } catch (error) {
      if (error instanceof Error && LONG_FORM.test(error.message)) {
        throw new NotCanonical(error.message);
      }
      throw error;
    }
  }

  /** Where each byte gave a character of its own, and none is the replacement, all were ASCII. */
  #text(text: string, { encodedLength = 0 }: Token): string {
    const end = this.#tokens.pos();
    const start = end - encodedLength;
    const first = start + headLength(this.#bytes[start] ?? 0);
    if (text.length === end - first && !text.includes(REPLACEMENT)) return text;
    return utf8.decode(this.#bytes.subarray(first, end));
  }

  #array(length: number, depth: number): CborValue {
    checkNesting(length, depth);
    const items: CborValue[] = [];
    while (items.length < length) items.push(this.next(depth - 1));
    return Object.freeze(items);
  }

  #record(length: number, depth: number): CborValue {
    checkNesting(length, depth);
    const record: Record<string, CborValue> = {};
    let last: number | undefined;
    for (let count = 0; count < length; count += 1) {
      const start = this.#tokens.pos();
      const key = this.#key();
      const isInOrder = last === undefined || this.#isBefore(last, start);
      if (!isInOrder) throw new NotCanonical("keys out of order");
      last = start;
      const value = this.next(depth - 1);
      if (key === "__proto__") Object.defineProperty(record, key, { value, enumerable: true });
      else record[key] = value;
    }
    return Object.freeze(record);
  }

  #key(): string {
    const token = this.#token();
    const value: unknown = token.value;
    if (typeof value !== "string") throw new Error("a map key that is not text");
    return this.#text(value, token);
  }

  /**
   * Bytewise order of the encoded keys (RFC 8949, section 4.2.1). No key is the beginning of another,
   * since each starts with its length.
   *
   * @param a where an encoded key starts
   * @param b where the one after it starts, which ends at the position of the reader
   */
  #isBefore(a: number, b: number): boolean {
    const length = this.#tokens.pos() - b;
    for (let at = 0; at < length; at += 1) {
      const [left = 0, right = 0] = [this.#bytes[a + at], this.#bytes[b + at]];
      if (left !== right) return left < right;
    }
    return false;
  }
}

function isPlain(bytes: Uint8Array): boolean {
  return Object.getPrototypeOf(bytes) === Uint8Array.prototype;
}

function checkNesting(length: number, depth: number): void {
  if (depth === 0) throw new Error("values nested too deep");
  if (length === INDEFINITE) throw new NotCanonical("a value of indefinite length");
}

/** Bytes before the text, by the first of them: it has the length, or says how many bytes have. */
function headLength(first: number): number {
  const minor = first & 31;
  return minor < 24 ? 1 : 1 + (1 << (minor - 24));
}
