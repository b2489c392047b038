/** Choices of a run that its seed decides, so that a failure can be seen again. */
import { seededEntropy } from "../crypto/entropy.ts";

export interface Random {
  /** A whole number from 0 to below the limit. */
  below(limit: number): number;
  /** One of these, of which there is at least one. */
  of<T>(first: T, ...rest: readonly T[]): T;
  /** The same items in another order. */
  shuffled<T>(items: readonly T[]): readonly T[];
}

const DRAW_BYTES = 4;

export function randomOf(seed: string | number, ...path: readonly string[]): Random {
  const draw = seededEntropy(seed, "ledger conformance", ...path);
  // The bias of a remainder does not matter here: limits are small.
  const below = (limit: number): number => {
    return new DataView(draw(DRAW_BYTES).slice().buffer).getUint32(0) % limit;
  };
  return {
    below,
    of: (first, ...rest) => rest[below(rest.length + 1) - 1] ?? first,
    shuffled: (items) =>
      items
        .map((item) => ({ item, key: below(2 ** 32) }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item),
  };
}
