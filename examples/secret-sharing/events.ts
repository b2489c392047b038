/** What a dealer and the holders of shares say. A share is a scalar of ed25519, 32 bytes. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload } from "../../protocols/payload.ts";
import { isScalar } from "./field.ts";

const share = v.strictObject({ share: v.custom<Uint8Array>(isScalar, "not a scalar") });

export const DealShare = event("DealShare", share, "device");

export const RefreshShare = event("RefreshShare", share, "device");

export const OpenShare = event("OpenShare", share, "device");

export const AbortSharing = event("AbortSharing", abortPayload, "device");
