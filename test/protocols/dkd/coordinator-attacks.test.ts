/** DKD with a coordinator that cheats: nobody finishes with it, and it is to blame. */
import { describe, expect, it } from "vitest";
import type { PayloadOf, Script } from "../../../dsl/index.ts";
import { initiate } from "../../../protocols/dkd/actions/coordinator.ts";
import { sealBlind } from "../../../protocols/dkd/blind.ts";
import type { Opening } from "../../../protocols/dkd/context.ts";
import { FinalizeDkdSession, dkdScripts } from "../../../protocols/index.ts";
import type { InitiateDkdSession } from "../../../protocols/index.ts";
import { write } from "../../runtime/forge.ts";
import { errorOf, found, outcomeOf, stageOf, untilOver } from "../../runtime/stage.ts";
import { dealShares, derive, dkdSession, keyOf, referenceKey } from "../fleet.ts";
import { lying, silentAt } from "../lying.ts";

type Initiation = PayloadOf<typeof InitiateDkdSession>;
type Finalization = PayloadOf<typeof FinalizeDkdSession>;

const shares = dealShares(2, 3);
const { coordinator } = dkdScripts;

async function run(script: Script) {
  const stage = stageOf(3);
  const session = dkdSession(stage, shares, ["alice", "bob", "carol"]);
  const [alice, bob, carol] = ["alice", "bob", "carol"].map((device) =>
    derive(
      stage,
      session,
      shares,
      device,
      device === "alice" ? { scripts: { coordinator: script } } : {},
    ),
  );
  await untilOver(stage);
  const endings = await Promise.all([alice, bob, carol]);
  const hashOf = (step: string) =>
    found(stage.ledger("bob").events({ session: session.id, step, authors: ["alice"] })[0]).hash;
  return {
    stage,
    session,
    endings: { alice: endings[0], bob: endings[1], carol: endings[2] },
    hashOf,
  };
}

/** The scalar that the coordinator seals is not canonical, or zero. */
function sealing(scalar: Uint8Array) {
  return async (honest: Initiation, context: Opening) => ({
    ...honest,
    sealed: await Promise.all(
      context.params.members.map((member) => sealBlind(context, member, honest.blinded, scalar)),
    ),
  });
}

describe("an initiation that is not what it says", () => {
  it.each<[string, string, Script]>([
    [
      "blinds another input: the share would be used at a point of the coordinator's choice",
      "BadBlind",
      lying(coordinator, "Initiate", (_, context: Opening) =>
        initiate({ ...context, params: { ...context.params, application: "bank" } }),
      ),
    ],
    [
      "seals another scalar",
      "BadBlind",
      lying(coordinator, "Initiate", sealing(new Uint8Array(32).fill(1, 0, 1))),
    ],
    [
      "seals a scalar that is zero",
      "BadInitiate",
      lying(coordinator, "Initiate", sealing(new Uint8Array(32))),
    ],
    [
      "seals a scalar that is not canonical",
      "BadInitiate",
      lying(coordinator, "Initiate", sealing(new Uint8Array(32).fill(255))),
    ],
    [
      "seals bytes that are no scalar",
      "BadInitiate",
      lying(coordinator, "Initiate", sealing(new Uint8Array(5))),
    ],
    [
      "changes the ciphertexts",
      "BadInitiate",
      lying(coordinator, "Initiate", ({ sealed, ...rest }: Initiation) => ({
        ...rest,
        sealed: sealed.map(({ to }) => ({ to, ciphertext: new Uint8Array(80) })),
      })),
    ],
    [
      "names a stale public package",
      "StaleKeyset",
      lying(coordinator, "Initiate", (honest: Initiation) => ({
        ...honest,
        packageHash: new Uint8Array(32),
      })),
    ],
    [
      "is malformed",
      "MalformedPayload",
      lying(coordinator, "Initiate", (honest: Initiation) => ({ ...honest, sealed: [{}] })),
    ],
  ])("%s", async (_, reason, script) => {
    const { stage, endings, session, hashOf } = await run(script);
    const blame = { device: "alice", reason, evidence: [hashOf("Initiate")] };
    for (const ending of [endings.bob, endings.carol]) {
      const error = errorOf(ending);
      expect(error).toMatchObject({
        code: "Rejected",
        where: { step: "Initiate" },
        blamed: [blame],
      });
    }
    const aborts = stage.ledger("bob").events({ session: session.id, step: "aborted.participant" });
    expect(aborts).toMatchObject(aborts.map(() => ({ payload: { blamed: [blame] } })));
    expect(aborts.map(({ author }) => author)).toEqual(expect.arrayContaining(["bob", "carol"]));
    // No participant has used its share.
    expect(stage.ledger("bob").events({ session: session.id, step: "Commit" })).toEqual([]);
    expect(stage.clock.epoch()).toBe(0);
  });

  it("leaves one device out: that one gives up and blames, the others are enough", async () => {
    const script = lying(coordinator, "Initiate", ({ sealed, ...rest }: Initiation) => ({
      ...rest,
      sealed: sealed.filter(({ to }) => to !== "carol"),
    }));
    const { endings, session, hashOf } = await run(script);
    const reference = referenceKey(shares, session.params);
    expect(keyOf(endings.alice)).toEqual(reference);
    expect(keyOf(endings.bob)).toEqual(reference);
    expect(errorOf(endings.carol)).toMatchObject({
      code: "Rejected",
      blamed: [{ device: "alice", reason: "BadInitiate", evidence: [hashOf("Initiate")] }],
    });
  });
});

describe("a finalization that names another key", () => {
  it.each<[string, (honest: Finalization) => Finalization]>([
    ["by its public key", (honest) => ({ ...honest, publicKey: new Uint8Array(32) })],
    ["by its check value", (honest) => ({ ...honest, checkValue: new Uint8Array(16) })],
  ])("%s", async (_, lie) => {
    const { endings, hashOf } = await run(lying(coordinator, "Finalize", lie));
    const blame = { device: "alice", reason: "DkdDispute", evidence: [hashOf("Finalize")] };
    for (const ending of [endings.bob, endings.carol]) {
      expect(errorOf(ending)).toMatchObject({
        code: "Rejected",
        where: { step: "Finalize" },
        blamed: [blame],
      });
    }
  });
});

describe("nobody but the coordinator finishes the session for others", () => {
  it("not even a participant that knows the key", async () => {
    const stage = stageOf(3);
    const session = dkdSession(stage, shares, ["alice", "bob", "carol"]);
    const { publicKey, checkValue } = referenceKey(shares, session.params);
    const payload = { publicKey, checkValue, quorum: ["alice", "bob"] };
    const { hash } = write(
      stage.ledger("bob"),
      stage.device("bob"),
      session,
      "Finalize",
      FinalizeDkdSession,
      payload,
    );
    const mute = { scripts: { coordinator: silentAt(coordinator, "Finalize") } };
    const endings = ["alice", "bob", "carol"].map((device) =>
      derive(stage, session, shares, device, device === "alice" ? mute : {}),
    );
    await untilOver(stage);
    for (const ending of await Promise.all(endings)) {
      const error = errorOf(ending);
      expect(error).toMatchObject({
        code: "Timeout",
        what: "0 of 1 came by epoch 20; not heard from: alice",
        blamed: [{ device: "bob", reason: "NotInRole", evidence: [hash] }],
      });
    }
  });

  it("and one finalization of the coordinator is enough, though it gives up later", async () => {
    const stage = stageOf(3);
    const session = dkdSession(stage, shares, ["alice", "bob", "carol"]);
    const endings = ["alice", "bob"].map((device) => derive(stage, session, shares, device));
    for (const ending of await Promise.all(endings)) outcomeOf(ending);
    const abort = { reason: "changed my mind", blamed: [] };
    const type = { name: "AbortDkdSession" };
    write(
      stage.ledger("alice"),
      stage.device("alice"),
      session,
      "aborted.coordinator",
      type,
      abort,
    );
    const late = await derive(stage, session, shares, "carol");
    expect(keyOf(late)).toEqual(referenceKey(shares, session.params));
  });
});
