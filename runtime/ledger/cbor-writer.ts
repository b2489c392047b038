/** Writes values in canonical CBOR (RFC 8949, section 4.2.1): one pass, into one buffer. */

import type { CborValue } from "./cbor.ts";

const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;
const FIRST_SIZE = 512;
const utf8 = new TextEncoder();

/** The encoding of a value that is inside the data model. */
export function writeCbor(value: CborValue): Uint8Array {
  const writer = new CborWriter();
  writer.value(value);
  return writer.written();
}

class CborWriter {
  #bytes = new Uint8Array(FIRST_SIZE);
  #length = 0;

  written(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  value(value: CborValue): void {
    if (typeof value === "string") this.#text(value);
    else if (typeof value === "number") this.#integer(value);
    else if (typeof value === "bigint") this.#bigInteger(value);
    else if (typeof value === "boolean") this.#byte(value ? TRUE : FALSE);
    else if (value === null) this.#byte(NULL);
    else if (value instanceof Uint8Array) this.#block(BYTES, value);
    else if (isList(value)) this.#list(value);
    else this.#record(value);
  }

  #integer(value: number): void {
    if (value < 0) this.#head(NEGATIVE, -1 - value);
    else this.#head(UNSIGNED, value);
  }

  #bigInteger(value: bigint): void {
    if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) {
      this.#integer(Number(value));
      return;
    }
    const argument = value < 0n ? -1n - value : value;
    this.#byte(((value < 0n ? NEGATIVE : UNSIGNED) << 5) | 27);
    this.#uint32(Number(argument >> 32n));
    this.#uint32(Number(argument & 0xffff_ffffn));
  }

  /** Most text is short and ASCII; the platform's encoder is slow to start. */
  #text(text: string): void {
    if (!isAscii(text)) {
      this.#block(TEXT, utf8.encode(text));
      return;
    }
    this.#head(TEXT, text.length);
    this.#reserve(text.length);
    for (let at = 0; at < text.length; at += 1)
      this.#bytes[this.#length + at] = text.charCodeAt(at);
    this.#length += text.length;
  }

  #block(major: number, bytes: Uint8Array): void {
    this.#head(major, bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #list(items: readonly CborValue[]): void {
    this.#head(ARRAY, items.length);
    for (const item of items) this.value(item);
  }

  #record(record: { readonly [key: string]: CborValue }): void {
    const keys = sortedKeys(record);
    this.#head(MAP, keys.length);
    for (const key of keys) {
      this.#text(key);
      this.value(record[key] ?? null);
    }
  }

  /** Major type and argument, in the shortest form. */
  #head(major: number, argument: number): void {
    const type = major << 5;
    if (argument < 24) this.#byte(type | argument);
    else if (argument < 0x100) {
      this.#byte(type | 24);
      this.#byte(argument);
    } else if (argument < 0x1_0000) {
      this.#byte(type | 25);
      this.#byte(argument >>> 8);
      this.#byte(argument & 0xff);
    } else if (argument < 0x1_0000_0000) {
      this.#byte(type | 26);
      this.#uint32(argument);
    } else {
      this.#byte(type | 27);
      this.#uint32(Math.floor(argument / 0x1_0000_0000));
      this.#uint32(argument % 0x1_0000_0000);
    }
  }

  #uint32(value: number): void {
    for (const shift of [24, 16, 8, 0]) this.#byte((value >>> shift) & 0xff);
  }

  #byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Bytewise order of the encoded keys: those of text start with the length. */
function sortedKeys(record: object): readonly string[] {
  const keys = Object.keys(record);
  if (keys.every(isAscii)) return keys.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return keys
    .map((key) => ({ key, bytes: utf8.encode(key) }))
    .sort((a, b) => byBytes(a.bytes, b.bytes))
    .map(({ key }) => key);
}

function byBytes(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return a.length - b.length;
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

function isList(value: object): value is readonly CborValue[] {
  return Array.isArray(value);
}
