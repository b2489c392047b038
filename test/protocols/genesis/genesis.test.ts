/** Genesis among honest devices: all hold shares of one key that nobody has. */
import { ristretto255 } from "@noble/curves/ed25519.js";
import { beforeAll, describe, expect, it } from "vitest";
import type { PayloadOf } from "../../../dsl/index.ts";
import { openShare } from "../../../protocols/genesis/sealed-share.ts";
import { packageHash } from "../../../protocols/index.ts";
import type { CommitGenesis, DealGenesis, KeyShare } from "../../../protocols/index.ts";
import { networkOf, orderOf, untilOverAll } from "../../runtime/network.ts";
import { deviceNames, errorOf, found, outcomeOf, stageOf } from "../../runtime/stage.ts";
import * as fleet from "../fleet.ts";
import { leaksOf } from "../leaks.ts";
import { runGenesis } from "./run.ts";
import type { GenesisRun } from "./run.ts";

const { deriveAll, dkdSession, generate, genesisSession, keyOf } = fleet;
const { referenceKey, shareOf, undivided } = fleet;
const { Point } = ristretto255;

type Commit = PayloadOf<typeof CommitGenesis>;
type Deal = PayloadOf<typeof DealGenesis>;

describe.each([
  [2, 3],
  [3, 5],
  [2, 2],
])("a key for %i of %i", (threshold, size) => {
  let shares: readonly KeyShare[];
  let done: GenesisRun;

  beforeAll(async () => {
    done = await runGenesis(threshold, size);
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
    expect(hashes).toEqual(shares.map(() => ({ packageHash: packageHash(publicPackage) })));
  });

  it("is shared: each has its own share, and together they are the key", () => {
    expect(shares.map(({ identifier }) => identifier)).toEqual(shares.map((_, index) => index + 1));
    const secrets = shares.map(({ secret }) => Point.Fn.fromBytes(Uint8Array.from(secret)));
    expect(new Set(secrets).size).toBe(size);
    const { verifyingShares, groupKey } = found(shares[0]).publicPackage;
    expect(secrets.map((secret) => Point.BASE.multiply(secret).toBytes())).toEqual(verifyingShares);
    for (const quorum of [shares.slice(0, threshold), shares.slice(-threshold), shares]) {
      expect(Point.BASE.multiply(Point.Fn.fromBytes(undivided(quorum))).toBytes()).toEqual(
        groupKey,
      );
    }
  });

  it("was made without blame, and without time passing", () => {
    expect(done.endings.flatMap((ending) => outcomeOf(ending).blamed)).toEqual([]);
    expect(done.stage.clock.epoch()).toBe(0);
  });

  it("is nowhere on the ledger, and neither is a share of it or a share that was dealt", async () => {
    const { stage, session, events } = done;
    const deals = events.filter(({ step }) => step === "Deal");
    const opened = deals.flatMap(({ author, payload }) =>
      stage.devices
        .filter(({ id }) => id !== author)
        .map(async ({ id, sealing }) => {
          const context = { session: session.id, self: id, device: { sealing } };
          const { sealed } = payload as Deal;
          return [`${author} to ${id}`, await openShare(context as never, author, sealed)] as const;
        }),
    );
    const secrets = {
      key: undivided(shares),
      ...Object.fromEntries(shares.map(({ secret }, index) => [`share ${index}`, secret])),
      ...Object.fromEntries(await Promise.all(opened)),
    };
    expect(Object.keys(secrets)).toHaveLength(1 + size + size * (size - 1));
    const places = [...events.map(({ bytes }) => bytes), ...stage.notices];
    expect(leaksOf(places, secrets)).toEqual([]);
    // The search does find what is there.
    const shown = found(events.find(({ step }) => step === "Commit")).payload as Commit;
    expect(leaksOf(places, { shown: shown.package })).toEqual(["shown"]);
  });

  it("derives what its undivided form would derive", async () => {
    const stage = stageOf(size);
    const quorum = stage.devices.slice(-threshold).map(({ id }) => id);
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
    const [dkd, sig, again] = [
      await groupKeys("dkd"),
      await groupKeys("sig"),
      await groupKeys("dkd"),
    ];
    expect(again).toEqual(dkd);
    expect(new Set([...dkd, ...sig]).size).toBe(2);
  });

  it.each([0, 1, 2, 3])("end well whatever arrives first (order %i)", async (order) => {
    const stage = stageOf(3, "own");
    const session = genesisSession(stage, 2);
    const all = stage.devices.map(({ id }) => generate(stage, session, id));
    await untilOverAll(stage, networkOf(stage), orderOf(order));
    const keys = (await Promise.all(all)).map((ending) =>
      shareOf(ending).publicPackage.groupKey.join(),
    );
    expect(new Set(keys).size).toBe(1);
  });
});

describe("a threshold that cannot be", () => {
  it.each([0, 1, 4])("%i of 3: a clear error, and nothing is dealt", async (threshold) => {
    const { endings, events } = await runGenesis(threshold, 3);
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

  it("1.5 of 3: no session has such parameters", async () => {
    await expect(runGenesis(1.5, 3)).rejects.toMatchObject({ code: "InvalidInput" });
  });
});
