/** Hashes, key derivation and the byte helpers that go with them. SHA-256 throughout. */

import { hkdf as nobleHkdf } from "@noble/hashes/hkdf.js";
import { hmac as nobleHmac } from "@noble/hashes/hmac.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { hexToBytes } from "@noble/hashes/utils.js";

import { ProtocolError } from "../../dsl/errors.ts";
import { concatBytes, toHex, utf8ToBytes } from "./bytes.ts";
import { nodeCrypto } from "./node-crypto.ts";

export { concatBytes, equalBytes, toHex, utf8ToBytes } from "./bytes.ts";

/** The library's, under a plain signature as in `bytes.ts`. */
export const portableSha256: (message: Uint8Array) => Uint8Array = nobleSha256;

/**
 * By Node's OpenSSL where there is one: each event is hashed before it is admitted. In one call, since
 * a hash object an event is garbage that costs more than the hash.
 */
export const sha256: (message: Uint8Array) => Uint8Array = nativeSha256() ?? portableSha256;

function nativeSha256(): typeof portableSha256 | undefined {
  // Node has had it since 20.12.
  const hash = nodeCrypto()?.hash;
  if (hash === undefined) return undefined;
  return (message) => new Uint8Array(hash("sha256", message, "buffer"));
}

/** Hex SHA-256. */
export const sha256Hex: (message: Uint8Array) => string =
  nativeSha256Hex() ?? ((message) => toHex(portableSha256(message)));

function nativeSha256Hex(): typeof sha256Hex | undefined {
  const hash = nodeCrypto()?.hash;
  return hash === undefined ? undefined : (message) => hash("sha256", message, "hex");
}

/** HMAC-SHA256 (RFC 2104). */
export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return nobleHmac(nobleSha256, key, message);
}

const HKDF_SHA256_LIMIT = 255 * 32;

/**
 * Bytes of a hexadecimal string.
 *
 * @throws ProtocolError `InvalidInput` where it is not hexadecimal
 */
export function fromHex(hex: string): Uint8Array {
  try {
    return hexToBytes(hex);
  } catch {
    throw new ProtocolError({
      code: "InvalidInput",
      what: "a string is not an even number of hexadecimal digits",
      todo: "pass bytes as hexadecimal, without a prefix",
    });
  }
}

/**
 * HKDF-SHA256, extract then expand (RFC 5869).
 *
 * @param secret input keying material
 * @param salt public; separates uses that share a secret
 * @param info public; names the purpose of the output
 * @param length bytes of output, 1 to 8160
 * @throws ProtocolError `InvalidInput` for a length outside the range
 */
export function hkdf(
  secret: Uint8Array,
  salt: string | Uint8Array,
  info: string | Uint8Array,
  length: number,
): Uint8Array {
  if (!Number.isInteger(length) || length < 1 || length > HKDF_SHA256_LIMIT) {
    throw new ProtocolError({
      code: "InvalidInput",
      what: `HKDF-SHA256 cannot give ${length} bytes`,
      todo: `ask for 1 to ${HKDF_SHA256_LIMIT} bytes`,
    });
  }
  return nobleHkdf(nobleSha256, secret, bytesOf(salt), bytesOf(info), length);
}

/**
 * One byte string for a list of parts: each part after its length, four bytes big endian. Two
 * lists of the same number of parts give the same bytes only if they are equal part by part.
 *
 * @throws ProtocolError `InvalidInput` for a string with a lone surrogate: UTF-8 would map it to
 * the replacement character and two different strings to one
 */
export function lengthPrefixed(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return concatBytes(
    ...parts.flatMap((part) => {
      const bytes = bytesOf(part);
      return [uint32(bytes.length), bytes];
    }),
  );
}

/**
 * SHA-256 of the parts under a label, every one length-prefixed: hashes made for different
 * purposes, or of the same bytes cut differently, never meet.
 *
 * @param label the purpose, for example `aura/dkd/commit/v1`
 */
export function labelled(label: string, ...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return sha256(lengthPrefixed(label, ...parts));
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function bytesOf(part: string | Uint8Array): Uint8Array {
  if (typeof part !== "string") return part;
  if (/\p{Surrogate}/u.test(part)) {
    throw new ProtocolError({
      code: "InvalidInput",
      what: "a string holds half of a surrogate pair and has no UTF-8 encoding",
      todo: "pass well-formed Unicode",
    });
  }
  return utf8ToBytes(part);
}
