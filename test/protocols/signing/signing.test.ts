/** Threshold signing between honest devices, and with some that are silent, refuse or cheat. */
import { describe, expect, it } from "vitest";
import { rejected } from "../../../dsl/index.ts";
import { signingScripts } from "../../../protocols/index.ts";
import type { Proposal } from "../../../protocols/index.ts";
import { signatures } from "../../../runtime/crypto/signature.ts";
import { errorOf, found, outcomeOf, untilOver } from "../../runtime/stage.ts";
import type { Ending } from "../../runtime/stage.ts";
import { lying, silentAt } from "../lying.ts";
import { everyone, keyset, message, play, scene, shares, signatureOf, written } from "./scene.ts";
import type { Changes, Scene } from "./scene.ts";

const { signer, coordinator } = signingScripts;

async function run(at: Scene, changes: Readonly<Record<string, Changes | undefined>> = {}) {
  const { signer: cast } = at.session.cast;
  // Those who are told what to do go first, so that they are pinned.
  const order = [cast ?? []].flat().toSorted((a, b) => Number(b in changes) - Number(a in changes));
  const all = order.map((device) => play(at, device, changes[device]));
  await untilOver(at.stage);
  const endings = await Promise.all(all);
  return new Map<string, Ending>(order.map((device, i) => [device, found(endings[i])]));
}

function expectSigned(endings: Awaited<ReturnType<typeof run>>, devices: readonly string[]): void {
  for (const device of devices) {
    const signature = signatureOf(endings.get(device));
    expect(signatures.verify(keyset.groupKey, message, signature)).toBe(true);
  }
}

const pinned = (at: Scene, turn: number) =>
  found(written<{ signers: { device: string }[] }>(at, "Attempt", turn).get("alice")).signers.map(
    ({ device }) => device,
  );

describe("signing", () => {
  it("gives all devices the group's signature, by any three", async () => {
    for (const quorum of [everyone, ["alice", "bob", "carol"], ["alice", "dave", "erin"]]) {
      const at = scene(quorum);
      const endings = await run(at);
      expectSigned(endings, quorum);
      for (const ending of endings.values()) expect(outcomeOf(ending).blamed).toEqual([]);
      expect(pinned(at, 0)).toHaveLength(3);
      expect(at.stage.clock.epoch()).toBe(0);
    }
  });

  it("shows each signer what it is to sign, once", async () => {
    const shown: Proposal[] = [];
    const approve = (proposal: Proposal) => {
      shown.push(proposal);
      return { accepted: true } as const;
    };
    await run(scene(), { bob: { approve } });
    const { groupKey } = keyset;
    expect(shown).toEqual([{ purpose: "test", message, groupKey, coordinator: "alice" }]);
  });

  it("goes on without a device that does not approve, and has no share of it", async () => {
    const at = scene();
    const approve = () => rejected("Unknown", "the tablet is not mine");
    const endings = await run(at, { bob: { approve } });
    expect(errorOf(endings.get("bob")).code).toBe("Rejected");
    expectSigned(endings, ["alice", "carol", "dave", "erin"]);
    expect(outcomeOf(endings.get("carol")).blamed).toEqual([]);
    expect(written(at, "Commit").has("bob")).toBe(false);
    expect(written(at, "Share").has("bob")).toBe(false);
    expect(at.stage.clock.epoch()).toBe(0);
  });

  it("ends for all where too few approve", async () => {
    const no = { approve: () => rejected("Unknown", "no") };
    const endings = await run(scene(), { bob: no, carol: no, dave: no });
    for (const ending of endings.values()) errorOf(ending);
  });

  it("is refused by all where the coordinator proposes something else than it was opened for", async () => {
    const at = scene();
    const lie = lying(coordinator, "Propose", (honest: object) => ({
      ...honest,
      messageHash: new Uint8Array(32),
    }));
    const endings = await run(at, { alice: { scripts: { coordinator: lie } } });
    for (const device of ["bob", "carol"]) {
      const reasons = errorOf(endings.get(device)).blamed.map((b) => `${b.device} ${b.reason}`);
      expect(reasons).toContain("alice WrongMessage");
    }
    expect(written(at, "Commit").size).toBe(0);
  });
});

describe("a signer that does not do its part", () => {
  it.each<[string, string, Changes]>([
    ["another key share", "BadShare", { keyShare: found(shares[4]).secret }],
    [
      "a share that is not canonical",
      "BadShare",
      {
        scripts: {
          signer: lying(signer, "Share", () => ({ share: new Uint8Array(32).fill(255) })),
        },
      },
    ],
    [
      "a share of a wrong length",
      "MalformedPayload",
      { scripts: { signer: lying(signer, "Share", () => ({ share: new Uint8Array(31) })) } },
    ],
  ])("gives %s: all blame it, and the next attempt succeeds", async (_, reason, bob) => {
    const at = scene();
    const endings = await run(at, { bob });
    const honest = ["alice", "carol", "dave", "erin"];
    expectSigned(endings, honest);
    const events = at.stage.ledger("alice").events({ session: at.session.id, step: "Share" });
    const bad = found(events.find(({ author, iteration }) => author === "bob" && iteration === 0));
    for (const device of honest) {
      const blame = { device: "bob", reason, evidence: [bad.hash] };
      expect(outcomeOf(endings.get(device)).blamed).toContainEqual(blame);
      const others = outcomeOf(endings.get(device)).blamed.filter((b) => b.device !== "bob");
      expect(others).toEqual([]);
    }
    expect(pinned(at, 0)).toContain("bob");
    expect(pinned(at, 1)).not.toContain("bob");
    const [first, second] = [0, 1].map((turn) =>
      written<{ commitment: Uint8Array }>(at, "Commit", turn),
    );
    for (const device of honest) {
      expect(second?.get(device)?.commitment).not.toEqual(first?.get(device)?.commitment);
    }
  });

  it("is silent after its commitment: the next attempt is made without it", async () => {
    const at = scene();
    const endings = await run(at, { bob: { scripts: { signer: silentAt(signer, "Share") } } });
    expectSigned(endings, ["alice", "carol", "dave", "erin"]);
    expect(pinned(at, 1)).not.toContain("bob");
  });

  it("is silent from the beginning: nobody is blamed", async () => {
    const at = scene();
    const devices = ["alice", "carol", "erin"];
    const all = devices.map((device) => play(at, device));
    await untilOver(at.stage);
    for (const ending of await Promise.all(all)) {
      expect(signatures.verify(keyset.groupKey, message, signatureOf(ending))).toBe(true);
      expect(outcomeOf(ending).blamed).toEqual([]);
    }
  });

  it.each<[string, Uint8Array]>([
    ["the identity", new Uint8Array(64).fill(0).fill(1, 0, 1).fill(1, 32, 33)],
    ["no points", new Uint8Array(64).fill(255)],
    [
      "a point with torsion",
      // The point of order two, y = -1.
      Uint8Array.from({ length: 64 }, (_, i) =>
        i % 32 === 0 ? 0xec : i % 32 === 31 ? 0x7f : 0xff,
      ),
    ],
    ["63 bytes", new Uint8Array(63)],
  ])("commits to %s: it is not pinned, and blamed", async (_, commitment) => {
    const at = scene();
    const lie = lying(signer, "Commit", () => ({ commitment }));
    const endings = await run(at, { bob: { scripts: { signer: lie } } });
    expectSigned(endings, ["alice", "carol", "dave", "erin"]);
    expect(pinned(at, 0)).not.toContain("bob");
    const { blamed } = outcomeOf(endings.get("carol"));
    // What follows a commitment that does not count is out of order, too.
    expect(new Set(blamed.map(({ device }) => device))).toEqual(new Set(["bob"]));
  });
});

describe("a coordinator that cheats", () => {
  const cheating = (label: string, lie: (honest: never) => unknown): Changes => ({
    scripts: { coordinator: lying(coordinator, label, lie) },
  });

  it.each<[string, string, string, (honest: never) => unknown]>([
    ["a wrong signature", "Finalize", "BadSignature", () => ({ signature: new Uint8Array(64) })],
    [
      "too few signers",
      "Attempt",
      "BadAttempt",
      ({ signers }: { signers: readonly unknown[] }) => ({ signers: signers.slice(1) }),
    ],
    [
      "a signer twice",
      "Attempt",
      "BadAttempt",
      ({ signers }: { signers: readonly unknown[] }) => ({
        signers: [signers[0], signers[0], signers[1]],
      }),
    ],
    [
      "a device that has no share",
      "Attempt",
      "BadAttempt",
      ({ signers }: { signers: readonly object[] }) => ({
        signers: [{ ...signers[0], device: "nobody" }, ...signers.slice(1)],
      }),
    ],
    [
      "a commitment that was not made",
      "Attempt",
      "BadAttempt",
      ({ signers }: { signers: readonly { commitment: Uint8Array }[] }) => ({
        signers: signers.map((one, i) => ({
          ...one,
          commitment: found(signers[(i + 1) % signers.length]).commitment,
        })),
      }),
    ],
  ])("shows %s: it is blamed", async (_, label, reason, lie) => {
    const endings = await run(scene(), { alice: cheating(label, lie) });
    for (const device of ["bob", "carol"]) {
      const blamed = errorOf(endings.get(device)).blamed.map((b) => `${b.device} ${b.reason}`);
      expect(blamed).toContain(`alice ${reason}`);
    }
  });
});
