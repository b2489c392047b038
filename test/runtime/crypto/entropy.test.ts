import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { deriveEntropy, seededEntropy } from "../../../runtime/crypto/entropy.ts";
import { toHex } from "../../../runtime/crypto/hash.ts";
import { systemEntropy } from "../../../runtime/crypto/system-entropy.ts";
import { refusal } from "./refusal.ts";

const secret = new Uint8Array(32).fill(7);

describe("deriveEntropy", () => {
  it("gives the same stream for the same secret and path, however it is drawn", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 8 }), fc.string(), (draws, name) => {
        const total = draws.reduce((sum, n) => sum + n, 0);
        const piecewise = deriveEntropy(secret, "session", name);
        const pieces = draws.map((n) => toHex(piecewise(n)));
        expect(pieces.join("")).toBe(toHex(deriveEntropy(secret, "session", name)(total)));
      }),
    );
  });

  it("goes on: the second draw is not the first", () => {
    const random = deriveEntropy(secret, "a");
    expect(random(32)).not.toEqual(random(32));
  });

  it("gives other streams for other secrets, paths and cuts of a path", () => {
    const streams = [
      deriveEntropy(secret, "ab", "c"),
      deriveEntropy(secret, "a", "bc"),
      deriveEntropy(secret, "abc"),
      deriveEntropy(secret, "ab", "c", ""),
      deriveEntropy(secret),
      deriveEntropy(new Uint8Array(33).fill(7), "ab", "c"),
      deriveEntropy(new Uint8Array(32).fill(8), "ab", "c"),
      // The seed has the bytes of the secret: the two kinds of stream are kept apart all the same.
      seededEntropy("\u0007".repeat(32), "ab", "c"),
    ];
    expect(new Set(streams.map((random) => toHex(random(32)))).size).toBe(streams.length);
  });

  it("keeps the bytes that it gives: other versions must resume old sessions", () => {
    expect(toHex(deriveEntropy(secret, "session", Uint8Array.of(1))(16))).toMatchInlineSnapshot(
      `"3465df9b9330e6d339caf7c0cecf33a8"`,
    );
  });

  it("refuses a secret that could be guessed", async () => {
    const error = await refusal(() => deriveEntropy(new Uint8Array(31), "a"));
    expect(error.code).toBe("InvalidInput");
  });

  it.each([-1, 1.5, 2 ** 20 + 1, Number.NaN])("refuses to draw %s bytes", async (length) => {
    const random = deriveEntropy(secret, "a");
    expect((await refusal(() => random(length))).code).toBe("InvalidInput");
  });
});

describe("seededEntropy", () => {
  it("is replayed by its seed, a number or what is typed for it", () => {
    const wanted = seededEntropy(42, "alice", "session")(40);
    expect(seededEntropy("42", "alice", "session")(40)).toEqual(wanted);
    expect(seededEntropy(43, "alice", "session")(40)).not.toEqual(wanted);
    expect(seededEntropy(42, "bob", "session")(40)).not.toEqual(wanted);
  });
});

describe("systemEntropy", () => {
  it.each([0, 32, 65_536, 65_537, 200_000])("gives %i bytes", (length) => {
    const bytes = systemEntropy(length);
    expect(bytes).toHaveLength(length);
    // The chance that a random block is all zero is 2^-256.
    for (let i = 0; i + 32 <= length; i += 32) {
      expect(bytes.subarray(i, i + 32).some((byte) => byte !== 0)).toBe(true);
    }
  });

  it("does not repeat", () => {
    expect(systemEntropy(32)).not.toEqual(systemEntropy(32));
  });
});
