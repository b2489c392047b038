/**
 * The HPKE cipher suite of RFC 9180 with X25519, HKDF-SHA256 and ChaCha20-Poly1305, all of it in
 * JavaScript. WebCrypto answers from a thread pool, in an order that no seed fixes; this settles
 * in microtasks only, so that a simulator can tell a busy device from an idle one.
 */

import { Chacha20Poly1305 } from "@hpke/chacha20poly1305";
import {
  Dhkem,
  KEM_USAGES,
  HkdfSha256Native,
  KemId,
  toArrayBuffer,
  toUint8Array,
  XCryptoKey,
  XCurveDhkemPrimitives,
} from "@hpke/common";
import { CipherSuite } from "@hpke/core";
import { x25519 } from "@noble/curves/ed25519.js";
import { expand, extract, hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { ProtocolError } from "../../dsl/errors.ts";

type Bytes = ArrayBufferLike | ArrayBufferView;

export const KEY_BYTES = 32;
const ALGORITHM = "X25519";

/** HKDF without WebCrypto. */
class SynchronousHkdf extends HkdfSha256Native {
  override async extract(salt: Bytes, ikm: Bytes): Promise<ArrayBuffer> {
    return toArrayBuffer(extract(sha256, toUint8Array(ikm), toUint8Array(salt)));
  }
  override async expand(prk: Bytes, info: Bytes, length: number): Promise<ArrayBuffer> {
    return toArrayBuffer(expand(sha256, toUint8Array(prk), toUint8Array(info), length));
  }
  override async extractAndExpand(
    salt: Bytes,
    ikm: Bytes,
    info: Bytes,
    length: number,
  ): Promise<ArrayBuffer> {
    const [secret, from, label] = [toUint8Array(ikm), toUint8Array(salt), toUint8Array(info)];
    return toArrayBuffer(hkdf(sha256, secret, from, label, length));
  }
}

/** X25519 without WebCrypto. */
class SynchronousDhkem extends Dhkem {
  override readonly secretSize = KEY_BYTES;
  override readonly encSize = KEY_BYTES;
  override readonly publicKeySize = KEY_BYTES;
  override readonly privateKeySize = KEY_BYTES;
}

/** X25519 without a random source: every ephemeral key comes from the caller's entropy. */
const curve = {
  ...x25519,
  utils: {
    randomSecretKey: async () => {
      throw new ProtocolError({
        code: "InvalidState",
        what: "a sealing key was asked for without entropy",
        todo: "derive it with sealingKeyPair",
      });
    },
  },
};
export const kemKdf = new SynchronousHkdf();
const kem = new SynchronousDhkem(
  KemId.DhkemX25519HkdfSha256,
  new XCurveDhkemPrimitives(ALGORITHM, KEY_BYTES, curve, kemKdf),
  kemKdf,
);
export const suite = new CipherSuite({
  kem,
  kdf: new SynchronousHkdf(),
  aead: new Chacha20Poly1305(),
});

/** A key as the suite wants it. Copied: the suite reads the whole buffer behind the bytes. */
export function publicKey(bytes: Uint8Array): XCryptoKey {
  return new XCryptoKey(ALGORITHM, Uint8Array.from(bytes), "public");
}

/** As {@link publicKey}. */
export function privateKey(bytes: Uint8Array): XCryptoKey {
  return new XCryptoKey(ALGORITHM, Uint8Array.from(bytes), "private", KEM_USAGES);
}
