/** What a dealer and the holders of shares say. A share is a scalar of ed25519, 32 bytes. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";
import { isScalar } from "./field.ts";

const share = v.strictObject({ share: v.custom<Uint8Array>(isScalar, "not a scalar") });

export interface DealShare {
  readonly share: Uint8Array;
}

export const DealShare: EventType<"DealShare", DealShare> = event("DealShare", share, "device");

export interface RefreshShare {
  readonly share: Uint8Array;
}

export const RefreshShare: EventType<"RefreshShare", RefreshShare> = event(
  "RefreshShare",
  share,
  "device",
);

export interface OpenShare {
  readonly share: Uint8Array;
}

export const OpenShare: EventType<"OpenShare", OpenShare> = event("OpenShare", share, "device");

export const AbortSharing: EventType<"AbortSharing", AbortPayload> = event(
  "AbortSharing",
  abortPayload,
  "device",
);
