/** A cache that forgets what was not asked for lately. */
export interface BoundedCache<V> {
  /** The value kept under `key`, made and kept now if there is none. */
  readonly getOrMake: (key: string, make: () => V) => V;
}

/**
 * Two generations: when the young one is full, it becomes the old one, which is forgotten. To delete
 * the oldest entry of a map each time would cost a search past all that were deleted before.
 *
 * @param capacity entries kept, at least 1
 */
export function boundedCache<V extends object | boolean>(capacity: number): BoundedCache<V> {
  const half = Math.ceil(capacity / 2);
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  return {
    getOrMake: (key, make) => {
      const kept = young.get(key);
      if (kept !== undefined) return kept;
      const value = old.get(key) ?? make();
      if (young.size >= half) {
        old = young;
        young = new Map();
      }
      young.set(key, value);
      return value;
    },
  };
}
