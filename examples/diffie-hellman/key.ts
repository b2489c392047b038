/** X25519 (RFC 7748) and the two proofs of the key, one a direction. */
import type { ActionContext } from "../../dsl/index.ts";
import { concatBytes, hmac, sha256, utf8ToBytes } from "../../runtime/crypto/hash.ts";
import { x25519PublicKey, x25519Shared } from "../../runtime/crypto/x25519.ts";

export type Exchange = ActionContext<object, unknown>;

/** This device's key pair, the same whenever it is asked for in this session. */
export function ownPair({ entropy }: Pick<Exchange, "entropy">) {
  const secretKey = entropy("key")(32);
  return { secretKey, publicKey: x25519PublicKey(secretKey) };
}

/** The shared key: a hash of the shared point, of the session and of both public keys. */
export function sharedKey(
  { session, entropy }: Pick<Exchange, "session" | "entropy">,
  alice: Uint8Array,
  bob: Uint8Array,
  theirs: Uint8Array,
): Uint8Array {
  const point = x25519Shared(ownPair({ entropy }).secretKey, theirs);
  return sha256(concatBytes(utf8ToBytes(`diffie-hellman ${session}`), point, alice, bob));
}

/** What only somebody with the key can say, for one of the two to say it. */
export function proofOf(key: Uint8Array, by: "alice" | "bob"): Uint8Array {
  return hmac(key, utf8ToBytes(by));
}
