/**
 * The byte helpers of the cryptographic libraries under plain signatures. The libraries' own types
 * are conditional and mapped ones over each byte array, of which the compiler works out all: a
 * program that uses the built package does not meet them.
 */
import { equalBytes as equal } from "@noble/ciphers/utils.js";
import { bytesToHex, concatBytes as concat, utf8ToBytes as utf8 } from "@noble/hashes/utils.js";

/** In constant time. */
export const equalBytes: (a: Uint8Array, b: Uint8Array) => boolean = equal;

export const toHex: (bytes: Uint8Array) => string = bytesToHex;

export const concatBytes: (...parts: Uint8Array[]) => Uint8Array = concat;

export const utf8ToBytes: (text: string) => Uint8Array = utf8;
