/** What the two say: a public key each, and proofs that they arrived at the same secret. */
import { event } from "../../dsl/index.ts";
import { abortPayload, bytes, record } from "../../runtime/schema.ts";

export interface OfferKey {
  readonly publicKey: Uint8Array;
}

export const OfferKey = event("OfferKey", record<OfferKey>({ publicKey: bytes(32) }), "device");

export interface AnswerKey {
  readonly publicKey: Uint8Array;
  readonly proof: Uint8Array;
}

export const AnswerKey = event(
  "AnswerKey",
  record<AnswerKey>({ publicKey: bytes(32), proof: bytes(32) }),
  "device",
);

export interface ConfirmKey {
  readonly proof: Uint8Array;
}

export const ConfirmKey = event("ConfirmKey", record<ConfirmKey>({ proof: bytes(32) }), "device");

export const AbortExchange = event("AbortExchange", abortPayload, "device");
