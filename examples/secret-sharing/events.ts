/** What a dealer and the holders of shares say. A share is a scalar of ed25519, 32 bytes. */
import { event } from "../../dsl/index.ts";
import { abortPayload, bytes, record, where } from "../../runtime/schema.ts";
import { isScalar } from "./field.ts";

const share = where(bytes(), isScalar, "not a scalar");

export interface DealShare {
  readonly share: Uint8Array;
}

export const DealShare = event("DealShare", record<DealShare>({ share }), "device");

export interface RefreshShare {
  readonly share: Uint8Array;
}

export const RefreshShare = event("RefreshShare", record<RefreshShare>({ share }), "device");

export interface OpenShare {
  readonly share: Uint8Array;
}

export const OpenShare = event("OpenShare", record<OpenShare>({ share }), "device");

export const AbortSharing = event("AbortSharing", abortPayload, "device");
