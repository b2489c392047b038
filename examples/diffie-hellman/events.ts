/** What the two say: a public key each, and proofs that they arrived at the same secret. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload } from "../../dsl/index.ts";

const bytes32 = v.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length === 32,
  "not 32 bytes",
);

export const OfferKey = event("OfferKey", v.strictObject({ publicKey: bytes32 }), "device");

export const AnswerKey = event(
  "AnswerKey",
  v.strictObject({ publicKey: bytes32, proof: bytes32 }),
  "device",
);

export const ConfirmKey = event("ConfirmKey", v.strictObject({ proof: bytes32 }), "device");

export const AbortExchange = event(
  "AbortExchange",
  v.custom<AbortPayload>((value) => typeof value === "object" && value !== null),
  "device",
);
