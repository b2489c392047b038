import { ristretto255, ristretto255_FROST } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";

import {
  blind,
  blindWith,
  combine,
  deriveKey,
  evaluate,
  prfInput,
  verifyEvaluation,
} from "../../../protocols/dkd/prf.ts";
import { seededEntropy } from "../../../runtime/crypto/entropy.ts";
import { fromHex, hkdf, toHex } from "../../../runtime/crypto/hash.ts";
import rfc9497 from "../../vectors/rfc9497-voprf.json" with { type: "json" };
import { flipped, refusal } from "../../runtime/crypto/refusal.ts";
import { singleKeyOutput } from "./single-key.ts";

const { Point } = ristretto255;
const { Fn } = Point;
const random = seededEntropy("prf");
const identity = new Uint8Array(32);
const orderBytes = fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

/** A key shared 3 of 5, and the key itself, which only a test may have. */
const key = Fn.toBytes(123_456_789_123_456_789n);
const coefficients = [Fn.fromBytes(key), 987_654_321n, 5_555_555_555n];
const shares = [1, 2, 3, 4, 5].map((identifier) => {
  const x = BigInt(identifier);
  const value = coefficients.reduceRight((sum, c) => Fn.add(Fn.mul(sum, x), c), 0n);
  return {
    identifier,
    secret: Fn.toBytes(value),
    verifyingShare: Point.BASE.multiply(value).toBytes(),
  };
});
const [share] = shares;
if (share === undefined) throw new Error("no share");

const input = prfInput({
  account: "account",
  keyset: "dkd",
  application: "mail",
  context: utf8ToBytes("inbox"),
});
const { blinded, blindScalar } = blind(input, random);
const values = shares.map((each) => ({
  identifier: each.identifier,
  ...evaluate(each, each.verifyingShare, blinded, random),
}));
const good = evaluate(share, share.verifyingShare, blinded, random);

function subsets<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) =>
    subsets(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]),
  );
}

describe("RFC 9497, A.1.2", () => {
  it.each(rfc9497.vectors)("blinds, evaluates, verifies and joins input $input", (vector) => {
    const [text, r] = [fromHex(vector.input), fromHex(vector.blind)];
    const element = fromHex(vector.blindedElement);
    const publicKey = fromHex(rfc9497.pkSm);
    expect(toHex(blindWith(text, r))).toBe(vector.blindedElement);
    const made = evaluate({ secret: fromHex(rfc9497.skSm) }, publicKey, element, random);
    expect(toHex(made.element)).toBe(vector.evaluationElement);
    const published = { element: made.element, proof: fromHex(vector.proof) };
    expect(verifyEvaluation(publicKey, element, published)).toBe(true);
    expect(verifyEvaluation(publicKey, element, made)).toBe(true);
    const output = combine([{ identifier: 1, element: made.element }], 1, text, r);
    expect(toHex(output)).toBe(vector.output);
  });
});

describe("prfInput", () => {
  const fields = { account: "a", keyset: "k", application: "app", context: utf8ToBytes("ctx") };

  it("differs when any field does, and when the same text is cut differently", () => {
    const inputs = [
      fields,
      { ...fields, account: "b" },
      { ...fields, keyset: "l" },
      { ...fields, application: "apq" },
      { ...fields, context: utf8ToBytes("cty") },
      { ...fields, account: "ak", keyset: "" },
      { ...fields, application: "appc", context: utf8ToBytes("tx") },
    ];
    expect(new Set(inputs.map((each) => toHex(prfInput(each)))).size).toBe(inputs.length);
    expect(prfInput({ ...fields })).toEqual(prfInput(fields));
  });

  it("is at most 65535 bytes", async () => {
    const overhead = prfInput({ ...fields, context: new Uint8Array(0) }).length;
    const fits = { ...fields, context: new Uint8Array(65_535 - overhead) };
    expect(prfInput(fits)).toHaveLength(65_535);
    const over = { ...fields, context: new Uint8Array(65_536 - overhead) };
    expect((await refusal(() => prfInput(over))).code).toBe("InvalidInput");
  });
});

describe("blind", () => {
  it("can be checked by whoever is given the scalar", () => {
    expect(blindWith(input, blindScalar)).toEqual(blinded);
    expect(blindWith(flipped(input, 0), blindScalar)).not.toEqual(blinded);
  });

  it("is another element each time", () => {
    expect(blind(input, random).blinded).not.toEqual(blinded);
  });

  it.each([
    ["zero", new Uint8Array(32)],
    ["the group order", orderBytes],
    ["short", new Uint8Array(31).fill(1)],
  ])("refuses a scalar that is %s", async (_name, scalar) => {
    expect((await refusal(() => blindWith(input, scalar))).code).toBe("Rejected");
    expect((await refusal(() => combine(values, 3, input, scalar))).code).toBe("Rejected");
  });
});

describe("evaluate", () => {
  it.each([
    ["the identity", identity],
    ["not canonical", new Uint8Array(32).fill(0xff)],
    ["not an element", Uint8Array.of(1, ...new Uint8Array(31))],
    ["short", blinded.subarray(1)],
  ])("refuses to evaluate what is %s", async (_name, element) => {
    const work = () => evaluate(share, share.verifyingShare, element, random);
    expect((await refusal(work)).code).toBe("Rejected");
  });

  it("never uses one nonce for two elements, even if its random stream repeats", () => {
    const other = blind(input, random).blinded;
    const stuck = (length: number) => new Uint8Array(length).fill(9);
    const nonces = [blinded, other].map((element) => {
      const { proof } = evaluate(share, share.verifyingShare, element, stuck);
      // s = r − c·k, so the nonce is r = s + c·k to one who has the share.
      const [c, s] = [Fn.fromBytes(proof.subarray(0, 32)), Fn.fromBytes(proof.subarray(32))];
      return Fn.add(s, Fn.mul(c, Fn.fromBytes(share.secret)));
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it("proves again with the same bytes from the same stream, as a restarted device must", () => {
    const again = () => evaluate(share, share.verifyingShare, blinded, seededEntropy("again"));
    expect(again()).toEqual(again());
    expect(again().proof).not.toEqual(good.proof);
  });
});

describe("verifyEvaluation", () => {
  it("accepts each share's own", () => {
    for (const [i, each] of shares.entries()) {
      const value = values[i];
      if (value === undefined) throw new Error("no value");
      expect(verifyEvaluation(each.verifyingShare, blinded, value)).toBe(true);
    }
  });

  it("refuses another share, another blinded element and another's element", () => {
    const [, second] = shares;
    const [, value] = values;
    if (second === undefined || value === undefined) throw new Error("no second share");
    expect(verifyEvaluation(second.verifyingShare, blinded, good)).toBe(false);
    expect(verifyEvaluation(share.verifyingShare, blind(input, random).blinded, good)).toBe(false);
    const mixed = { element: value.element, proof: good.proof };
    expect(verifyEvaluation(share.verifyingShare, blinded, mixed)).toBe(false);
  });

  it("refuses a change to any byte of element or proof", () => {
    for (let i = 0; i < 32; i += 1) {
      const forged = { ...good, element: flipped(good.element, i) };
      expect(verifyEvaluation(share.verifyingShare, blinded, forged)).toBe(false);
    }
    for (let i = 0; i < 64; i += 1) {
      const forged = { ...good, proof: flipped(good.proof, i) };
      expect(verifyEvaluation(share.verifyingShare, blinded, forged)).toBe(false);
    }
  });

  it("refuses the identity, even with a proof that holds for it", () => {
    // Share zero: the identity is zero times the blinded element, under the identity as key.
    expect(verifyEvaluation(identity, blinded, { ...good, element: identity })).toBe(false);
    expect(verifyEvaluation(share.verifyingShare, identity, good)).toBe(false);
    expect(verifyEvaluation(share.verifyingShare, blinded, { ...good, element: identity })).toBe(
      false,
    );
  });

  it.each([
    ["an empty element", { ...good, element: new Uint8Array(0) }],
    ["an element of 33 bytes", { ...good, element: Uint8Array.of(...good.element, 0) }],
    ["an empty proof", { ...good, proof: new Uint8Array(0) }],
    ["a proof of 65 bytes", { ...good, proof: Uint8Array.of(...good.proof, 0) }],
    [
      "a proof that is not reduced",
      { ...good, proof: Uint8Array.of(...good.proof.subarray(0, 32), ...orderBytes) },
    ],
  ])("refuses %s", (_name, evaluation) => {
    expect(verifyEvaluation(share.verifyingShare, blinded, evaluation)).toBe(false);
  });
});

describe("combine", () => {
  const wanted = singleKeyOutput(key, input);

  it("gives one output for all ten quorums of 3 of 5: that of the undivided key", () => {
    const quorums = subsets(values, 3);
    expect(quorums).toHaveLength(10);
    for (const quorum of quorums) {
      expect(combine(quorum, 3, input, blindScalar)).toEqual(wanted);
    }
  });

  it("takes more than a quorum, in any order", () => {
    expect(combine(values.toReversed(), 3, input, blindScalar)).toEqual(wanted);
  });

  it("gives the same output whatever the blinding", () => {
    const again = blind(input, random);
    const quorum = shares.slice(2).map((each) => ({
      identifier: each.identifier,
      ...evaluate(each, each.verifyingShare, again.blinded, random),
    }));
    expect(combine(quorum, 3, input, again.blindScalar)).toEqual(wanted);
  });

  it("gives nothing of use for a lower threshold than the key has", () => {
    expect(combine(values, 2, input, blindScalar)).not.toEqual(wanted);
  });

  it.each([
    ["fewer than the threshold", values.slice(0, 2), 3],
    ["none", [], 1],
    ["one share twice", [...values.slice(0, 2), ...values.slice(0, 1)], 3],
    ["a share numbered zero", values.slice(0, 3).map((v, i) => ({ ...v, identifier: i })), 3],
    ["a share numbered 1.5", [{ identifier: 1.5, element: blinded }], 1],
    ["a share numbered 65536", [{ identifier: 65_536, element: blinded }], 1],
    ["a threshold of zero", values, 0],
  ])("refuses %s", async (_name, some, threshold) => {
    const error = await refusal(() => combine(some, threshold, input, blindScalar));
    expect(error.code).toBe("InvalidInput");
  });

  it("refuses elements that are malformed or cancel out", async () => {
    const negated = Point.fromBytes(good.element).negate().toBytes();
    const bad = [
      [{ identifier: 1, element: identity }],
      [{ identifier: 1, element: new Uint8Array(32).fill(0xff) }],
      // λ1 = 2 and λ2 = −1, so 2·Z − 1·(2·Z) is the identity.
      [
        { identifier: 1, element: negated },
        { identifier: 2, element: Point.fromBytes(negated).double().toBytes() },
      ],
    ];
    for (const some of bad) {
      const error = await refusal(() => combine(some, some.length, input, blindScalar));
      expect(error.code).toBe("Rejected");
    }
  });

  it("agrees with shares that a FROST dealer makes", () => {
    const deal = ristretto255_FROST.trustedDealer({ min: 2, max: 3 }, undefined, key, (n = 32) =>
      Uint8Array.from(random(n)),
    );
    const dealt = [2, 3].map((identifier) => {
      const id = ristretto255_FROST.Identifier.fromNumber(identifier);
      const secret = deal.secretShares[id]?.signingShare;
      const verifyingShare = deal.public.verifyingShares[id];
      if (secret === undefined || verifyingShare === undefined) throw new Error("not dealt");
      return { identifier, ...evaluate({ secret }, verifyingShare, blinded, random) };
    });
    expect(combine(dealt, 2, input, blindScalar)).toEqual(wanted);
  });
});

describe("deriveKey", () => {
  const output = singleKeyOutput(key, input);

  it("is HKDF of the output under the protocol's salt, by purpose", () => {
    expect(deriveKey(output, "encryption", 32)).toEqual(
      hkdf(output, "aura/dkd/v1", "encryption", 32),
    );
    expect(deriveKey(output, "signing", 32)).not.toEqual(deriveKey(output, "encryption", 32));
    expect(deriveKey(output, "encryption", 64)).toHaveLength(64);
  });
});
