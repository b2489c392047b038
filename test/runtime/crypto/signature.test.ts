import { ed25519, ED25519_TORSION_SUBGROUP } from "@noble/curves/ed25519.js";
import { bytesToNumberLE, numberToBytesLE } from "@noble/curves/utils.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";

import { fromHex } from "../../../runtime/crypto/hash.ts";
import {
  checkPublicKey,
  nativeSignatures,
  portableSignatures,
  signatures,
} from "../../../runtime/crypto/signature.ts";
import { wellFormed } from "../../../runtime/crypto/signature-scheme.ts";
import divergence from "../../vectors/ed25519-divergence.json" with { type: "json" };
import rfc8032 from "../../vectors/rfc8032-ed25519.json" with { type: "json" };
import { flipped, refusal } from "./refusal.ts";

const native = nativeSignatures();
if (native === undefined) throw new Error("these tests compare with Node's own cryptography");

const { Point } = ed25519;
const implementations = [
  ["native", native],
  ["portable", portableSignatures],
  ["default", signatures],
] as const;
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const message = utf8ToBytes("a message");

/** Signs with any scalar and adds any point to the key, as only a cheat does. */
function crafted(scalar: bigint, torsionOfKey: string, torsionOfNonce: string) {
  const secret = Point.Fn.create(scalar) || 1n;
  const key = Point.BASE.multiply(secret).add(Point.fromHex(torsionOfKey)).toBytes();
  const nonce = Point.BASE.multiply(7n).add(Point.fromHex(torsionOfNonce)).toBytes();
  const k = Point.Fn.create(bytesToNumberLE(sha512(concatBytes(nonce, key, message))));
  const s = Point.Fn.add(7n, Point.Fn.mul(k, secret));
  return { key, signature: concatBytes(nonce, Point.Fn.toBytes(s)) };
}

describe.each(implementations)("%s signatures", (_, scheme) => {
  it.each(rfc8032.vectors)("give the vectors of RFC 8032: $publicKey", (vector) => {
    const pair = scheme.keyPair(fromHex(vector.secretKey));
    expect(pair.publicKey).toEqual(fromHex(vector.publicKey));
    expect(pair.secretKey).toEqual(fromHex(vector.secretKey));
    const signature = scheme.sign(pair.secretKey, fromHex(vector.message));
    expect(signature).toEqual(fromHex(vector.signature));
    expect(scheme.verify(pair.publicKey, fromHex(vector.message), signature)).toBe(true);
  });

  it.each(divergence.cases)("give one verdict where verifiers differ: $name", (vector) => {
    expect(
      scheme.verify(fromHex(vector.publicKey), fromHex(vector.message), fromHex(vector.signature)),
    ).toBe(vector.valid);
  });

  it("refuse a signature with S + ℓ, an equal one in longer form", () => {
    const pair = scheme.keyPair(new Uint8Array(32).fill(5));
    const signature = scheme.sign(pair.secretKey, message);
    const s = bytesToNumberLE(signature.subarray(32)) + Point.Fn.ORDER;
    const longer = concatBytes(signature.subarray(0, 32), numberToBytesLE(s, 32));
    expect(scheme.verify(pair.publicKey, message, longer)).toBe(false);
  });

  it.each([
    ["a short key", 31, 64],
    ["a long key", 33, 64],
    ["no key", 0, 64],
    ["a short signature", 32, 63],
    ["a long signature", 32, 65],
    ["no signature", 32, 0],
  ])("do not verify under %s", (_name, keyLength, signatureLength) => {
    const [key, signature] = [new Uint8Array(keyLength), new Uint8Array(signatureLength)];
    expect(scheme.verify(key, message, signature)).toBe(false);
  });

  it("refuse a seed of another length", async () => {
    expect((await refusal(() => scheme.keyPair(new Uint8Array(31)))).code).toBe("InvalidInput");
    expect((await refusal(() => scheme.sign(new Uint8Array(64), message))).code).toBe(
      "InvalidInput",
    );
  });
});

describe("native signatures", () => {
  it("are not there where the host has no Node cryptography, as in browsers", () => {
    const host = vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined);
    expect(nativeSignatures()).toBeUndefined();
    host.mockRestore();
    vi.stubGlobal("process", undefined);
    expect(nativeSignatures()).toBeUndefined();
    vi.unstubAllGlobals();
    expect(nativeSignatures()).toBeDefined();
  });
});

describe("wellFormed", () => {
  it("bounds S by the group order, whatever the library behind does", () => {
    const key = Point.BASE.toBytes();
    const withS = (s: bigint) => concatBytes(key, numberToBytesLE(s, 32));
    expect(wellFormed(key, withS(Point.Fn.ORDER - 1n))).toBe(true);
    expect(wellFormed(key, withS(Point.Fn.ORDER))).toBe(false);
    expect(wellFormed(key, withS(2n ** 256n - 1n))).toBe(false);
  });
});

describe("native and portable signatures", () => {
  it("sign alike, verify each other's, and refuse any change alike", () => {
    fc.assert(
      fc.property(
        bytes32,
        fc.uint8Array({ maxLength: 100 }),
        fc.nat(95),
        fc.integer({ min: 1, max: 255 }),
        (seed, text, index, mask) => {
          const pair = native.keyPair(seed);
          expect(portableSignatures.keyPair(seed)).toEqual(pair);
          const signature = native.sign(seed, text);
          expect(portableSignatures.sign(seed, text)).toEqual(signature);
          expect(portableSignatures.verify(pair.publicKey, text, signature)).toBe(true);
          const both = flipped(concatBytes(pair.publicKey, signature), index, mask);
          const [key, changed] = [both.slice(0, 32), both.slice(32)];
          expect(native.verify(key, text, changed)).toBe(false);
          expect(portableSignatures.verify(key, text, changed)).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("agree on keys and nonces with parts of small order", () => {
    const torsion = fc.constantFrom(...ED25519_TORSION_SUBGROUP);
    const verdicts = new Set<boolean>();
    fc.assert(
      fc.property(fc.bigInt(1n, 2n ** 250n), torsion, torsion, (scalar, ofKey, ofNonce) => {
        const { key, signature } = crafted(scalar, ofKey, ofNonce);
        const verdict = native.verify(key, message, signature);
        verdicts.add(verdict);
        expect(portableSignatures.verify(key, message, signature)).toBe(verdict);
      }),
      { numRuns: 200 },
    );
    expect(verdicts.size).toBe(2);
  });

  it("agree on keys that are not in lowest terms or of small order, whatever the sign", () => {
    const field = Point.Fp.ORDER;
    const small = ED25519_TORSION_SUBGROUP.map((hex) => fromHex(hex));
    const high = Array.from({ length: 19 }, (_, i) => numberToBytesLE(field + BigInt(i), 32));
    // R = B, S = 1 verifies under the identity, which OpenSSL accepts in all of its encodings.
    const signature = concatBytes(Point.BASE.toBytes(), numberToBytesLE(1n, 32));
    for (const key of [...small, ...high].flatMap((k) => [k, flipped(k, 31, 0x80)])) {
      expect(native.verify(key, message, signature)).toBe(false);
      expect(portableSignatures.verify(key, message, signature)).toBe(false);
    }
  });

  it("agree on random keys, half of which are not on the curve", () => {
    const signature = portableSignatures.sign(new Uint8Array(32).fill(1), message);
    fc.assert(
      fc.property(bytes32, (key) => {
        expect(native.verify(key, message, signature)).toBe(false);
        expect(portableSignatures.verify(key, message, signature)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});

describe("checkPublicKey", () => {
  const honest = native.keyPair(new Uint8Array(32).fill(3)).publicKey;

  it("admits keys that keyPair gives", () => {
    expect(() => checkPublicKey(honest)).not.toThrow();
  });

  it.each([
    ["of another length", honest.subarray(1)],
    ["of small order", Point.ZERO.toBytes()],
    ["not in lowest terms", numberToBytesLE(Point.Fp.ORDER + 3n, 32)],
    ["not on the curve", numberToBytesLE(2n, 32)],
    [
      "with a part of small order",
      Point.fromBytes(honest)
        .add(Point.fromHex(ED25519_TORSION_SUBGROUP[1] ?? ""))
        .toBytes(),
    ],
  ])("refuses one %s", async (_name, key) => {
    expect((await refusal(() => checkPublicKey(key))).code).toBe("NotAdmitted");
  });
});
