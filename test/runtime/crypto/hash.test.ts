import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  equalBytes,
  fromHex,
  hkdf,
  labelled,
  lengthPrefixed,
  portableSha256,
  sha256,
  sha256Hex,
  toHex,
} from "../../../runtime/crypto/hash.ts";
import { refusal } from "./refusal.ts";

const part = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 2 }),
  fc.uint8Array({ maxLength: 2, max: 2 }),
);
const lists = fc.array(part, { maxLength: 3 });

/** A list of parts as text, unambiguously. */
function written(parts: readonly (string | Uint8Array)[]): string {
  return parts.map((each) => toHex(Buffer.from(each))).join("|") + `#${parts.length}`;
}

describe("sha256", () => {
  // FIPS 180-4, the examples of SHA-256: one block, and two.
  it.each([
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
  ])("of %s is the standard's, native and portable", (text, digest) => {
    const message = new TextEncoder().encode(text);
    expect(toHex(sha256(message))).toBe(digest);
    expect(toHex(portableSha256(message))).toBe(digest);
  });

  it("is the same, native and portable, for messages of any length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
        expect(sha256(message)).toEqual(portableSha256(message));
        expect(sha256Hex(message)).toBe(toHex(portableSha256(message)));
      }),
      { numRuns: 200 },
    );
  });
});

describe("hex", () => {
  it("goes there and back", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each(["0", "zz", "0x00"])("refuses %s", async (hex) => {
    expect((await refusal(() => fromHex(hex))).code).toBe("InvalidInput");
  });
});

describe("hkdf", () => {
  it("gives test case 1 of RFC 5869", () => {
    const output = hkdf(
      fromHex("0b".repeat(22)),
      fromHex("000102030405060708090a0b0c"),
      fromHex("f0f1f2f3f4f5f6f7f8f9"),
      42,
    );
    expect(toHex(output)).toBe(
      "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    );
  });

  it.each([0, -1, 1.5, 8161, Number.NaN])("cannot give %s bytes", async (length) => {
    const error = await refusal(() => hkdf(new Uint8Array(32), "", "", length));
    expect(error.code).toBe("InvalidInput");
  });
});

describe("labelled", () => {
  it("is SHA-256 of the label and parts, each after its length", () => {
    expect(labelled("ab", Uint8Array.of(1, 2, 3))).toEqual(
      sha256(Uint8Array.of(0, 0, 0, 2, 0x61, 0x62, 0, 0, 0, 3, 1, 2, 3)),
    );
  });

  it("tells apart what is cut differently, and other labels", () => {
    expect(labelled("l", "ab", "c")).not.toEqual(labelled("l", "a", "bc"));
    expect(labelled("l", "a")).not.toEqual(labelled("l", "a", ""));
    expect(labelled("l", "a")).not.toEqual(labelled("m", "a"));
  });
});

describe("lengthPrefixed", () => {
  it("is different for different lists", () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const same = written(a) === written(b);
        expect(toHex(lengthPrefixed(...a)) === toHex(lengthPrefixed(...b))).toBe(same);
      }),
    );
  });

  it("refuses half a surrogate pair, which UTF-8 would confuse with another", async () => {
    expect((await refusal(() => lengthPrefixed("a\ud800b"))).code).toBe("InvalidInput");
    expect(lengthPrefixed("\u{1f600}")).toHaveLength(8);
  });
});

describe("equalBytes", () => {
  it("compares content and length", () => {
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false);
  });
});
