/** The one place that reads the platform's random number generator. Everything else is given it. */

import type { RandomBytes } from "../../dsl/context.ts";

/** `getRandomValues` refuses more at once (W3C Web Cryptography API, section 10.1.1). */
const MAX_REQUEST_BYTES = 65_536;

/** Random bytes of the operating system. */
export const systemEntropy: RandomBytes = (length) => {
  const bytes = new Uint8Array(length);
  for (let start = 0; start < length; start += MAX_REQUEST_BYTES) {
    globalThis.crypto.getRandomValues(bytes.subarray(start, start + MAX_REQUEST_BYTES));
  }
  return bytes;
};
