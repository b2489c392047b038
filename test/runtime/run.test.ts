/** Whole runs of scripts: how they end, what they leave on the ledger, and what a restart does. */
import { beforeEach, describe, expect, it } from "vitest";
import { ProtocolError } from "../../dsl/index.ts";
import type { Collected, ScriptNode } from "../../dsl/index.ts";
import { MemoryLedger } from "../../runtime/index.ts";
import type { Session } from "../../runtime/index.ts";
import { deliver, write } from "./forge.ts";
import { Said, compute, gather, hear, say, scriptOf, sessionOf } from "./scripts.ts";
import { errorOf, outcomeOf, stageOf, untilOver } from "./stage.ts";
import type { Stage } from "./stage.ts";

let stage: Stage;
let session: Session;

beforeEach(() => {
  stage = stageOf(4);
  session = sessionOf(stage.roster, { leader: "alice", crowd: ["bob", "carol", "dave"] });
});

type Votes = Collected<{ readonly text: string }>;

/** The leader asks, two of the crowd answer, the leader says who did. */
const tally = ({ Votes }: { Votes: Votes }) => ({ text: Votes.map(({ author }) => author).join() });
const leader = scriptOf(
  "leader",
  say("Ask", "?"),
  gather("Votes", "crowd", 2),
  say("Tally", tally),
);
const member = scriptOf("crowd", hear("Ask", "leader"), say("Votes", "!"), hear("Tally", "leader"));

const events = (step?: string) =>
  stage.ledger("alice").events({ session: session.id, ...(step === undefined ? {} : { step }) });

const play = (
  device: string,
  script = device === "alice" ? leader : member,
  ledger?: MemoryLedger,
) => stage.play({ script, session, device, ...(ledger === undefined ? {} : { ledger }) });

describe("a run", () => {
  it("gives everyone what the last broadcast says", async () => {
    const endings = await Promise.all(["alice", "bob", "carol"].map((device) => play(device)));
    const results = endings.map((ending) => outcomeOf(ending).result);
    expect(results).toEqual(results.map(() => ({ text: "bob,carol" })));
  });

  it("ends with a record of each role on the ledger, blame included", async () => {
    write(stage.ledger("dave"), stage.device("dave"), session, "Votes", Said, { text: 7 });
    await Promise.all(["alice", "bob", "carol"].map((device) => play(device)));
    const [record] = events("completed.leader");
    expect(record).toMatchObject({ author: "alice", type: "SessionCompleted" });
    const blamed = [{ device: "dave", reason: "MalformedPayload", evidence: [expect.any(String)] }];
    expect(record?.payload).toEqual({ role: "leader", blamed });
    const authors = events("completed.crowd").map(({ author }) => author);
    expect(authors.toSorted()).toEqual(["bob", "carol"]);
  });

  it("needs the script of the session's own choreography", async () => {
    for (const change of [{ digest: "11".repeat(32) }, { protocol: "toast" }]) {
      const error = errorOf(await play("alice", { ...leader, ...change }));
      expect(error).toMatchObject({ code: "InvalidInput" });
    }
    expect(events()).toEqual([]);
  });
});

describe("a restart on the same ledger", () => {
  it("writes nothing twice, and ends as before", async () => {
    const first = await Promise.all(["alice", "bob", "carol"].map((device) => play(device)));
    const before = events().map(({ hash }) => hash);
    const second = await Promise.all(["alice", "bob", "carol"].map((device) => play(device)));
    expect(second.map((ending) => outcomeOf(ending).result)).toEqual(
      first.map((ending) => outcomeOf(ending).result),
    );
    expect(events().map(({ hash }) => hash)).toEqual(before);
  });

  it("stands by what the device said, though its view of the others has grown", async () => {
    await Promise.all(["alice", "bob", "carol"].map((device) => play(device)));
    await play("dave");
    write(stage.ledger("dave"), stage.device("dave"), session, "Ask", Said, { text: "me too" });
    const before = events().map(({ hash }) => hash);
    const { result, blamed } = outcomeOf(await play("alice"));
    expect(result).toEqual({ text: "bob,carol" });
    expect(outcomeOf(await play("bob")).blamed).toMatchObject([{ device: "dave" }]);
    expect(blamed).toEqual([]);
    expect(events().map(({ hash }) => hash)).toEqual(before);
  });

  it("goes on where the device was killed", async () => {
    void play("alice");
    void play("bob");
    await stage.settle();
    const ledger = new MemoryLedger(stage.roster);
    deliver(stage.ledger("alice"), ledger, session);
    const endings = ["alice", "bob", "carol"].map((device) => play(device, undefined, ledger));
    const results = (await Promise.all(endings)).map((ending) => outcomeOf(ending).result);
    expect(results).toEqual(results.map(() => ({ text: "bob,carol" })));
    const written = ledger.events({ session: session.id });
    const slots = written.map(({ step, author }) => `${step} ${author}`);
    expect(new Set(slots).size).toBe(slots.length);
    expect(slots).toEqual(expect.arrayContaining(["Ask alice", "Votes bob", "Tally alice"]));
  });

  it.each(["alice", "bob"])(
    "of %s after an abort gives up again, with the same record",
    async (device) => {
      const first = play(device);
      await untilOver(stage);
      expect(errorOf(await first).code).toBe("Timeout");
      const before = events().map(({ hash }) => hash);
      expect(errorOf(await play(device)).code).toBe("Aborted");
      expect(events().map(({ hash }) => hash)).toEqual(before);
    },
  );
});

describe("an action that throws", () => {
  const secret = "c0ffee".repeat(8);
  const failing: readonly (readonly [string, ScriptNode])[] = [
    ["a computation", compute("Step", thrower)],
    ["a payload", say("Step", thrower)],
    ["a check", hear("Step", "leader", thrower)],
    [
      "the parameters of a nested protocol",
      { instruction: "RunSubProtocol", label: "Step", script: leader, cast: {}, params: thrower },
    ],
  ];

  function thrower(): never {
    throw new TypeError(`cannot read ${secret}`);
  }

  it.each(failing)(
    "%s: the error names the place, the cause is kept, no secret gets out",
    async (_, node) => {
      write(stage.ledger("alice"), stage.device("alice"), session, "Step", Said, { text: "hi" });
      const error = errorOf(await play("bob", scriptOf("crowd", node)));
      expect(error.code).toBe("ActionFailed");
      expect(error.where).toEqual({ protocol: "test", step: "Step", role: "crowd", device: "bob" });
      expect(error.cause).toMatchObject({ name: "TypeError", message: `cannot read ${secret}` });
      expect(error.message).not.toContain(secret);
      const [abort] = events("aborted.crowd");
      expect(abort?.payload).toEqual({
        reason: "ActionFailed: an action of the protocol threw",
        blamed: [],
      });
      expect(JSON.stringify([stage.notices, events()])).not.toContain(secret);
    },
  );

  it("with an error of ours keeps its code and blame, and is given its place", async () => {
    const blamed = [{ device: "carol", reason: "Rude", evidence: ["ab".repeat(32)] }];
    const own = new ProtocolError({ code: "Rejected", what: "no", todo: "leave", blamed });
    const script = scriptOf(
      "crowd",
      compute("Step", () => Promise.reject(own)),
    );
    const error = errorOf(await play("bob", script));
    expect(error).toMatchObject({ code: "Rejected", blamed, where: { step: "Step" }, cause: own });
    expect(events("aborted.crowd")[0]?.payload).toEqual({ reason: "Rejected: no", blamed });
  });

  it("is a failure also where it throws no error", async () => {
    const script = scriptOf(
      "crowd",
      compute("Step", () => Promise.reject(secret)),
    );
    const error = errorOf(await play("bob", script));
    expect(error).toMatchObject({ code: "ActionFailed", cause: secret });
  });

  it("in a member does not stop the others while they are enough", async () => {
    const broken = scriptOf("crowd", hear("Ask", "leader"), say("Votes", thrower));
    const endings = ["alice", "bob", "carol"].map((device) => play(device));
    expect(errorOf(await play("dave", broken)).code).toBe("ActionFailed");
    for (const ending of endings) outcomeOf(await ending);
  });

  it("in two members stops everyone, at once", async () => {
    const broken = scriptOf("crowd", hear("Ask", "leader"), say("Votes", thrower));
    const endings = [play("alice"), play("bob"), play("carol", broken), play("dave", broken)];
    const [first, second] = (await Promise.all(endings)).map(errorOf);
    expect(first).toMatchObject({ code: "Aborted", where: { step: "Votes" } });
    expect(second).toMatchObject({ code: "Aborted", where: { step: "Tally" } });
    expect(stage.clock.epoch()).toBe(0);
  });

  it("in the decider stops everyone, at once", async () => {
    const broken = scriptOf("leader", say("Ask", "?"), compute("Votes", thrower));
    const endings = [play("bob"), play("carol"), play("alice", broken)];
    const codes = (await Promise.all(endings)).map((ending) => errorOf(ending).code);
    expect(codes).toEqual(["Aborted", "Aborted", "ActionFailed"]);
    expect(stage.clock.epoch()).toBe(0);
  });
});

describe("a failure", () => {
  it("is told on the ledger, with the blame", async () => {
    write(stage.ledger("alice"), stage.device("alice"), session, "Ask", Said, { text: 7 });
    const error = errorOf(await play("bob"));
    const [abort] = events("aborted.crowd");
    expect(abort).toMatchObject({ author: "bob", type: "GaveUp" });
    expect(abort?.payload).toEqual({
      reason: "Rejected: the event of alice was refused",
      blamed: error.blamed,
    });
    expect(error.blamed).toMatchObject([{ device: "alice", reason: "MalformedPayload" }]);
  });

  it("is what the caller sees, even if the ledger refuses to hear of it", async () => {
    const stranger = new MemoryLedger(stageOf(3).roster);
    const script = scriptOf(
      "crowd",
      compute("Step", () => Promise.reject(new Error("first"))),
    );
    const error = errorOf(await play("dave", script, stranger));
    expect(error).toMatchObject({ code: "ActionFailed", cause: { message: "first" } });
    expect(stranger.quarantined()).toHaveLength(1);
  });

  it("to write, of a device whose keys are not the roster's, is not admitted", async () => {
    const roster = stageOf(3).roster;
    const error = errorOf(await play("dave", leader, new MemoryLedger(roster)));
    expect(error).toMatchObject({ code: "NotAdmitted", where: { step: "Ask" } });
  });

  it("to wait for more than there are is seen before anything is waited for", async () => {
    const script = scriptOf("leader", say("Ask", "?"), gather("Votes", "crowd", 4));
    const error = errorOf(await play("alice", script));
    expect(error).toMatchObject({ code: "Infeasible", where: { step: "Votes" } });
    expect(stage.notices.map(({ kind }) => kind)).toEqual(["computed", "wrote", "aborted"]);
  });
});
