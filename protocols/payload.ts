/** Payload building blocks that several protocols use. */
import { bytes, deviceId, record } from "../runtime/schema.ts";

/** A ciphertext for one device; HPKE adds 48 bytes to a short secret. */
export interface SealedFor {
  readonly to: string;
  readonly ciphertext: Uint8Array;
}

export const sealedFor = record<SealedFor>({ to: deviceId, ciphertext: bytes({ max: 4096 }) });
