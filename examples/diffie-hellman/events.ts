/** What the two say: a public key each, and proofs that they arrived at the same secret. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";

const bytes32 = v.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length === 32,
  "not 32 bytes",
);

export interface OfferKey {
  readonly publicKey: Uint8Array;
}

export const OfferKey: EventType<"OfferKey", OfferKey> = event(
  "OfferKey",
  v.strictObject({ publicKey: bytes32 }),
  "device",
);

export interface AnswerKey {
  readonly publicKey: Uint8Array;
  readonly proof: Uint8Array;
}

export const AnswerKey: EventType<"AnswerKey", AnswerKey> = event(
  "AnswerKey",
  v.strictObject({ publicKey: bytes32, proof: bytes32 }),
  "device",
);

export interface ConfirmKey {
  readonly proof: Uint8Array;
}

export const ConfirmKey: EventType<"ConfirmKey", ConfirmKey> = event(
  "ConfirmKey",
  v.strictObject({ proof: bytes32 }),
  "device",
);

export const AbortExchange: EventType<"AbortExchange", AbortPayload> = event(
  "AbortExchange",
  v.custom<AbortPayload>((value) => typeof value === "object" && value !== null),
  "device",
);
