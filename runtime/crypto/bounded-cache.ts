/** A cache that forgets its oldest entry when full. */
export interface BoundedCache<V> {
  /** The value kept under `key`, made and kept now if there is none. */
  readonly getOrMake: (key: string, make: () => V) => V;
}

/** @param capacity entries kept, at least 1 */
export function boundedCache<V extends object | boolean>(capacity: number): BoundedCache<V> {
  const entries = new Map<string, V>();
  return {
    getOrMake: (key, make) => {
      const kept = entries.get(key);
      if (kept !== undefined) return kept;
      const made = make();
      const oldest = entries.keys().next();
      if (entries.size >= capacity && oldest.done !== true) entries.delete(oldest.value);
      entries.set(key, made);
      return made;
    },
  };
}
