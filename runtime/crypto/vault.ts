/** Keys at rest: authenticated encryption under a key, and a key from a passphrase. */

import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";

import type { RandomBytes } from "../../dsl/context.ts";
import { ProtocolError } from "../../dsl/errors.ts";
import { equalBytes, lengthPrefixed } from "./hash.ts";
import { nodeCrypto } from "./node-crypto.ts";

const KEY_BYTES = 32;
const NONCE_BYTES = 24;
const TAG_BYTES = 16;
const MIN_SALT_BYTES = 16;

/** Four letters that name the format, then its version. */
const HEADER = concatBytes(utf8ToBytes("AURV"), Uint8Array.of(1));

/**
 * scrypt (RFC 7914) with 128 MiB of memory, the first setting of the OWASP Password Storage Cheat
 * Sheet. In JavaScript it takes two to three times as long as native.
 */
const COST = { N: 1 << 17, r: 8, p: 1 };
/** OpenSSL refuses by default what needs over 32 MiB. */
const COST_MEMORY_BYTES = 2 * 128 * COST.N * COST.r;

/**
 * Encrypts with XChaCha20-Poly1305 under a random nonce of 24 bytes, long enough that nonces
 * drawn at random do not meet (draft-irtf-cfrg-xchacha).
 *
 * @param key 32 bytes
 * @param aad what the plaintext is; opening needs the same bytes
 * @returns header, nonce and ciphertext in one byte string
 * @throws ProtocolError `InvalidInput` for a key of another length
 */
export function sealAtRest(
  plaintext: Uint8Array,
  key: Uint8Array,
  aad: Uint8Array,
  random: RandomBytes,
): Uint8Array {
  requireKey(key);
  const nonce = random(NONCE_BYTES);
  const sealed = xchacha20poly1305(key, nonce, lengthPrefixed(HEADER, aad)).encrypt(plaintext);
  return concatBytes(HEADER, nonce, sealed);
}

/**
 * Opens what {@link sealAtRest} made.
 *
 * @throws ProtocolError `Storage` for another key, other `aad`, another version or damaged bytes;
 * `InvalidInput` for a key that is not 32 bytes
 */
export function openAtRest(sealed: Uint8Array, key: Uint8Array, aad: Uint8Array): Uint8Array {
  requireKey(key);
  const body = sealed.subarray(HEADER.length);
  if (!equalBytes(sealed.subarray(0, HEADER.length), HEADER)) {
    throw unreadable("it is not of this format and version", "use the version that wrote it");
  }
  if (body.length < NONCE_BYTES + TAG_BYTES) {
    throw unreadable("it is cut short", "restore it from a backup");
  }
  const cipher = xchacha20poly1305(key, body.subarray(0, NONCE_BYTES), lengthPrefixed(HEADER, aad));
  try {
    return cipher.decrypt(body.subarray(NONCE_BYTES));
  } catch {
    throw unreadable(
      "the key is not the one it was sealed with, or bytes were changed",
      "check the passphrase, or restore it from a backup",
    );
  }
}

/**
 * The vault key of a passphrase, by scrypt. Slow on purpose, and blocks.
 *
 * @param passphrase any Unicode text; normalised to NFKC, so that keyboards that compose accents
 * differently give one key (NIST SP 800-63B, section 5.1.1.2)
 * @param salt at least 16 random bytes, stored beside what is sealed
 * @throws ProtocolError `InvalidInput` for an empty passphrase or a short salt
 */
export function passphraseKey(passphrase: string, salt: Uint8Array): Uint8Array {
  if (passphrase === "" || salt.length < MIN_SALT_BYTES) {
    throw new ProtocolError({
      code: "InvalidInput",
      what: "a vault key needs a passphrase and a salt",
      todo: `pass a passphrase that is not empty and ${MIN_SALT_BYTES} random bytes or more`,
    });
  }
  const secret = utf8ToBytes(passphrase.normalize("NFKC"));
  const native = nodeCrypto();
  return native === undefined
    ? scrypt(secret, salt, { ...COST, dkLen: KEY_BYTES, maxmem: COST_MEMORY_BYTES })
    : new Uint8Array(
        native.scryptSync(secret, salt, KEY_BYTES, { ...COST, maxmem: COST_MEMORY_BYTES }),
      );
}

function requireKey(key: Uint8Array): void {
  if (key.length === KEY_BYTES) return;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `a vault key has ${key.length} bytes`,
    todo: `pass ${KEY_BYTES} bytes, for example from passphraseKey`,
  });
}

function unreadable(why: string, todo: string): ProtocolError {
  return new ProtocolError({ code: "Storage", what: `sealed data cannot be opened: ${why}`, todo });
}
