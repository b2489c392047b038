import { encode as encodeSlowly } from "cbor2/encoder";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { toHex, fromHex } from "../../../runtime/crypto/hash.ts";
import { type CborLimits, decode, encode, readCbor } from "../../../runtime/ledger/cbor.ts";
import { failure } from "./fixtures.ts";

const LIMITS: CborLimits = { maxBytes: 1024, maxDepth: 4 };

/** Keys that mean something to JavaScript or to the CBOR library, and a long one out of ASCII. */
const TRICKY = [
  "__proto__",
  "constructor",
  "toJSON",
  "toCBOR",
  "length",
  "ü",
  "\u{1f600}".repeat(7),
];

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: -(2n ** 64n), max: -(2n ** 53n) }),
  fc.string({ unit: "grapheme" }),
  fc.uint8Array({ maxLength: 40 }),
);
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 4 },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...TRICKY)), tie("value"), { maxKeys: 4 }),
  ),
}));

describe("canonical CBOR", () => {
  // RFC 8949, appendix A; map keys in the order of section 4.2.1.
  test.each([
    [0, "00"],
    [23, "17"],
    [24, "1818"],
    [1_000_000_000_000, "1b000000e8d4a51000"],
    [18_446_744_073_709_551_615n, "1bffffffffffffffff"],
    [-18_446_744_073_709_551_616n, "3bffffffffffffffff"],
    [-1, "20"],
    [false, "f4"],
    [null, "f6"],
    [Uint8Array.of(1, 2, 3, 4), "4401020304"],
    ["ü", "62c3bc"],
    [[1, [2, 3], [4, 5]], "8301820203820405"],
    [{ b: [2, 3], a: 1 }, "a26161016162820203"],
    [{ aa: 1, b: 2 }, "a261620262616101"],
  ])("%s is %s", (value, hex) => {
    expect(toHex(encode(value))).toBe(hex);
    expect(decode(fromHex(hex), LIMITS)).toEqual(value);
  });

  test("what was encoded comes back, and encodes to the same bytes", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = encode(value);
        const back = decode(bytes, { maxBytes: 1 << 20, maxDepth: 16 });
        expect(back).toEqual(value);
        expect(encode(back)).toEqual(bytes);
        expect(bytes).toEqual(encodeSlowly(value, { cde: true }));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test("the order of keys does not matter", () => {
    expect(encode({ a: 1, b: 2, aa: 3 })).toEqual(encode({ aa: 3, b: 2, a: 1 }));
  });

  test("no bytes decode to a value that encodes to others", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const reading = readCbor(bytes, LIMITS);
        if (reading.ok) expect(encode(reading.value)).toEqual(bytes);
      }),
      { seed: 8, numRuns: 5_000 },
    );
  });

  test("no canonical bytes with one byte changed decode to a value that encodes to others", () => {
    fc.assert(
      fc.property(anyValue, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, place, change) => {
        const bytes = encode(value);
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const reading = readCbor(bytes, { maxBytes: 1 << 20, maxDepth: 16 });
        if (reading.ok) expect(encodeSlowly(reading.value, { cde: true })).toEqual(bytes);
      }),
      { seed: 9, numRuns: 5_000 },
    );
  });

  test.each([
    ["a byte order mark", "\uFEFFa"],
    ["a long text that begins with one", `\uFEFF${"a".repeat(40)}`],
    ["the replacement character", "\uFFFD"],
    ["half of what one byte can say", "\u0080"],
  ])("%s comes back as it was", (_, text) => {
    expect(decode(encode(text), LIMITS)).toBe(text);
    expect(decode(encode({ [text]: 1 }), LIMITS)).toEqual({ [text]: 1 });
  });

  test.each([
    ["an integer longer than need be", "1817"],
    ["a length longer than need be", "590001ff"],
    ["an array of indefinite length", "9f01ff"],
    ["a text of indefinite length", "7f6161ff"],
    ["keys out of order", "a2616202616101"],
    ["a key twice", "a2616101616102"],
    ["a key __proto__ twice", "a2695f5f70726f746f5f5f01695f5f70726f746f5f5f02"],
    ["keys of one length out of order", "a263c3bc620163c3bc6102"],
    ["a map of indefinite length", "bf616101ff"],
    ["bytes of indefinite length", "5f4101ff"],
    ["a long integer of eight bytes", "1b00000000ffffffff"],
    ["a small bignum", "c24101"],
  ])("%s is not canonical", (_, hex) => {
    const reading = readCbor(fromHex(hex), LIMITS);
    expect(reading.ok).toBe(false);
    expect(reading).toMatchObject({ fault: hex === "c24101" ? "Malformed" : "NotCanonical" });
  });

  test.each([
    ["a float", "f93c00"],
    ["a float that is an integer", "fb3ff0000000000000"],
    ["undefined", "f7"],
    ["a simple value", "f0"],
    ["a tag", "c11a514b67b0"],
    ["a self-described value", "d9d9f700"],
    ["a key that is an integer", "a10102"],
    ["a key that is an array", "a1818002"],
    ["text that is not UTF-8", "62c328"],
    ["a byte that is no UTF-8", "61ff"],
    ["long text that is not UTF-8", `7828${"61".repeat(39)}ff`],
    ["a key that is not UTF-8", "a161ff01"],
    ["text in a form longer than need be", "62c1a1"],
    ["half of a surrogate pair", "63eda080"],
    ["less than announced", "4401"],
    ["an array of more items than there are", "9b7fffffffffffffff00"],
    ["more than one item", "0000"],
    ["nothing", ""],
    ["a lone break", "ff"],
  ])("%s is malformed", (_, hex) => {
    expect(readCbor(fromHex(hex), LIMITS)).toMatchObject({ ok: false, fault: "Malformed" });
    expect(failure(() => decode(fromHex(hex), LIMITS)).code).toBe("NotAdmitted");
  });

  test("size and depth are bounded at their limits", () => {
    const long = encode(new Uint8Array(LIMITS.maxBytes - 3));
    expect(long).toHaveLength(LIMITS.maxBytes);
    expect(readCbor(long, LIMITS).ok).toBe(true);
    const longer = encode(new Uint8Array(LIMITS.maxBytes - 2));
    expect(readCbor(longer, LIMITS)).toMatchObject({ fault: "TooLarge" });
    for (const open of ["81", "a16161"]) {
      expect(readCbor(fromHex(`${open.repeat(4)}00`), LIMITS).ok).toBe(true);
      expect(readCbor(fromHex(`${open.repeat(5)}00`), LIMITS)).toMatchObject({
        fault: "Malformed",
      });
    }
    const bomb = new Uint8Array(1024).fill(0x81);
    expect(readCbor(bomb, { maxBytes: 1 << 20, maxDepth: 16 }).ok).toBe(false);
  });

  test("a key __proto__ is a key like any other", () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"admin": true}}');
    const value = decode(encode(hostile), LIMITS);
    expect(Object.keys(value ?? {})).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value).not.toHaveProperty("admin");
  });

  test("decoded values share no memory with the input, and are frozen", () => {
    const bytes = encode({ data: Uint8Array.of(1, 2, 3), list: [1] });
    const value = decode(bytes, LIMITS);
    bytes.fill(0);
    expect(value).toEqual({ data: Uint8Array.of(1, 2, 3), list: [1] });
    expect(Object.isFrozen(value)).toBe(true);
    const buffer = Buffer.from(encode({ data: Uint8Array.of(1, 2, 3) }));
    const read = decode(buffer, LIMITS);
    buffer.fill(0);
    expect(read).toEqual({ data: Uint8Array.of(1, 2, 3) });
    expect(Buffer.isBuffer(encode(read))).toBe(false);
  });

  test("a Node buffer encodes as its bytes, minus zero as zero", () => {
    expect(encode(Buffer.from([1, 2]))).toEqual(encode(Uint8Array.of(1, 2)));
    expect(encode(-0)).toEqual(encode(0));
  });

  test.each([
    ["undefined", { a: undefined }],
    ["a float", 0.5],
    ["an unsafe integer", 2 ** 53],
    ["a bigint of 65 bits", 2n ** 64n],
    ["a date", new Date(0)],
    ["a map", new Map()],
    ["a function", () => 1],
    ["half of a surrogate pair", "\ud800"],
    ["a hole", Array.from({ length: 2 })],
  ])("%s cannot be encoded", (_, value) => {
    expect(failure(() => encode(value)).code).toBe("InvalidInput");
  });

  test("a value that contains itself cannot be encoded", () => {
    const value: { self?: unknown } = {};
    value.self = value;
    expect(failure(() => encode(value)).code).toBe("InvalidInput");
  });
});
