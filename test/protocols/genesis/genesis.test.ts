/** Genesis among devices: all hold shares of one key that nobody has, or the cheat is named. */
import { ristretto255, ristretto255_FROST } from "@noble/curves/ed25519.js";
import { beforeAll, describe, expect, it } from "vitest";
import type { PayloadOf, Script } from "../../../dsl/index.ts";
import type { Opening } from "../../../protocols/genesis/context.ts";
import { encodeDeal } from "../../../protocols/genesis/deal.ts";
import { sealShare } from "../../../protocols/genesis/sealed-share.ts";
import { genesisScripts, packageHash } from "../../../protocols/index.ts";
import type { CommitGenesis, ConfirmGenesis, DealGenesis, KeyShare } from "../../../protocols/index.ts";
import { seededEntropy } from "../../../runtime/crypto/entropy.ts";
import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import { networkOf, orderOf, untilOverAll } from "../../runtime/network.ts";
import { deviceNames, errorOf, found, outcomeOf, stageOf, untilOver } from "../../runtime/stage.ts";
import type { Ending, Stage } from "../../runtime/stage.ts";
import { dkdSession, deriveAll, generate, genesisSession, keyOf, referenceKey, shareOf, undivided } from "../fleet.ts";
import { leaksOf } from "../leaks.ts";
import { lying, silentAt } from "../lying.ts";

type Commit = PayloadOf<typeof CommitGenesis>;
type Deal = PayloadOf<typeof DealGenesis>;
type Confirm = PayloadOf<typeof ConfirmGenesis>;

const { member } = genesisScripts;
const { Point } = ristretto255;

interface Run {
  readonly stage: Stage;
  readonly endings: readonly Ending[];
  readonly events: readonly SignedEvent[];
}

async function run(threshold: number, size: number, bob: Script = member): Promise<Run> {
  const stage = stageOf(size);
  const session = genesisSession(stage, threshold);
  const all = deviceNames.slice(0, size).map((device) =>
    generate(stage, session, device, device === "bob" ? bob : member),
  );
  await untilOver(stage);
  const endings = await Promise.all(all);
  return { stage, endings, events: stage.ledger("alice").events({ session: session.id }) };
}

describe.each([
  [2, 3],
  [3, 5],
  [2, 2],
])("a key for %i of %i", (threshold, size) => {
  let shares: readonly KeyShare[];
  let done: Run;

  beforeAll(async () => {
    done = await run(threshold, size);
    shares = done.endings.map(shareOf);
  });

  it("has one public package, at all members", () => {
    const [first] = shares;
    const { publicPackage } = found(first);
    for (const share of shares) expect(share.publicPackage).toEqual(publicPackage);
    expect(publicPackage).toMatchObject({ threshold, size });
    expect(publicPackage.verifyingShares).toHaveLength(size);
    expect(publicPackage.commitments).toHaveLength(threshold);
    const confirmed = done.events.filter(({ step }) => step === "Confirm");
    const hashes = confirmed.map(({ payload }) => payload);
    expect(hashes).toEqual(Array(size).fill({ packageHash: packageHash(publicPackage) }));
  });

  it("is shared: each has its own share, and together they are the key", () => {
    expect(shares.map(({ identifier }) => identifier)).toEqual(shares.map((_, index) => index + 1));
    const secrets = shares.map(({ secret }) => Point.Fn.fromBytes(Uint8Array.from(secret)));
    expect(new Set(secrets).size).toBe(size);
    const { verifyingShares, groupKey } = found(shares[0]).publicPackage;
    expect(secrets.map((secret) => Point.BASE.multiply(secret).toBytes())).toEqual(verifyingShares);
    for (const quorum of [shares.slice(0, threshold), shares.slice(-threshold), shares]) {
      expect(Point.BASE.multiply(Point.Fn.fromBytes(undivided(quorum))).toBytes()).toEqual(groupKey);
    }
  });

  it("was made without blame, and without time passing", () => {
    expect(done.endings.flatMap((ending) => outcomeOf(ending).blamed)).toEqual([]);
    expect(done.stage.clock.epoch()).toBe(0);
  });

  it("is nowhere on the ledger, and neither is a share of it or of a dealt secret", () => {
    const secrets = {
      key: undivided(shares),
      ...Object.fromEntries(shares.map(({ secret }, index) => [`share ${index}`, secret])),
    };
    const places = [...done.events.map(({ bytes }) => bytes), ...done.stage.notices];
    expect(leaksOf(places, secrets)).toEqual([]);
    const { groupKey } = found(shares[0]).publicPackage;
    expect(done.events).toHaveLength(size * 4);
    expect(leaksOf([{ groupKey }], { groupKey })).toEqual(["groupKey"]);
  });

  it("derives what its undivided form would derive", async () => {
    const stage = stageOf(size);
    const quorum = deviceNames.slice(-size).filter((name) => stage.devices.some(({ id }) => id === name));
    const session = dkdSession(stage, shares, quorum);
    const endings = await deriveAll(stage, session, shares, quorum);
    const reference = referenceKey(shares, session.params);
    for (const ending of endings) expect(keyOf(ending)).toEqual(reference);
  });
});

describe("sessions", () => {
  it("make another key each, and the same one when run again", async () => {
    const stage = stageOf(2);
    const groupKeys = async (keyset: string) => {
      const session = genesisSession(stage, 2, keyset);
      const endings = await Promise.all(["alice", "bob"].map((id) => generate(stage, session, id)));
      return endings.map((ending) => shareOf(ending).publicPackage.groupKey.join());
    };
    const [dkd, sig, again] = [await groupKeys("dkd"), await groupKeys("sig"), await groupKeys("dkd")];
    expect(again).toEqual(dkd);
    expect(new Set([...dkd, ...sig]).size).toBe(2);
  });

  it.each([0, 1, 2, 3])("end well whatever arrives first (order %i)", async (order) => {
    const stage = stageOf(3, "own");
    const session = genesisSession(stage, 2);
    const all = stage.devices.map(({ id }) => generate(stage, session, id));
    await untilOverAll(stage, networkOf(stage), orderOf(order));
    const keys = (await Promise.all(all)).map((ending) => shareOf(ending).publicPackage.groupKey.join());
    expect(new Set(keys).size).toBe(1);
  });
});

describe("a threshold that cannot be", () => {
  it.each([0, 1, 4, 1.5])("%f of 3: a clear error, and nothing is dealt", async (threshold) => {
    // A session's parameters have no fractions: this one fails even earlier.
    if (!Number.isInteger(threshold)) {
      await expect(run(threshold, 3)).rejects.toMatchObject({ code: "InvalidInput" });
      return;
    }
    const { endings, events } = await run(threshold, 3);
    for (const [index, ending] of endings.entries()) {
      const error = errorOf(ending);
      expect(error).toMatchObject({ code: "InvalidInput", where: { step: "Commit" } });
      expect(error.what).toBe(
        `a key cannot be made for ${threshold} of 3 members with ${deviceNames[index]} taking part`,
      );
      expect(error.todo).toBe("choose a threshold from 2 to the number of members, 3");
    }
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(["AbortGenesis"]));
  });
});

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
      sealed.map((each) => {
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
      lying(member, "Commit", ({ package: bytes }: Commit) => ({ package: bytes.slice().fill(0, 32, 64) })),
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
    const { stage, endings, events } = await run(2, 3, bob);
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
      lying(member, "Deal", ({ sealed }: Deal) => ({ sealed: sealed.filter(({ to }) => to !== "carol") })),
    ],
  ])("%s: its receiver sees it, and tells the others", async (_, reason, bob) => {
    const { stage, endings, events } = await run(2, 3, bob);
    const { hash } = found(events.find(({ step, author }) => step === "Deal" && author === "bob"));
    const blame = { device: "bob", reason, evidence: [hash] };
    const error = errorOf(endings[2]);
    expect(error).toMatchObject({ code: "Rejected", where: { step: "Deal" }, blamed: [blame] });
    expect(["Rejected", "Aborted"]).toContain(errorOf(endings[0]).code);
    const told = found(events.find(({ type, author }) => type === "AbortGenesis" && author === "carol"));
    expect(told.payload).toMatchObject({ blamed: [blame] });
    expect(stage.clock.epoch()).toBe(0);
  });

  it("a share dealt by a member that committed to nothing", async () => {
    const { endings } = await run(2, 3, silentAt(member, "Commit"));
    for (const index of [0, 2]) {
      expect(errorOf(endings[index])).toMatchObject({
        code: "Timeout",
        what: "2 of 3 came by epoch 20; not heard from: bob",
      });
    }
  });
});
