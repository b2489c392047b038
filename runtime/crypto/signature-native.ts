/** Ed25519 by Node's OpenSSL: an order of magnitude faster than JavaScript, and synchronous. */

import { boundedCache } from "./bounded-cache.ts";
import { fromHex, labelled, toHex } from "./hash.ts";
import { nodeCrypto } from "./node-crypto.ts";
import type { SignatureScheme } from "./signature-scheme.ts";
import { requireSeed, SEED_BYTES, wellFormed } from "./signature-scheme.ts";

/** DER before the 32 bytes of a key, private and public (RFC 8410). */
const PKCS8_PREFIX = fromHex("302e020100300506032b657004220420");
const SPKI_PREFIX = fromHex("302a300506032b6570032100");

/** Importing a key costs as much as verifying with it. */
const CACHED_KEYS = 1024;

/** `undefined` where the host has no Node cryptography: use the portable one. */
export function nativeSignatures(): SignatureScheme | undefined {
  const crypto = nodeCrypto();
  if (crypto === undefined) return undefined;
  type KeyObject = ReturnType<typeof crypto.createPublicKey>;
  const publicKeys = boundedCache<KeyObject>(CACHED_KEYS);
  const privateKeys = boundedCache<KeyObject>(CACHED_KEYS);

  const publicKeyOf = (bytes: Uint8Array): KeyObject =>
    publicKeys.getOrMake(toHex(bytes), () =>
      crypto.createPublicKey({ key: der(SPKI_PREFIX, bytes), format: "der", type: "spki" }),
    );
  // Named by a hash: a map key that is a string could not be wiped.
  const privateKeyOf = (seed: Uint8Array): KeyObject =>
    privateKeys.getOrMake(toHex(labelled("aura/signature/cache/v1", seed)), () =>
      crypto.createPrivateKey({ key: der(PKCS8_PREFIX, seed), format: "der", type: "pkcs8" }),
    );

  return Object.freeze({
    keyPair: (seed: Uint8Array) => {
      requireSeed(seed);
      const spki = crypto
        .createPublicKey(privateKeyOf(seed))
        .export({ format: "der", type: "spki" });
      return {
        publicKey: Uint8Array.from(spki.subarray(-SEED_BYTES)),
        secretKey: Uint8Array.from(seed),
      };
    },
    sign: (secretKey: Uint8Array, message: Uint8Array) => {
      requireSeed(secretKey);
      return Uint8Array.from(crypto.sign(null, message, privateKeyOf(secretKey)));
    },
    verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
      if (!wellFormed(publicKey, signature)) return false;
      try {
        return crypto.verify(null, message, publicKeyOf(publicKey), signature);
      } catch {
        return false; // The key is not a point of the curve.
      }
    },
  });
}

function der(prefix: Uint8Array, key: Uint8Array): Buffer {
  return Buffer.concat([prefix, key]);
}
