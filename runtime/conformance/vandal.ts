/** A reader that spoils all that it is given, as far as it is let. Bytes are spared: none can be frozen. */
export function vandalise(value: unknown): void {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
  for (const key of Object.keys(value)) {
    const inner: unknown = Reflect.get(value, key);
    vandalise(inner);
    // Says no instead of throwing where the object is frozen.
    Reflect.set(value, key, "spoilt");
    Reflect.deleteProperty(value, key);
  }
}
