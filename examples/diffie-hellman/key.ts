/** X25519 (RFC 7748) and the two proofs of the key, one a direction. */
import { x25519 } from "@noble/curves/ed25519.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { ActionContext } from "../../dsl/index.ts";

export type Exchange = ActionContext<object, unknown>;

/** This device's key pair, the same whenever it is asked for in this session. */
export function ownPair({ entropy }: Pick<Exchange, "entropy">) {
  const secretKey = entropy("key")(32);
  return { secretKey, publicKey: x25519.getPublicKey(secretKey) };
}

/** The shared key: a hash of the shared point, of the session and of both public keys. */
export function sharedKey(
  { session, entropy }: Pick<Exchange, "session" | "entropy">,
  alice: Uint8Array,
  bob: Uint8Array,
  theirs: Uint8Array,
): Uint8Array {
  const point = x25519.getSharedSecret(ownPair({ entropy }).secretKey, theirs);
  return sha256(concatBytes(utf8ToBytes(`diffie-hellman ${session}`), point, alice, bob));
}

/** What only somebody with the key can say, for one of the two to say it. */
export function proofOf(key: Uint8Array, by: "alice" | "bob"): Uint8Array {
  return hmac(sha256, key, utf8ToBytes(by));
}
