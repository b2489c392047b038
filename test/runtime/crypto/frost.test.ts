/** FROST(Ed25519): published vectors through our own functions, and what must be refused. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { describe, expect, it } from "vitest";
import {
  edwardsOf,
  frostAggregate,
  frostCommit,
  frostShare,
  isFrostCommitment,
  verifyFrostShare,
} from "../../../runtime/crypto/frost.ts";
import { fromHex, toHex } from "../../../runtime/crypto/hash.ts";
import { signatures } from "../../../runtime/crypto/signature.ts";
import vectors from "../../vectors/frost-ed25519.json" with { type: "json" };
import { found } from "../stage.ts";
import { refusal } from "./refusal.ts";

const { Point } = ed25519;

function setting(vector: (typeof vectors)[number]) {
  const scalar = (hex: string) => Point.Fn.fromBytes(Uint8Array.from(fromHex(hex)));
  const shared = {
    threshold: vector.threshold,
    size: vector.size,
    groupKey: fromHex(vector.groupKey),
    verifyingShares: vector.shares.map((share) => Point.BASE.multiply(scalar(share)).toBytes()),
  };
  const secretOf = (identifier: number) => ({
    identifier,
    secret: fromHex(found(vector.shares[identifier - 1])),
  });
  const commitments = vector.signers.map(({ identifier, commitment }) => ({
    identifier,
    commitment: fromHex(commitment),
  }));
  return { shared, secretOf, commitments, message: fromHex(vector.message) };
}

const draws = (...hex: readonly string[]) => {
  const left = [...hex];
  return () => fromHex(found(left.shift()));
};

describe.each(vectors)("$source", (vector) => {
  const { shared, secretOf, commitments, message } = setting(vector);

  it("gives nonces, commitments, shares and the signature", () => {
    const shares = vector.signers.map((signer) => {
      const { identifier, hidingRandomness, bindingRandomness } = signer;
      const secret = secretOf(identifier);
      const drawn = frostCommit(secret, draws(hidingRandomness, bindingRandomness));
      expect(toHex(drawn.nonces)).toBe(signer.nonces);
      expect(toHex(drawn.commitment)).toBe(signer.commitment);
      const share = frostShare(shared, secret, drawn.nonces, commitments, message);
      expect(toHex(share)).toBe(signer.share);
      expect(drawn.nonces.every((byte) => byte === 0)).toBe(true);
      expect(verifyFrostShare(shared, commitments, message, { identifier, share })).toBe(true);
      return { identifier, share };
    });
    const signature = frostAggregate(shared, commitments, message, shares);
    expect(toHex(signature)).toBe(vector.signature);
    expect(signatures.verify(shared.groupKey, message, signature)).toBe(true);
  });

  it("verifies no share of another message, list, signer or length", () => {
    const [first, second] = vector.signers;
    const own = { identifier: found(first).identifier, share: fromHex(found(first).share) };
    const verify = (m = message, list = commitments, share = own) =>
      verifyFrostShare(shared, list, m, share);
    expect(verify()).toBe(true);
    expect(verify(Uint8Array.of(1))).toBe(false);
    expect(verify(message, commitments.slice(0, 1))).toBe(false);
    expect(verify(message, commitments, { ...own, identifier: found(second).identifier })).toBe(
      false,
    );
    expect(verify(message, commitments, { ...own, share: own.share.slice(1) })).toBe(false);
    const foreign = [...commitments, { ...found(commitments[0]), identifier: 4 }];
    expect(verify(message, foreign)).toBe(false);
  });
});

describe("a share", () => {
  const { shared, secretOf, commitments, message } = setting(found(vectors[0]));
  const { nonces } = found(found(vectors[0]).signers[0]);
  const sign = (own: Uint8Array, list = commitments) =>
    frostShare(shared, secretOf(1), own, list, message);

  it.each([
    ["nonces that are used", () => sign(new Uint8Array(64))],
    ["a list without its own commitment", () => sign(fromHex(nonces), commitments.slice(1))],
    [
      "a list with another commitment for it",
      () =>
        sign(fromHex(nonces), [
          { ...found(commitments[1]), identifier: 1 },
          ...commitments.slice(1),
        ]),
    ],
    [
      "a list with a number that has no share",
      () => sign(fromHex(nonces), [...commitments, { ...found(commitments[1]), identifier: 4 }]),
    ],
    ["a list with a number twice", () => sign(fromHex(nonces), [...commitments, ...commitments])],
  ])("is refused for %s", async (_, attempt) => {
    expect((await refusal(attempt)).code).toBe("InvalidInput");
  });

  it("that is bad joins to no signature", async () => {
    const shares = found(vectors[0]).signers.map(({ identifier }) => ({
      identifier,
      share: new Uint8Array(32).fill(1),
    }));
    const join = () => frostAggregate(shared, commitments, message, shares);
    expect((await refusal(join)).code).toBe("InvalidInput");
  });
});

describe("a commitment", () => {
  const good = Point.BASE.toBytes();
  // RFC 8032's curve has cofactor 8; the point of order two is (0, -1).
  const two = Point.fromAffine({ x: 0n, y: Point.Fp.create(-1n) });
  const mixed = Point.BASE.add(two).toBytes();
  // The encoding of 1 as p + 1, which is not canonical.
  const notCanonical = Uint8Array.from([0xee, ...new Uint8Array(30).fill(0xff), 0x7f]);
  const pair = (a: Uint8Array, b: Uint8Array) => Uint8Array.from([...a, ...b]);

  it("is two canonical points of prime order", () => {
    expect(isFrostCommitment(pair(good, good))).toBe(true);
    for (const bad of [Point.ZERO.toBytes(), two.toBytes(), mixed, notCanonical]) {
      expect(isFrostCommitment(pair(good, bad))).toBe(false);
      expect(isFrostCommitment(pair(bad, good))).toBe(false);
    }
    expect(isFrostCommitment(good)).toBe(false);
    expect(isFrostCommitment(Uint8Array.from([...pair(good, good), 0]))).toBe(false);
  });
});

describe("an element", () => {
  it("that is none, or the identity, is no key", async () => {
    for (const bad of [new Uint8Array(32), new Uint8Array(32).fill(255), new Uint8Array(31)]) {
      expect((await refusal(() => edwardsOf(bad))).code).toBe("InvalidInput");
    }
  });
});
