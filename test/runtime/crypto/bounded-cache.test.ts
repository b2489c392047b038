import { describe, expect, it } from "vitest";

import { boundedCache } from "../../../runtime/crypto/bounded-cache.ts";

function counting(capacity: number) {
  const made: string[] = [];
  const cache = boundedCache<boolean>(capacity);
  const ask = (key: string) =>
    cache.getOrMake(key, () => {
      made.push(key);
      return key === "good";
    });
  return { ask, made };
}

describe("a bounded cache", () => {
  it("makes a value once, whatever it is", () => {
    const { ask, made } = counting(8);
    for (let i = 0; i < 3; i += 1) {
      expect(ask("good")).toBe(true);
      expect(ask("bad")).toBe(false);
    }
    expect(made).toEqual(["good", "bad"]);
  });

  it("forgets what was not asked for lately when it is full", () => {
    const { ask, made } = counting(2);
    for (const key of ["a", "b", "b", "c", "b", "a"]) ask(key);
    expect(made).toEqual(["a", "b", "c", "a"]);
  });
});
