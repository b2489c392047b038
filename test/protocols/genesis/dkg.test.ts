import { ristretto255, ristretto255_FROST } from "@noble/curves/ed25519.js";
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";

import { blind, combine, evaluate, verifyEvaluation } from "../../../protocols/dkd/prf.ts";
import { packageFault, shareFault } from "../../../protocols/genesis/deal.ts";
import type { Received, Seat } from "../../../protocols/genesis/dkg.ts";
import { round1, round2, round3 } from "../../../protocols/genesis/dkg.ts";
import { packageHash, verifyingShareOf } from "../../../protocols/genesis/shared-key.ts";
import { seededEntropy } from "../../../runtime/crypto/entropy.ts";
import { fromHex, labelled, toHex } from "../../../runtime/crypto/hash.ts";
import vectors from "../../vectors/frost-dkg-ristretto255.json" with { type: "json" };
import { flipped, refusal } from "../../runtime/crypto/refusal.ts";
import { singleKeyOutput } from "../dkd/single-key.ts";

const { Point } = ristretto255;
const names = ["alice", "bob", "carol", "dave", "erin"];

const streamOf = (member: string) => seededEntropy("dkg", member);
const hashOf = (kind: string, author: string, to = "") => toHex(labelled(kind, author, to));

function seats(threshold: number, size: number): readonly Seat[] {
  const members = names.slice(0, size);
  return members.map((self) => ({ self, threshold, members }));
}

/** Every member's package. */
function show(all: readonly Seat[]): readonly Received[] {
  return all.map((seat) => ({
    author: seat.self,
    bytes: round1(seat, streamOf(seat.self)),
    hash: hashOf("package", seat.self),
  }));
}

/** What all others send to one member. */
function sendTo(to: string, all: readonly Seat[], shown: readonly Received[]): readonly Received[] {
  return all.flatMap((seat) =>
    round2(seat, streamOf(seat.self), shown)
      .filter((dealt) => dealt.to === to)
      .map(({ share }) => ({
        author: seat.self,
        bytes: share,
        hash: hashOf("share", seat.self, to),
      })),
  );
}

function run(threshold: number, size: number) {
  const all = seats(threshold, size);
  const shown = show(all);
  return all.map((seat) => round3(seat, streamOf(seat.self), shown, sendTo(seat.self, all, shown)));
}

/** The undivided key, which only a test may have. */
function undivided(keys: ReturnType<typeof run>, threshold: number): Uint8Array {
  return ristretto255_FROST.combineSecret(
    keys.slice(-threshold).map(({ identifier, secret }) => ({
      identifier: ristretto255_FROST.Identifier.fromNumber(identifier),
      signingShare: Uint8Array.from(secret),
    })),
    { min: threshold, max: keys.length },
  );
}

const all = seats(2, 3);
const [alice] = all;
if (alice === undefined) throw new Error("no seat");
const shown = show(all);
const sent = sendTo("alice", all, shown);
const changed = (
  received: readonly Received[],
  author: string,
  change: (bytes: Uint8Array) => Uint8Array,
) => received.map((r) => (r.author === author ? { ...r, bytes: change(r.bytes) } : r));

describe.each([
  [2, 2],
  [2, 3],
  [3, 5],
])("key generation for %i of %i", (threshold, size) => {
  const keys = run(threshold, size);
  const [first] = keys;
  if (first === undefined) throw new Error("no key");
  const shared = first.publicPackage;
  const secret = undivided(keys, threshold);

  it("gives everyone the same public package", () => {
    for (const { publicPackage } of keys) expect(publicPackage).toEqual(shared);
    expect(shared).toMatchObject({ threshold, size, groupKey: shared.commitments[0] });
    expect(shared.commitments).toHaveLength(threshold);
    expect(shared.verifyingShares).toHaveLength(size);
  });

  it("gives shares of the group key, each under its verifying share", () => {
    expect(Point.BASE.multiply(Point.Fn.fromBytes(secret)).toBytes()).toEqual(shared.groupKey);
    for (const { identifier, secret: share } of keys) {
      const wanted = Point.BASE.multiply(Point.Fn.fromBytes(share)).toBytes();
      expect(verifyingShareOf(shared, identifier)).toEqual(wanted);
    }
    expect(new Set(keys.map((key) => toHex(key.secret))).size).toBe(size);
  });

  it("makes a key that the threshold function agrees with", () => {
    const input = utf8ToBytes("input");
    const random = seededEntropy("dkg", "prf");
    const { blinded, blindScalar } = blind(input, random);
    const values = keys.slice(0, threshold).map((key) => {
      const verifyingShare = verifyingShareOf(shared, key.identifier);
      const value = evaluate(key, verifyingShare, blinded, random);
      expect(verifyEvaluation(verifyingShare, blinded, value)).toBe(true);
      return { identifier: key.identifier, ...value };
    });
    const wanted = singleKeyOutput(secret, input);
    expect(combine(values, threshold, input, blindScalar)).toEqual(wanted);
  });
});

describe("a device that restarts", () => {
  it("deals the same polynomial again from the same stream", () => {
    expect(round1(alice, streamOf("alice"))).toEqual(shown[0]?.bytes);
    const dealt = () => round2(alice, streamOf("alice"), shown);
    expect(dealt()).toEqual(dealt());
    expect(dealt().map(({ to }) => to)).toEqual(["bob", "carol"]);
  });

  it.each([
    ["another stream", () => round2(alice, streamOf("bob"), shown)],
    [
      "a stream not read from its beginning",
      () => {
        const used = streamOf("alice");
        used(1);
        return round3(alice, used, shown, sent);
      },
    ],
    ["its own package missing", () => round2(alice, streamOf("alice"), shown.slice(1))],
  ])("is stopped with %s", async (_name, work) => {
    expect((await refusal(work)).code).toBe("InvalidState");
  });
});

describe("cheating", () => {
  const identity = new Uint8Array(32);
  const blameOf = async (work: () => unknown) => {
    const error = await refusal(work);
    expect(error.code).toBe("Rejected");
    return error.blamed;
  };
  const bobShow = (reason: string) => [
    { device: "bob", reason, evidence: [hashOf("package", "bob")] },
  ];

  it.each([
    ["too few commitments", "MalformedPackage", (b: Uint8Array) => b.slice(32)],
    ["too many commitments", "MalformedPackage", (b: Uint8Array) => concatBytes(b.slice(0, 32), b)],
    ["nothing", "MalformedPackage", () => new Uint8Array(0)],
    [
      "the identity as its secret's commitment",
      "MalformedPackage",
      (b: Uint8Array) => concatBytes(identity, b.slice(32)),
    ],
    [
      "a polynomial of lower degree",
      "MalformedPackage",
      (b: Uint8Array) => concatBytes(b.slice(0, 32), identity, b.slice(64)),
    ],
    [
      "a commitment that is not an element",
      "MalformedPackage",
      (b: Uint8Array) => concatBytes(b.slice(0, 32), new Uint8Array(32).fill(255), b.slice(64)),
    ],
    [
      "the identity as its proof's nonce",
      "MalformedPackage",
      (b: Uint8Array) => concatBytes(b.slice(0, 64), identity, b.slice(96)),
    ],
    [
      "a response that is not reduced",
      "MalformedPackage",
      (b: Uint8Array) => concatBytes(b.slice(0, 96), new Uint8Array(32).fill(255)),
    ],
    ["a wrong response", "BadProofOfKnowledge", (b: Uint8Array) => flipped(b, 96)],
    [
      "the secret's commitment of another polynomial",
      "BadProofOfKnowledge",
      (b: Uint8Array) => concatBytes(Point.BASE.toBytes(), b.slice(32)),
    ],
    [
      "the whole package of another member",
      "BadProofOfKnowledge",
      () => shown[2]?.bytes ?? identity,
    ],
  ])("in the first round, showing %s, is blamed on its author", async (_name, reason, change) => {
    const seen = changed(shown, "bob", change);
    expect(await blameOf(() => round2(alice, streamOf("alice"), seen))).toEqual(bobShow(reason));
    expect(await blameOf(() => round3(alice, streamOf("alice"), seen, sent))).toEqual(
      bobShow(reason),
    );
  });

  it.each([
    ["that is off by one", (b: Uint8Array) => flipped(b, 0)],
    ["of zero", () => new Uint8Array(32)],
    ["that is not reduced", () => new Uint8Array(32).fill(255)],
    ["that is short", (b: Uint8Array) => b.slice(1)],
    ["that is long", (b: Uint8Array) => concatBytes(b, Uint8Array.of(0))],
    [
      "meant for another member",
      () => sendTo("bob", all, shown).find((r) => r.author === "carol")?.bytes ?? identity,
    ],
  ])("in the second round, sending a share %s, is blamed on its dealer", async (_name, change) => {
    const got = changed(sent, "carol", change);
    expect(await blameOf(() => round3(alice, streamOf("alice"), shown, got))).toEqual([
      { device: "carol", reason: "BadShare", evidence: [hashOf("share", "carol", "alice")] },
    ]);
  });

  it("by several is blamed on all of them", async () => {
    const seen = changed(
      changed(shown, "bob", (b) => b.slice(1)),
      "carol",
      (b) => flipped(b, 96),
    );
    const blamed = await blameOf(() => round2(alice, streamOf("alice"), seen));
    expect(blamed.map(({ device, reason }) => [device, reason])).toEqual([
      ["bob", "MalformedPackage"],
      ["carol", "BadProofOfKnowledge"],
    ]);
    const got = changed(
      changed(sent, "bob", (b) => flipped(b, 0)),
      "carol",
      (b) => flipped(b, 0),
    );
    const dealers = await blameOf(() => round3(alice, streamOf("alice"), shown, got));
    expect(dealers.map(({ device }) => device)).toEqual(["bob", "carol"]);
  });

  it("is not shown in the message: no byte of a share is", async () => {
    const got = changed(sent, "carol", (b) => flipped(b, 0));
    const { message } = await refusal(() => round3(alice, streamOf("alice"), shown, got));
    for (const { bytes } of [...sent, ...got]) expect(message).not.toContain(toHex(bytes));
  });
});

describe("what does not fit", () => {
  it.each([
    ["a threshold of 1", { ...alice, threshold: 1 }],
    ["a threshold over the size", { ...alice, threshold: 4 }],
    ["a threshold that is no integer", { ...alice, threshold: 2.5 }],
    ["one member", { ...alice, members: ["alice"] }],
    [
      "65 members",
      { ...alice, members: ["alice", ...Array.from({ length: 64 }, (_, i) => `d${i}`)] },
    ],
    ["a member twice", { ...alice, members: ["alice", "bob", "bob"] }],
    ["oneself missing", { ...alice, self: "mallory" }],
  ])("is refused: %s", async (_name, seat) => {
    expect((await refusal(() => round1(seat, streamOf("alice")))).code).toBe("InvalidInput");
  });

  it.each([
    ["a package missing", shown.slice(0, 2), sent],
    ["a package twice", [...shown, ...shown.slice(1, 2)], sent],
    ["a package from outside", [...shown.slice(0, 2), ...show(seats(2, 4)).slice(3)], sent],
    ["a share missing", shown, sent.slice(1)],
    ["the first share twice", shown, [...sent, ...sent.slice(0, 1)]],
    ["the last share twice", shown, [...sent, ...sent.slice(-1)]],
  ])("is refused: %s", async (_name, packages, shares) => {
    const work = () => round3(alice, streamOf("alice"), packages, shares);
    expect((await refusal(work)).code).toBe("InvalidInput");
  });
});

describe("the packages and shares of another implementation", () => {
  const packageOf = (m: (typeof vectors.members)[number]) =>
    concatBytes(...m.commitments.map((c) => fromHex(c)), fromHex(m.proofOfKnowledge));

  it.each(vectors.members)("have no fault: member $identifier", (member) => {
    expect(packageFault(member.identifier, packageOf(member), vectors.threshold)).toBeUndefined();
    const sharesFrom: Readonly<Record<string, string | undefined>> = member.sharesFrom;
    for (const dealer of vectors.members) {
      const share = sharesFrom[dealer.identifier];
      if (share === undefined) continue;
      expect(
        shareFault(member.identifier, fromHex(share), packageOf(dealer), vectors.threshold),
      ).toBeUndefined();
    }
  });

  it.each(vectors.members)("are bound to their author: member $identifier", (member) => {
    const other = (member.identifier % 3) + 1;
    const fault = packageFault(other, packageOf(member), vectors.threshold);
    expect(fault).toBe("BadProofOfKnowledge");
  });
});

describe("packageHash", () => {
  const shared = run(2, 3)[0]?.publicPackage;
  if (shared === undefined) throw new Error("no package");

  it("changes with every part of the package", () => {
    const other = Point.BASE.toBytes();
    const packages = [
      shared,
      { ...shared, threshold: 3 },
      { ...shared, size: 4 },
      { ...shared, groupKey: other },
      { ...shared, verifyingShares: shared.verifyingShares.toReversed() },
      { ...shared, commitments: shared.commitments.with(1, other) },
      // The same bytes, cut at another place.
      {
        ...shared,
        verifyingShares: [...shared.verifyingShares, ...shared.commitments.slice(0, 1)],
        commitments: shared.commitments.slice(1),
      },
    ];
    expect(new Set(packages.map((each) => toHex(packageHash(each)))).size).toBe(packages.length);
    expect(packageHash({ ...shared })).toEqual(packageHash(shared));
    expect(packageHash(shared)).toHaveLength(32);
  });
});

describe("verifyingShareOf", () => {
  it.each([0, 4, -1, 1.5])("refuses member %s of three", async (identifier) => {
    const shared = run(2, 3)[0]?.publicPackage;
    if (shared === undefined) throw new Error("no package");
    expect((await refusal(() => verifyingShareOf(shared, identifier))).code).toBe("InvalidInput");
  });
});
