import { DhkemX25519HkdfSha256, CipherSuite, HkdfSha256 } from "@hpke/core";
import { Chacha20Poly1305 } from "@hpke/chacha20poly1305";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fromHex, toHex } from "../../../runtime/crypto/hash.ts";
import { publicKey, suite } from "../../../runtime/crypto/hpke-suite.ts";
import { open, seal, sealingKeyPair } from "../../../runtime/crypto/hpke.ts";
import rfc9180 from "../../vectors/rfc9180-base.json" with { type: "json" };
import { flipped, refusal } from "./refusal.ts";

const seed = (fill: number) => new Uint8Array(32).fill(fill);
const alice = sealingKeyPair(seed(1));
const bob = sealingKeyPair(seed(2));
const message = {
  recipient: alice.publicKey,
  info: "aura/test/v1",
  aad: utf8ToBytes("place"),
  plaintext: utf8ToBytes("a secret share"),
  entropy: seed(3),
};
const opening = { keyPair: alice, info: message.info, aad: message.aad };

/** Whether work is done after some turns of the microtask queue, without a turn of the event loop. */
async function settlesInMicrotasks(work: Promise<unknown>): Promise<boolean> {
  const turns = (async () => {
    for (let i = 0; i < 200; i += 1) await Promise.resolve();
    return false;
  })();
  const first = await Promise.race([work.then(() => true), turns]);
  await work;
  return first;
}

describe("RFC 9180, A.2.1", () => {
  it("derives both key pairs", () => {
    for (const [ikm, sk, pk] of [
      [rfc9180.ikmE, rfc9180.skEm, rfc9180.pkEm],
      [rfc9180.ikmR, rfc9180.skRm, rfc9180.pkRm],
    ] as const) {
      const pair = sealingKeyPair(fromHex(ikm));
      expect(toHex(pair.secretKey)).toBe(sk);
      expect(toHex(pair.publicKey)).toBe(pk);
    }
  });

  it("seals and opens the first message", async () => {
    const [first] = rfc9180.encryptions;
    if (first === undefined) throw new Error("no vector");
    const info = new TextDecoder().decode(fromHex(rfc9180.info));
    const [aad, plaintext] = [fromHex(first.aad), fromHex(first.pt)];
    const sealed = await seal({
      recipient: fromHex(rfc9180.pkRm),
      info,
      aad,
      plaintext,
      entropy: fromHex(rfc9180.ikmE),
    });
    expect(toHex(sealed)).toBe(rfc9180.enc + first.ct);
    const keyPair = sealingKeyPair(fromHex(rfc9180.ikmR));
    expect(await open({ keyPair, info, aad, sealed })).toEqual(plaintext);
  });

  it("numbers the messages of one context as the vectors do", async () => {
    const context = await suite.createSenderContext({
      recipientPublicKey: publicKey(fromHex(rfc9180.pkRm)),
      info: fromHex(rfc9180.info),
      ekm: fromHex(rfc9180.ikmE).slice().buffer,
    });
    const wanted = new Map(rfc9180.encryptions.map((e) => [e.seq, e]));
    for (let seq = 0; seq <= 256; seq += 1) {
      const vector = wanted.get(seq);
      const ct = await context.seal(fromHex(vector?.pt ?? ""), fromHex(vector?.aad ?? ""));
      if (vector !== undefined) expect(toHex(new Uint8Array(ct))).toBe(vector.ct);
    }
  });
});

describe("seal and open", () => {
  it("give the message back", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.uint8Array(),
        async (plaintext, aad) => {
          const sealed = await seal({ ...message, plaintext, aad });
          expect(sealed.length).toBe(plaintext.length + 48);
          expect(await open({ ...opening, aad, sealed })).toEqual(plaintext);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("seal the same bytes again from the same entropy, and others from other", async () => {
    const sealed = await seal(message);
    expect(await seal(message)).toEqual(sealed);
    expect(await seal({ ...message, entropy: seed(4) })).not.toEqual(sealed);
  });

  it("settle without a turn of the event loop, so that a simulation can be replayed", async () => {
    expect(await settlesInMicrotasks(seal(message))).toBe(true);
    const sealed = await seal(message);
    expect(await settlesInMicrotasks(open({ ...opening, sealed }))).toBe(true);
  });

  it("seal what WebCrypto's implementation seals", async () => {
    const native = new CipherSuite({
      kem: new DhkemX25519HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Chacha20Poly1305(),
    });
    const recipientPublicKey: unknown = await native.kem.deserializePublicKey(alice.publicKey);
    const { enc, ct } = await native.seal(
      {
        recipientPublicKey,
        info: utf8ToBytes(message.info),
        ekm: message.entropy.slice().buffer,
      },
      message.plaintext,
      message.aad,
    );
    expect(toHex(await seal(message))).toBe(toHex(new Uint8Array(enc)) + toHex(new Uint8Array(ct)));
  });

  it.each([
    ["another key", { keyPair: bob }],
    ["another purpose", { info: "aura/other/v1" }],
    ["another place", { aad: utf8ToBytes("elsewhere") }],
  ])("do not open with %s", async (_name, change) => {
    const sealed = await seal(message);
    expect((await refusal(() => open({ ...opening, sealed, ...change }))).code).toBe("Rejected");
  });

  it("do not open when any byte is changed, cut or added", async () => {
    const sealed = await seal(message);
    const changed = [
      ...[0, 30, 32, sealed.length - 1].map((i) => flipped(sealed, i)),
      sealed.subarray(0, -1),
      sealed.subarray(0, 47),
      new Uint8Array(0),
      Uint8Array.of(...sealed, 0),
      new Uint8Array(80), // An encapsulated key of small order.
    ];
    for (const each of changed) {
      const error = await refusal(() => open({ ...opening, sealed: each }));
      expect(error.code).toBe("Rejected");
      expect(error.message).not.toContain("secret share");
    }
  });

  it("refuse a recipient's key of small order", async () => {
    const smallOrder = { ...message, recipient: new Uint8Array(32) };
    expect((await refusal(() => seal(smallOrder))).code).toBe("NotAdmitted");
  });

  it.each([
    ["a short seed", () => sealingKeyPair(new Uint8Array(31))],
    ["a short recipient key", () => seal({ ...message, recipient: new Uint8Array(31) })],
    ["short entropy", () => seal({ ...message, entropy: new Uint8Array(16) })],
    ["a message over 1 MiB", () => seal({ ...message, plaintext: new Uint8Array(2 ** 20 + 1) })],
    [
      "a short key of one's own",
      () =>
        open({
          ...opening,
          keyPair: { ...alice, secretKey: new Uint8Array(1) },
          sealed: new Uint8Array(64),
        }),
    ],
  ])("refuse %s", async (_name, work) => {
    expect((await refusal(work)).code).toBe("InvalidInput");
  });
});
