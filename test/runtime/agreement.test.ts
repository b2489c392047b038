/** Devices with ledgers of their own: what arrives out of order, or differs, must wrong nobody. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accepted, rejected } from "../../dsl/index.ts";
import type { Session } from "../../runtime/index.ts";
import { deliver, forge, write } from "./forge.ts";
import { networkOf, orderOf, untilOverAll } from "./network.ts";
import { Said, gather, hear, say, scriptOf, sessionOf } from "./scripts.ts";
import { errorOf, found, outcomeOf, stageOf } from "./stage.ts";
import type { Stage } from "./stage.ts";

type Text = { readonly text: string };

/** The reveal must be what its author committed to, in the version of the question that I know. */
function opens(
  { text }: Text,
  context: { Ask: Text; author: string; earlier: (label: string) => Text | undefined },
) {
  const commit = context.earlier("Commit");
  if (commit === undefined) return rejected("RevealWithoutCommit", "it committed to nothing");
  const expected = `${context.Ask.text} ${context.author}`;
  return text === expected && commit.text === `hash of ${text}`
    ? accepted
    : rejected("RevealMismatch", "it is not what it committed to");
}

const answerOf =
  (prefix: string) =>
  ({ Ask, self }: { Ask: Text; self: string }) => ({
    text: `${prefix}${Ask.text} ${self}`,
  });

const leader = scriptOf("leader", say("Ask", "tea"), gather("Reveal", "crowd", 2));
const member = scriptOf(
  "crowd",
  hear("Ask", "leader"),
  say("Commit", answerOf("hash of ")),
  gather("Commit", "crowd", 2),
  say("Reveal", answerOf("")),
  gather("Reveal", "crowd", 2, opens),
);

const crowd = ["bob", "carol", "dave"];

function scene(): { stage: Stage; session: Session } {
  const stage = stageOf(4, "own");
  return { stage, session: sessionOf(stage.roster, { leader: "alice", crowd }) };
}

function playAll({ stage, session }: ReturnType<typeof scene>, devices: readonly string[]) {
  return devices.map((device) =>
    stage.play({ script: device === "alice" ? leader : member, session, device }),
  );
}

describe("events that arrive out of order", () => {
  it("are judged only when their past is here: a reveal before its commitment is no fault", async () => {
    const { stage, session } = scene();
    const [carol] = playAll({ stage, session }, ["carol"]);
    const ask = write(stage.ledger("carol"), stage.device("alice"), session, "Ask", Said, {
      text: "tea",
    });
    await stage.settle();
    const bob = stage.device("bob");
    const [own] = stage.ledger("carol").events({ session: session.id, step: "Commit" });
    const at = (nonce: number, ...parents: readonly string[]) => ({ nonce, parents });
    const commit = forge(
      bob,
      session,
      "Commit",
      Said,
      { text: "hash of tea bob" },
      at(0, ask.hash),
    );
    const reveal = forge(
      bob,
      session,
      "Reveal",
      Said,
      { text: "tea bob" },
      at(1, commit.hash, found(own).hash),
    );
    stage.ledger("carol").append(reveal.bytes);
    await stage.settle();
    stage.ledger("carol").append(commit.bytes);
    const { blamed, result } = outcomeOf(await carol);
    expect(blamed).toEqual([]);
    expect(result).toMatchObject([{ author: "bob" }, { author: "carol" }]);
  });

  it("lead everyone to the end without blame, in any order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (order) => {
        const { stage, session } = scene();
        const endings = playAll({ stage, session }, ["alice", ...crowd]);
        await untilOverAll(stage, networkOf(stage), orderOf(order));
        for (const ending of endings) expect(outcomeOf(await ending).blamed).toEqual([]);
        expect(stage.clock.epoch()).toBe(0);
      }),
      { numRuns: 15 },
    );
  });
});

describe("a question that was asked in two versions", () => {
  /** Bob hears tea, carol hears coffee; then everybody hears everything, in some order. */
  async function divided(draw: () => number) {
    const { stage, session } = scene();
    const alice = stage.device("alice");
    const [tea, coffee] = ["tea", "coffee"].map((text) =>
      forge(alice, session, "Ask", Said, { text }),
    );
    const network = networkOf(stage);
    stage.ledger("bob").append(tea?.bytes ?? new Uint8Array());
    stage.ledger("carol").append(coffee?.bytes ?? new Uint8Array());
    const endings = playAll({ stage, session }, ["bob", "carol"]);
    await stage.settle();
    // Alice tells the rest, whichever comes first.
    stage.ledger("alice").append(tea?.bytes ?? new Uint8Array());
    stage.ledger("alice").append(coffee?.bytes ?? new Uint8Array());
    await untilOverAll(stage, network, draw);
    return {
      stage,
      evidence: [tea?.hash, coffee?.hash],
      errors: (await Promise.all(endings)).map(errorOf),
    };
  }

  it("ends the session, and blames the one who asked, never those who answered", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (order) => {
        const { stage, errors, evidence } = await divided(orderOf(order));
        const blames = stage.notices.flatMap((notice) =>
          notice.kind === "blamed" ? [notice.blame] : [],
        );
        const all = [...blames, ...errors.flatMap(({ blamed }) => blamed)];
        expect(new Set(all.map(({ device, reason }) => `${device} ${reason}`))).toEqual(
          new Set(["alice Equivocation"]),
        );
        expect(new Set(all.flatMap((blame) => blame.evidence))).toEqual(new Set(evidence));
        expect(stage.clock.epoch()).toBe(0);
      }),
      { numRuns: 15 },
    );
  });

  it("is noticed by who waits for others, without another event of theirs", async () => {
    const { stage, session } = scene();
    const [bob] = playAll({ stage, session }, ["bob"]);
    for (const text of ["tea", "coffee"]) {
      await stage.settle();
      write(stage.ledger("bob"), stage.device("alice"), session, "Ask", Said, { text });
    }
    const error = errorOf(await bob);
    expect(error).toMatchObject({ code: "Rejected", where: { step: "Commit" } });
    expect(error.blamed).toMatchObject([{ device: "alice", reason: "Equivocation" }]);
  });

  it("by a device that has no say in it troubles nobody", async () => {
    const { stage, session } = scene();
    write(stage.ledger("dave"), stage.device("dave"), session, "Ask", Said, { text: "tea" });
    write(stage.ledger("dave"), stage.device("dave"), session, "Ask", Said, { text: "coffee" });
    for (const device of ["alice", "bob", "carol"])
      deliver(stage.ledger("dave"), stage.ledger(device), session);
    const endings = playAll({ stage, session }, ["alice", "bob", "carol"]);
    await untilOverAll(stage, networkOf(stage), () => 0);
    for (const ending of endings) outcomeOf(await ending);
  });
});

describe("a device that names a parent that nobody has", () => {
  it("silences itself and nobody else", async () => {
    const { stage, session } = scene();
    const network = networkOf(stage);
    const endings = playAll({ stage, session }, ["alice", "bob", "carol"]);
    const parents = ["ab".repeat(32)];
    write(
      stage.ledger("dave"),
      stage.device("dave"),
      session,
      "Commit",
      Said,
      { text: "?" },
      { parents },
    );
    // The oldest message first: dave's is here before the others commit.
    await untilOverAll(stage, network, () => 0);
    for (const ending of endings) {
      expect(outcomeOf(await ending).result).toMatchObject([
        { author: "bob" },
        { author: "carol" },
      ]);
    }
    expect(stage.clock.epoch()).toBe(0);
  });
});
