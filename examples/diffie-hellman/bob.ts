/** Bob's side: he answers, and takes Alice's confirmation. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import { equalBytes } from "../../runtime/crypto/hash.ts";
import type { AnswerKey, ConfirmKey, OfferKey } from "./events.ts";
import { ownPair, proofOf, sharedKey } from "./key.ts";
import type { Exchange } from "./key.ts";

export function bobKey(
  context: Exchange & { readonly Offer: PayloadOf<typeof OfferKey> },
): Uint8Array {
  const { publicKey } = context.Offer;
  return sharedKey(context, publicKey, ownPair(context).publicKey, publicKey);
}

interface Keyed extends Exchange {
  readonly BobKey: Uint8Array;
}

export function answer(context: Keyed): PayloadOf<typeof AnswerKey> {
  const { publicKey } = ownPair(context);
  return { publicKey, proof: proofOf(context.BobKey, "bob") };
}

/** Alice's proof holds under Bob's key. */
export function provesAlice(
  { proof }: PayloadOf<typeof ConfirmKey>,
  { BobKey }: Pick<Keyed, "BobKey">,
): Verdict {
  if (equalBytes(proof, proofOf(BobKey, "alice"))) return accepted;
  return rejected("BadKeyProof", "it was made under another key");
}
