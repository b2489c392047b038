/** Durations are counted in epochs, the ledger's unit of time. */

declare const epochUnit: unique symbol;

/** A number of epochs. A branded number, so that milliseconds are not passed by mistake. */
export type Epochs = number & { readonly [epochUnit]: "epochs" };

/** A span of `count` epochs; `count` is a whole number, zero or more. */
export function epochs(count: number): Epochs {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`epochs(${count}): a span of time is a whole number of epochs, 0 or more`);
  }
  return count as Epochs;
}
