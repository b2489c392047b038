/** Devices that cheat on the order of steps, which types would have refused, among honest ones. */
import { describe, expect, it } from "vitest";
import { server } from "../../../examples/lottery/generated/lottery.server.ts";
import type { Script, ScriptBody } from "../../../dsl/index.ts";
import { dkdScripts } from "../../../protocols/index.ts";
import { openSession } from "../../../runtime/index.ts";
import type { Session } from "../../../runtime/index.ts";
import { MAX_PARENTS } from "../../../runtime/ledger/envelope-fields.ts";
import { evidenceOn } from "../../../runtime/monitor/evidence.ts";
import { verifyEvidence } from "../../../runtime/monitor/verify.ts";
import { dealShares, derive, dkdSession, keyOf, referenceKey } from "../../protocols/fleet.ts";
import { forge, write } from "../forge.ts";
import { GaveUp, Said, gather, hear, say, scriptOf, sessionOf } from "../scripts.ts";
import { errorOf, found, outcomeOf, pass, stageOf, untilOver } from "../stage.ts";
import type { Ending, Stage } from "../stage.ts";
import { faultsOf } from "./conforming.ts";
import { hearPerhaps } from "./court.ts";

/** The script that does not wait at `label`. */
function hasty(script: Script, label: string): Script {
  const steps: ScriptBody = script.steps.filter(
    (node) => node.label !== label || !node.instruction.startsWith("Await"),
  );
  return { ...script, steps };
}

const blamedFor = (ending: Ending): readonly string[] =>
  ("outcome" in ending ? [] : ending.blamed).map(({ device, reason }) => `${device} ${reason}`);

describe("a device that reveals before it has seen the commitments", () => {
  it("is refused by all in a lottery, and anyone can check why", async () => {
    const stage = stageOf(4);
    const { roster } = stage;
    const scripts = { server };
    const [alice, ...others] = ["alice", "bob", "carol", "dave"];
    const params = { tickets: ["ann", "ben"] };
    const cast = { server: [alice, ...others] };
    const session = openSession({
      roster,
      script: server,
      params,
      cast,
      nonce: new Uint8Array(16),
    });
    const play = (device: string, script: Script) =>
      stage.play({ script, scripts, session, device, inputs: {} });
    // It goes first: nobody's commitment is there when it reveals.
    const cheat = play(alice, hasty(server, "Commit"));
    await stage.settle();
    const honest = others.map((device) => play(device, server));
    await untilOver(stage);
    await cheat;
    const [reveal] = stage
      .ledger(alice)
      .events({ session: session.id, step: "Reveal", authors: [alice] });
    for (const ending of await Promise.all(honest)) {
      expect(errorOf(ending).blamed).toEqual([
        { device: alice, reason: "TooSoon", evidence: [found(reveal).hash] },
      ]);
    }
    const proofs = evidenceOn(stage.ledger("bob"), session, scripts);
    const verdicts = proofs.map((proof) => verifyEvidence(proof, { roster, scripts }));
    expect(verdicts).toMatchObject([{ status: "proved", device: alice, code: "TooSoon" }]);
  });

  it("is left out by the others in a derivation, who get their key without it", async () => {
    const stage = stageOf(5);
    const shares = dealShares(3, 5);
    const session = dkdSession(stage, shares, ["alice", "bob", "carol", "dave"]);
    const scripts = { participant: hasty(dkdScripts.participant, "Commit") };
    const lead = derive(stage, session, shares, "alice");
    const cheat = derive(stage, session, shares, "bob", { scripts });
    await stage.settle();
    const honest = ["alice", "carol", "dave"].map((device) =>
      derive(stage, session, shares, device),
    );
    await untilOver(stage);
    await cheat;
    for (const ending of await Promise.all([lead, ...honest])) {
      expect(keyOf(ending)).toEqual(referenceKey(shares, session.params));
      expect(blamedFor(ending)).toEqual(["bob TooSoon"]);
    }
  });
});

const crowd = ["alice", "bob", "carol"];
const member = scriptOf(
  "crowd",
  say("Commit", ""),
  gather("Commit", "crowd", 3),
  say("Reveal", ""),
  gather("Reveal", "crowd", 3),
);

const playAll = (stage: Stage, devices: readonly string[], script = member, cast = crowd) => {
  const session = sessionOf(stage.roster, { crowd: cast });
  const all = devices.map((device) => stage.play({ script, session, device }));
  return { session, all };
};

it("a device that says that it is done, and is not, is blamed by nobody's wait and counts for nobody", async () => {
  const stage = stageOf(3);
  const { session, all } = playAll(stage, ["alice", "bob"]);
  const carol = stage.device("carol");
  write(stage.ledger("carol"), carol, session, "Reveal", Said, { text: "" });
  write(stage.ledger("carol"), carol, session, "Commit", Said, { text: "" });
  await untilOver(stage);
  for (const ending of await Promise.all(all)) {
    expect(errorOf(ending)).toMatchObject({ code: "Rejected", where: { step: "Reveal" } });
    expect(blamedFor(ending)).toEqual(["carol Skipped"]);
  }
  expect(faultsOf(stage.ledger("alice"), session, { crowd: member }, ["carol"])).toEqual([]);
});

it("a device of a nested session is held to the scripts that the callers' scripts name", async () => {
  const call = (script: Script) =>
    scriptOf("caller", {
      ...{ instruction: "RunSubProtocol", label: "Inner", script, cast: { crowd: "caller" } },
      params: () => ({}),
    });
  const stage = stageOf(3);
  const session = sessionOf(stage.roster, { caller: crowd });
  const honest = call(member);
  const cheat = call(hasty(member, "Commit"));
  const play = (device: string, script: Script) =>
    stage.play({ script, session, device, scripts: { caller: honest } });
  const early = play("alice", cheat);
  await stage.settle();
  const all = ["bob", "carol"].map((device) => play(device, honest));
  await untilOver(stage);
  for (const ending of await Promise.all(all)) {
    expect(blamedFor(ending)).toEqual(["alice TooSoon"]);
  }
  await early;
});

it.each([
  [
    "gives up",
    (stage: Stage, session: Session, parents: string[]) => [
      forge(
        stage.device("bob"),
        session,
        "aborted.other",
        GaveUp,
        { reason: "", blamed: [] },
        { parents },
      ),
    ],
  ],
  [
    "says two things at once",
    (stage: Stage, session: Session, parents: string[]) =>
      ["1", "2"].map((text) =>
        forge(stage.device("bob"), session, "Reply", Said, { text }, { parents }),
      ),
  ],
])(
  "a device that %s, with a past that nobody has, makes no honest one go on too early",
  async (_, lies) => {
    const stage = stageOf(2);
    const patient = scriptOf(
      "leader",
      say("Ask", ""),
      hearPerhaps("Reply", "other"),
      say("Next", ""),
    );
    const other = scriptOf("other", hear("Ask", "leader"), say("Reply", ""));
    const scripts = { leader: patient, other };
    const session = sessionOf(stage.roster, { leader: "alice", other: "bob" });
    const alice = stage.play({ script: patient, scripts, session, device: "alice" });
    await stage.settle();
    const invented = ["ab".repeat(32)];
    for (const { bytes } of lies(stage, session, invented)) stage.ledger("bob").append(bytes);
    await untilOver(stage);
    outcomeOf(await alice);
    expect(stage.clock.epoch()).toBe(10);
    expect(faultsOf(stage.ledger("alice"), session, scripts)).toEqual([]);
  },
);

it("a flood of events does not make an honest device forget what it has seen", async () => {
  const stage = stageOf(4);
  const { session, all } = playAll(stage, ["alice", "bob"]);
  const mallory = stage.device("dave");
  for (let nonce = 0; nonce < 6 * MAX_PARENTS; nonce += 1) {
    const flood = forge(mallory, session, "Noise", Said, { text: "" }, { nonce });
    stage.ledger("dave").append(flood.bytes);
  }
  all.push(stage.play({ script: member, session, device: "carol" }));
  await pass(stage, 1);
  for (const ending of await Promise.all(all)) expect(outcomeOf(ending).blamed).toEqual([]);
  expect(faultsOf(stage.ledger("alice"), session, { crowd: member }, ["dave"])).toEqual([]);
});
