/** Genesis with a member that cheats: it is named, with the evidence, and no key comes of it. */
import { ristretto255_FROST } from "@noble/curves/ed25519.js";
import { describe, expect, it } from "vitest";
import type { PayloadOf, Script } from "../../../dsl/index.ts";
import type { Opening } from "../../../protocols/genesis/context.ts";
import { encodeDeal } from "../../../protocols/genesis/deal.ts";
import { sealShare } from "../../../protocols/genesis/sealed-share.ts";
import { genesisScripts } from "../../../protocols/index.ts";
import type { CommitGenesis, ConfirmGenesis, DealGenesis } from "../../../protocols/index.ts";
import { seededEntropy } from "../../../runtime/crypto/entropy.ts";
import { errorOf, found } from "../../runtime/stage.ts";
import { lying, silentAt } from "../lying.ts";
import { runGenesis } from "./run.ts";

type Commit = PayloadOf<typeof CommitGenesis>;
type Deal = PayloadOf<typeof DealGenesis>;
type Confirm = PayloadOf<typeof ConfirmGenesis>;

const { member } = genesisScripts;

/** What a member would commit to and deal that has chosen another polynomial. */
function otherPackage(dealer: number): Uint8Array {
  const random = seededEntropy("another polynomial");
  const made = ristretto255_FROST.DKG.round1(
    ristretto255_FROST.Identifier.fromNumber(dealer),
    { min: 2, max: 3 },
    undefined,
    (length = 32) => Uint8Array.from(random(length)),
  );
  return encodeDeal(made.public);
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}

/** Bob seals carol something else than her share. */
function dealing(change: (share: Uint8Array) => Uint8Array): Script {
  return lying(member, "Deal", async ({ sealed }: Deal, context: Opening) => ({
    sealed: await Promise.all(
      sealed.map(async (each) => {
        if (each.to !== "carol") return each;
        return sealShare(context, { to: "carol", share: change(new Uint8Array(32).fill(1, 0, 1)) });
      }),
    ),
  }));
}

describe("a member that cheats is named, and the session ends", () => {
  it.each<[string, string, string, Script]>([
    [
      "a proof of knowledge that does not hold",
      "Commit",
      "BadProofOfKnowledge",
      lying(member, "Commit", ({ package: bytes }: Commit) => ({ package: flipped(bytes, 96) })),
    ],
    [
      "somebody else's package",
      "Commit",
      "BadProofOfKnowledge",
      lying(member, "Commit", () => ({ package: otherPackage(3) })),
    ],
    [
      "a package of another threshold",
      "Commit",
      "MalformedPackage",
      lying(member, "Commit", ({ package: bytes }: Commit) => ({ package: bytes.slice(32) })),
    ],
    [
      "a package with the identity in it",
      "Commit",
      "MalformedPackage",
      lying(member, "Commit", ({ package: bytes }: Commit) => ({
        package: bytes.slice().fill(0, 32, 64),
      })),
    ],
    [
      "a package that is too long for any",
      "Commit",
      "MalformedPayload",
      lying(member, "Commit", () => ({ package: new Uint8Array(4000) })),
    ],
    [
      "a public package that nobody else arrived at",
      "Confirm",
      "PackageMismatch",
      lying(member, "Confirm", (): Confirm => ({ packageHash: new Uint8Array(32) })),
    ],
  ])("%s: all others see it", async (_, step, reason, bob) => {
    const { stage, endings, events } = await runGenesis(2, 3, bob);
    const { hash } = found(events.find((event) => event.step === step && event.author === "bob"));
    for (const index of [0, 2]) {
      const error = errorOf(endings[index]);
      expect(error).toMatchObject({ code: "Rejected", where: { step } });
      expect(error.blamed).toEqual([{ device: "bob", reason, evidence: [hash] }]);
    }
    expect(stage.clock.epoch()).toBe(0);
  });

  it.each<[string, string, Script]>([
    ["a share off the polynomial", "BadShare", dealing((share) => share)],
    ["a share that is no scalar", "BadShare", dealing((share) => share.fill(255))],
    ["a share of zero length", "BadShare", dealing(() => new Uint8Array())],
    [
      "a ciphertext that does not open",
      "UnreadableShare",
      lying(member, "Deal", ({ sealed }: Deal) => ({
        sealed: sealed.map(({ to, ciphertext }) => ({ to, ciphertext: flipped(ciphertext, 40) })),
      })),
    ],
    [
      "one member's share to another",
      "UnreadableShare",
      lying(member, "Deal", ({ sealed }: Deal) => ({
        sealed: sealed.map(({ ciphertext }, index) => ({
          to: found(sealed[(index + 1) % sealed.length]).to,
          ciphertext,
        })),
      })),
    ],
    [
      "nothing for one member",
      "UnreadableShare",
      lying(member, "Deal", ({ sealed }: Deal) => ({
        sealed: sealed.filter(({ to }) => to !== "carol"),
      })),
    ],
  ])("%s: its receiver sees it, and tells the others", async (_, reason, bob) => {
    const { stage, endings, events } = await runGenesis(2, 3, bob);
    const { hash } = found(events.find(({ step, author }) => step === "Deal" && author === "bob"));
    const blame = { device: "bob", reason, evidence: [hash] };
    const error = errorOf(endings[2]);
    expect(error).toMatchObject({ code: "Rejected", where: { step: "Deal" }, blamed: [blame] });
    expect(["Rejected", "Aborted"]).toContain(errorOf(endings[0]).code);
    const told = found(
      events.find(({ type, author }) => type === "AbortGenesis" && author === "carol"),
    );
    expect(told.payload).toMatchObject({ blamed: [blame] });
    expect(stage.clock.epoch()).toBe(0);
  });

  it("not for saying nothing: it is waited for, and named without blame", async () => {
    const { endings } = await runGenesis(2, 3, silentAt(member, "Commit"));
    for (const index of [0, 2]) {
      expect(errorOf(endings[index])).toMatchObject({
        code: "Timeout",
        what: "2 of 3 came by epoch 20; not heard from: bob",
        blamed: [],
      });
    }
  });
});
