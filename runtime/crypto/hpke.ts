/**
 * Sealing to one receiver: HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
 * ChaCha20-Poly1305. Who sealed is not authenticated here: the signed event around it says that.
 */

import { EMPTY, LABEL_DKP_PRK, LABEL_SK, toArrayBuffer } from "@hpke/common";
import { x25519 } from "@noble/curves/ed25519.js";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";

import { ProtocolError } from "../../dsl/errors.ts";
import { KEY_BYTES, kemKdf, privateKey, publicKey, suite } from "./hpke-suite.ts";

const TAG_BYTES = 16;
const MAX_PLAINTEXT_BYTES = 1 << 20;

export interface SealingKeyPair {
  /** 32 bytes: an X25519 public key. */
  readonly publicKey: Uint8Array;
  /** 32 bytes. */
  readonly secretKey: Uint8Array;
}

export interface Sealing {
  /** The receiver's public key, 32 bytes. */
  readonly recipient: Uint8Array;
  /** What the message is for, the same for every message of its kind. */
  readonly info: string;
  /** Everything that the message means where it stands: session, parties, hashes. */
  readonly aad: Uint8Array;
  /** At most 1 MiB. */
  readonly plaintext: Uint8Array;
  /**
   * 32 fresh secret bytes. The same bytes give the same key and nonce again, so never pass them
   * with another message. Who is shown them later can seal again and compare.
   */
  readonly entropy: Uint8Array;
}

export interface Opening {
  readonly keyPair: SealingKeyPair;
  readonly info: string;
  readonly aad: Uint8Array;
  /** What {@link seal} gave. */
  readonly sealed: Uint8Array;
}

/**
 * DeriveKeyPair (RFC 9180, section 7.1.3).
 *
 * @param seed 32 secret random bytes
 * @throws ProtocolError `InvalidInput` for a seed of another length
 */
export function sealingKeyPair(seed: Uint8Array): SealingKeyPair {
  requireLength("the seed of a sealing key", seed, KEY_BYTES);
  const prk = extract(sha256, kemKdf.buildLabeledIkm(LABEL_DKP_PRK, seed), EMPTY);
  const label = kemKdf.buildLabeledInfo(LABEL_SK, EMPTY, KEY_BYTES);
  const secretKey = expand(sha256, prk, label, KEY_BYTES);
  return { publicKey: x25519.getPublicKey(secretKey), secretKey };
}

/**
 * Seals a message.
 *
 * @returns the encapsulated key, 32 bytes, then the ciphertext, 16 bytes longer than the plaintext
 * @throws ProtocolError `NotAdmitted` for a recipient's key of small order; `InvalidInput` for
 * wrong lengths
 */
export async function seal(message: Sealing): Promise<Uint8Array> {
  requireLength("a recipient's sealing key", message.recipient, KEY_BYTES);
  requireLength("the entropy of a sealed message", message.entropy, KEY_BYTES);
  if (message.plaintext.length > MAX_PLAINTEXT_BYTES) throw tooLong(message.plaintext.length);
  const recipientPublicKey = publicKey(message.recipient);
  try {
    const { enc, ct } = await suite.seal(
      { recipientPublicKey, info: utf8ToBytes(message.info), ekm: toArrayBuffer(message.entropy) },
      message.plaintext,
      message.aad,
    );
    return concatBytes(new Uint8Array(enc), new Uint8Array(ct));
  } catch {
    throw new ProtocolError({
      code: "NotAdmitted",
      what: "a recipient's sealing key is a point of small order",
      todo: "ask the recipient for a key made by sealingKeyPair",
    });
  }
}

/**
 * Opens a sealed message.
 *
 * @throws ProtocolError `Rejected` where it does not open: sealed to another key, for another
 * purpose or place, or changed; `InvalidInput` for a key pair of wrong lengths
 */
export async function open(message: Opening): Promise<Uint8Array> {
  const { keyPair, sealed } = message;
  requireLength("a sealing key", keyPair.publicKey, KEY_BYTES);
  requireLength("a sealing key", keyPair.secretKey, KEY_BYTES);
  if (sealed.length < KEY_BYTES + TAG_BYTES) throw doesNotOpen();
  if (sealed.length > KEY_BYTES + TAG_BYTES + MAX_PLAINTEXT_BYTES) throw doesNotOpen();
  const recipientKey = {
    publicKey: publicKey(keyPair.publicKey),
    privateKey: privateKey(keyPair.secretKey),
  };
  try {
    const opened = await suite.open(
      {
        recipientKey,
        enc: toArrayBuffer(sealed.subarray(0, KEY_BYTES)),
        info: utf8ToBytes(message.info),
      },
      sealed.subarray(KEY_BYTES),
      message.aad,
    );
    return new Uint8Array(opened);
  } catch {
    throw doesNotOpen();
  }
}

function doesNotOpen(): ProtocolError {
  return new ProtocolError({
    code: "Rejected",
    what: "a sealed message does not open with this key, purpose and place",
    todo: "refuse it; its author sealed something else, or to someone else",
  });
}

function tooLong(length: number): ProtocolError {
  return new ProtocolError({
    code: "InvalidInput",
    what: `a message of ${length} bytes is too long to seal`,
    todo: `seal at most ${MAX_PLAINTEXT_BYTES} bytes, for example a key`,
  });
}

function requireLength(what: string, bytes: Uint8Array, length: number): void {
  if (bytes.length === length) return;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `${what} has ${bytes.length} bytes`,
    todo: `pass ${length} bytes`,
  });
}
