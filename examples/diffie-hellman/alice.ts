/** Alice's side: she offers, and confirms what Bob proved. */
import { accepted, rejected } from "../../dsl/index.ts";
import type { PayloadOf, Verdict } from "../../dsl/index.ts";
import { equalBytes } from "../../runtime/crypto/hash.ts";
import type { AnswerKey, ConfirmKey, OfferKey } from "./events.ts";
import { ownPair, proofOf, sharedKey } from "./key.ts";
import type { Exchange } from "./key.ts";

export function offer(context: Exchange): PayloadOf<typeof OfferKey> {
  return { publicKey: ownPair(context).publicKey };
}

interface Answered extends Exchange {
  readonly Offer: PayloadOf<typeof OfferKey>;
  readonly Answer: PayloadOf<typeof AnswerKey>;
}

/** Bob's proof holds under the key that his public key gives. */
export function provesBob(
  answer: PayloadOf<typeof AnswerKey>,
  context: Omit<Answered, "Answer">,
): Verdict {
  const key = aliceKey({ ...context, Answer: answer });
  if (equalBytes(answer.proof, proofOf(key, "bob"))) return accepted;
  return rejected("BadKeyProof", "it was made under another key");
}

export function aliceKey(context: Answered): Uint8Array {
  const { Offer, Answer } = context;
  return sharedKey(context, Offer.publicKey, Answer.publicKey, Answer.publicKey);
}

export function confirm({
  AliceKey,
}: {
  readonly AliceKey: Uint8Array;
}): PayloadOf<typeof ConfirmKey> {
  return { proof: proofOf(AliceKey, "alice") };
}
