import { ProtocolError } from "../../../dsl/errors.ts";

/** The error that `work` throws, which must be one of ours. */
export async function refusal(work: () => unknown): Promise<ProtocolError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** Bytes with one bit of byte `index` changed. */
export function flipped(bytes: Uint8Array, index: number, mask = 1): Uint8Array {
  return bytes.map((byte, i) => (i === index ? byte ^ mask : byte));
}
