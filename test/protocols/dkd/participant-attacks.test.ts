/** DKD with one participant that cheats: it is named, and three honest devices get their key. */
import { ristretto255 } from "@noble/curves/ed25519.js";
import { describe, expect, it } from "vitest";
import type { PayloadOf } from "../../../dsl/index.ts";
import { reveal } from "../../../protocols/dkd/actions/participant.ts";
import type { Initiated } from "../../../protocols/dkd/context.ts";
import { commitmentTo } from "../../../protocols/dkd/evaluation.ts";
import { RecordDkdCommitment, RevealDkdPoint, dkdScripts } from "../../../protocols/index.ts";
import type { Ledger } from "../../../runtime/index.ts";
import { forge, write } from "../../runtime/forge.ts";
import { found, makeDevice, outcomeOf, stageOf } from "../../runtime/stage.ts";
import type { Stage } from "../../runtime/stage.ts";
import { dealShares, derive, dkdSession, keyOf, referenceKey } from "../fleet.ts";
import type { Changes, DkdSession } from "../fleet.ts";
import { lying, silentAt } from "../lying.ts";

type Reveal = PayloadOf<typeof RevealDkdPoint>;

const { participant } = dkdScripts;
const shares = dealShares(3, 5);
const honest = ["alice", "carol", "dave"];

/** Alice, carol and dave are honest; bob is as told; erin is of the account, not of the session. */
function scene() {
  const stage = stageOf(5);
  const session = dkdSession(stage, shares, ["alice", "bob", "carol", "dave"]);
  return { stage, session };
}

/** Bob goes first, so that what he says is there when the others look. */
async function run({ stage, session }: ReturnType<typeof scene>, bob?: Changes) {
  if (bob !== undefined) void derive(stage, session, shares, "bob", bob);
  return Promise.all(honest.map((device) => derive(stage, session, shares, device)));
}

function hashOf(ledger: Ledger, session: DkdSession, step: string, author = "bob"): string {
  return found(ledger.events({ session: session.id, step, authors: [author] })[0]).hash;
}

/** A commitment to, and a reveal of, whatever `evaluate` makes of the honest evaluation. */
function evaluating(evaluate: (own: Reveal, context: Initiated) => Reveal) {
  const committing = lying(participant, "Commit", (_, context: Initiated) => ({
    commitment: commitmentTo(context, context.self, evaluate(reveal(context), context)),
  }));
  return lying(committing, "Reveal", evaluate);
}

const { BASE } = ristretto255.Point;
const elsewhere = BASE.multiply(7n).toBytes();
const notCanonical = new Uint8Array(32).fill(255);

describe("a participant that cheats is blamed by all, and the others get the key", () => {
  it.each<[string, string, string, Changes]>([
    [
      "reveals another element, with the proof of its own",
      "Reveal",
      "BadProof",
      { scripts: { participant: evaluating(({ proof }) => ({ element: elsewhere, proof })) } },
    ],
    [
      "reveals the identity",
      "Reveal",
      "BadProof",
      {
        scripts: {
          participant: evaluating(({ proof }) => ({ element: new Uint8Array(32), proof })),
        },
      },
    ],
    [
      "reveals bytes that are no element",
      "Reveal",
      "BadProof",
      { scripts: { participant: evaluating(({ proof }) => ({ element: notCanonical, proof })) } },
    ],
    [
      "reveals a proof of zeros",
      "Reveal",
      "BadProof",
      {
        scripts: {
          participant: evaluating(({ element }) => ({ element, proof: new Uint8Array(64) })),
        },
      },
    ],
    [
      "evaluates with another key share",
      "Reveal",
      "BadProof",
      { keyShare: found(shares[4]).secret },
    ],
    [
      "reveals what it did not commit to",
      "Reveal",
      "RevealMismatch",
      {
        scripts: {
          participant: lying(participant, "Commit", () => ({ commitment: new Uint8Array(32) })),
        },
      },
    ],
    [
      "reveals without a commitment",
      "Reveal",
      "Skipped",
      { scripts: { participant: silentAt(participant, "Commit") } },
    ],
    [
      "reveals too short an element",
      "Reveal",
      "MalformedPayload",
      {
        scripts: {
          participant: lying(participant, "Reveal", ({ proof }: Reveal) => ({
            element: new Uint8Array(31),
            proof,
          })),
        },
      },
    ],
    [
      "reveals more than is asked for",
      "Reveal",
      "MalformedPayload",
      {
        scripts: {
          participant: lying(participant, "Reveal", (own: Reveal) => ({ ...own, extra: 1 })),
        },
      },
    ],
    [
      "commits to too much",
      "Commit",
      "MalformedPayload",
      {
        scripts: {
          participant: lying(participant, "Commit", () => ({ commitment: new Uint8Array(33) })),
        },
      },
    ],
    [
      "commits in place of the reveal",
      "Reveal",
      "WrongEvent",
      {
        scripts: {
          participant: {
            ...participant,
            steps: participant.steps.map((node) =>
              node.label === "Reveal" && node.instruction === "WriteToLedger"
                ? {
                    ...node,
                    event: RecordDkdCommitment,
                    payload: () => ({ commitment: new Uint8Array(32) }),
                  }
                : node,
            ),
          },
        },
      },
    ],
  ])("%s", async (_, step, reason, bob) => {
    const { stage, session } = scene();
    const endings = await run({ stage, session }, bob);
    const reference = referenceKey(shares, session.params);
    const evidence = [hashOf(stage.ledger("bob"), session, step)];
    for (const ending of endings) {
      expect(keyOf(ending)).toEqual(reference);
      expect(outcomeOf(ending).blamed).toContainEqual({ device: "bob", reason, evidence });
      expect(new Set(outcomeOf(ending).blamed.map(({ device }) => device))).toEqual(
        new Set(["bob"]),
      );
    }
    expect(stage.clock.epoch()).toBe(0);
  });

  it("commits twice", async () => {
    const { stage, session } = scene();
    const hashes: string[] = [];
    const twice = lying(participant, "Reveal", (own: Reveal) => {
      const payload = { commitment: new Uint8Array(32) };
      const ledger = stage.ledger("bob");
      hashes.push(hashOf(ledger, session, "Commit"));
      hashes.push(
        write(ledger, stage.device("bob"), session, "Commit", RecordDkdCommitment, payload).hash,
      );
      return own;
    });
    const endings = await run({ stage, session }, { scripts: { participant: twice } });
    for (const ending of endings) {
      expect(keyOf(ending)).toEqual(referenceKey(shares, session.params));
      const { blamed } = outcomeOf(ending);
      expect(new Set(blamed.map(({ device }) => device))).toEqual(new Set(["bob"]));
      const twofold = blamed.find(({ reason }) => reason === "Equivocation");
      expect(twofold?.evidence.toSorted()).toEqual(hashes.toSorted());
    }
  });

  it("copies another's commitment and reveal", async () => {
    const { stage, session } = scene();
    const ledger = stage.ledger("bob");
    const copy = (step: string) => () =>
      found(ledger.events({ session: session.id, step, authors: ["carol"] })[0]).payload;
    const copying = lying(lying(participant, "Commit", copy("Commit")), "Reveal", copy("Reveal"));
    const endings = honest.map((device) => derive(stage, session, shares, device));
    await waitFor(stage, session, "Reveal", "carol");
    const cheat = derive(stage, session, shares, "bob", { scripts: { participant: copying } });
    const keys = (await Promise.all(endings)).map(keyOf);
    expect(keys).toEqual(Array(3).fill(referenceKey(shares, session.params)));
    const { blamed } = outcomeOf(await cheat);
    expect(blamed).toMatchObject([{ device: "bob", reason: "RevealMismatch" }]);
  });
});

async function waitFor(stage: Stage, session: DkdSession, step: string, author: string) {
  const filter = { session: session.id, step, authors: [author] };
  while (stage.ledger(author).events(filter).length === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("a share that does not belong", () => {
  const payload: Reveal = { element: elsewhere, proof: new Uint8Array(64) };

  it("of a device outside the roster is quarantined, and nobody waits for it or blames it", async () => {
    const { stage, session } = scene();
    const mallory = makeDevice("mallory");
    const { bytes } = forge(mallory, session, "Reveal", RevealDkdPoint, payload);
    const ledger = stage.ledger("alice");
    expect(ledger.append(bytes)).toEqual({ status: "quarantined", reason: "UnknownAuthor" });
    for (const ending of await run({ stage, session })) {
      expect(keyOf(ending)).toEqual(referenceKey(shares, session.params));
      expect(outcomeOf(ending).blamed).toEqual([]);
    }
    expect(ledger.quarantined()).toMatchObject([{ reason: "UnknownAuthor", detail: "mallory" }]);
  });

  it("in another device's name is quarantined", () => {
    const { stage, session } = scene();
    const carol = { ...makeDevice("mallory"), id: "carol" };
    const { bytes } = forge(carol, session, "Reveal", RevealDkdPoint, payload);
    expect(stage.ledger("alice").append(bytes)).toMatchObject({ reason: "BadSignature" });
  });

  it("of a device of the account that is not in the session is refused and blamed", async () => {
    const { stage, session } = scene();
    const erin = stage.device("erin");
    const { hash } = write(stage.ledger("erin"), erin, session, "Reveal", RevealDkdPoint, payload);
    for (const ending of await run({ stage, session })) {
      expect(keyOf(ending)).toEqual(referenceKey(shares, session.params));
      expect(outcomeOf(ending).blamed).toEqual([
        { device: "erin", reason: "NotInRole", evidence: [hash] },
      ]);
    }
  });

  it("of another session is not looked at", async () => {
    const { stage, session } = scene();
    const other = dkdSession(stage, shares, ["alice", "bob", "carol", "dave"], {}, 1);
    write(stage.ledger("bob"), stage.device("bob"), other, "Reveal", RevealDkdPoint, payload);
    for (const ending of await run({ stage, session }))
      expect(outcomeOf(ending).blamed).toEqual([]);
  });
});
