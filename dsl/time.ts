/** Durations are counted in epochs, the ledger's unit of time. */

import { ProtocolError } from "./errors.ts";

declare const epochUnit: unique symbol;

/** A number of epochs. A branded number, so that milliseconds are not passed by mistake. */
export type Epochs = number & EpochMark;

interface EpochMark {
  readonly [epochUnit]: "epochs";
}

/**
 * A span of `count` epochs.
 *
 * @param count a whole number, 0 or more
 * @throws ProtocolError `InvalidDeclaration` for any other number
 */
export function epochs(count: number): Epochs {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new ProtocolError({
      code: "InvalidDeclaration",
      what: `epochs(${count}) is no span of time`,
      todo: "Give a whole number of epochs, 0 or more",
    });
  }
  return count as Epochs;
}
