import { scrypt } from "@noble/hashes/scrypt.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it, vi } from "vitest";

import { seededEntropy } from "../../../runtime/crypto/entropy.ts";
import { toHex } from "../../../runtime/crypto/hash.ts";
import { openAtRest, passphraseKey, sealAtRest } from "../../../runtime/crypto/vault.ts";
import { flipped, refusal } from "./refusal.ts";

const key = new Uint8Array(32).fill(1);
const aad = utf8ToBytes("device key of alice");
const secret = utf8ToBytes("the device's secret");
const random = seededEntropy("vault");
const sealed = sealAtRest(secret, key, aad, random);

describe("sealAtRest and openAtRest", () => {
  it("give the plaintext back, and do not show it", () => {
    expect(openAtRest(sealed, key, aad)).toEqual(secret);
    expect(toHex(sealed)).not.toContain(toHex(secret));
  });

  it("use a fresh nonce", () => {
    const again = sealAtRest(secret, key, aad, random);
    expect(again.subarray(5, 29)).not.toEqual(sealed.subarray(5, 29));
    expect(openAtRest(again, key, aad)).toEqual(secret);
  });

  it("do not open with another key or for another thing", async () => {
    const other = await refusal(() => openAtRest(sealed, flipped(key, 0), aad));
    expect(other.code).toBe("Storage");
    const elsewhere = await refusal(() => openAtRest(sealed, key, utf8ToBytes("bob")));
    expect(elsewhere.code).toBe("Storage");
  });

  it("do not open when any one byte is changed", async () => {
    for (let i = 0; i < sealed.length; i += 1) {
      const error = await refusal(() => openAtRest(flipped(sealed, i), key, aad));
      expect(error.code).toBe("Storage");
    }
  });

  it("do not open what is cut at any place", async () => {
    for (let length = 0; length < sealed.length; length += 1) {
      const error = await refusal(() => openAtRest(sealed.subarray(0, length), key, aad));
      expect(error.code).toBe("Storage");
    }
  });

  it("say that another version wrote it", async () => {
    const error = await refusal(() => openAtRest(flipped(sealed, 4, 3), key, aad));
    expect(error.what).toContain("version");
  });

  it("refuse a key of another length", async () => {
    const short = key.subarray(1);
    expect((await refusal(() => sealAtRest(secret, short, aad, random))).code).toBe("InvalidInput");
    expect((await refusal(() => openAtRest(sealed, short, aad))).code).toBe("InvalidInput");
  });
});

describe("passphraseKey", () => {
  const salt = new Uint8Array(16).fill(2);

  it("is scrypt of RFC 7914 with N = 2^17, r = 8, p = 1, of the passphrase in NFKC", () => {
    const composed = "caf\u00e9";
    const wanted = scrypt(composed, salt, { N: 2 ** 17, r: 8, p: 1, dkLen: 32 });
    expect(passphraseKey(composed, salt)).toEqual(wanted);
    expect(passphraseKey("cafe\u0301", salt)).toEqual(wanted);
    const host = vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined);
    expect(passphraseKey(composed, salt)).toEqual(wanted);
    expect(host).toHaveBeenCalledOnce();
    host.mockRestore();
    expect(passphraseKey(composed, flipped(salt, 0))).not.toEqual(wanted);
  });

  it("refuses an empty passphrase and a short salt", async () => {
    expect((await refusal(() => passphraseKey("", salt))).code).toBe("InvalidInput");
    expect((await refusal(() => passphraseKey("x", salt.subarray(1)))).code).toBe("InvalidInput");
  });
});
