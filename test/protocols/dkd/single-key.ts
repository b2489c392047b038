import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";

/** What RFC 9497 gives with one undivided key. */
export function singleKeyOutput(key: Uint8Array, input: Uint8Array): Uint8Array {
  const { voprf } = ristretto255_oprf;
  const own = Uint8Array.from(key);
  const publicKey = ristretto255.Point.BASE.multiply(
    ristretto255.Point.Fn.fromBytes(own),
  ).toBytes();
  const { blind, blinded } = voprf.blind(input, (length = 32) => new Uint8Array(length).fill(1));
  const { evaluated, proof } = voprf.blindEvaluate(own, publicKey, blinded);
  return voprf.finalize(input, blind, evaluated, blinded, publicKey, proof);
}
