/** Choices between devices: one decides, the others find out from what it writes first. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Script, ScriptNode } from "../../dsl/index.ts";
import { accepted, rejected } from "../../dsl/index.ts";
import type { Session } from "../../runtime/index.ts";
import { write } from "./forge.ts";
import {
  Said,
  again,
  awaitAbort,
  compute,
  giveUp,
  hear,
  loop,
  offer,
  say,
  scriptOf,
  select,
  sessionOf,
} from "./scripts.ts";
import { errorOf, outcomeOf, pass, stageOf, untilOver } from "./stage.ts";
import type { Stage } from "./stage.ts";

let stage: Stage;
let session: Session;

beforeEach(() => {
  stage = stageOf(4);
  session = sessionOf(stage.roster, { leader: "alice", member: "bob", late: "carol" });
});

const play = (role: string, device: string, ...nodes: readonly ScriptNode[]) =>
  stage.play({ script: scriptOf(role, ...nodes), session, device });

const forge = (step: string, text: unknown, fields: Parameters<typeof write>[6] = {}) =>
  write(stage.ledger("alice"), stage.device("alice"), session, step, Said, { text }, fields);

const stepsOf = (device: string) =>
  stage
    .ledger(device)
    .events({ session: session.id, authors: [device] })
    .map(({ step, iteration }) => `${step}#${iteration}`);

/** Alice decides, Bob is told at once; Carol hears of it only where she has something to do. */
const leader = (branch: string) =>
  select(
    {
      Yes: [say("Yes", "yes"), say("Plan", "plan")],
      No: [say("No", "no"), say("Bye", "bye")],
    },
    () => branch,
  );
const yesOrNo = offer("leader", {
  Yes: [hear("Yes", "leader"), say("Thanks", "thanks")],
  No: [hear("No", "leader")],
});
const lateLearner = offer("leader", {
  Plan: [hear("Plan", "leader")],
  Bye: [hear("Bye", "leader"), compute("Sad", () => true)],
});

describe("a choice", () => {
  it.each([
    ["Yes", { Yes: { text: "yes" }, Thanks: { text: "thanks" } }, { Plan: { text: "plan" } }],
    ["No", { No: { text: "no" } }, { Bye: { text: "bye" }, Sad: true }],
  ])("of %s is followed by all, late learners too", async (branch, known, late) => {
    const bob = play("member", "bob", yesOrNo);
    const carol = play("late", "carol", lateLearner);
    const alice = play("leader", "alice", leader(branch));
    await untilOver(stage);
    outcomeOf(await alice);
    expect(outcomeOf(await bob).facts).toEqual(known);
    expect(outcomeOf(await carol).facts).toEqual(late);
    expect(stage.clock.epoch()).toBe(0);
  });

  it("of no branch ends the session for all", async () => {
    const bob = play("member", "bob", yesOrNo);
    const alice = play("leader", "alice", leader("Perhaps"));
    await untilOver(stage);
    expect(errorOf(await alice)).toMatchObject({
      code: "ActionFailed",
      where: { step: "Yes | No" },
    });
    expect(errorOf(await bob)).toMatchObject({ code: "Aborted", where: { step: "Yes | No" } });
  });

  it("that nobody makes is a timeout, at the deadline", async () => {
    const bob = play("member", "bob", yesOrNo);
    await pass(stage, 9);
    expect(stage.running()).toBe(1);
    await pass(stage, 1);
    expect(errorOf(await bob)).toMatchObject({
      code: "Timeout",
      what: "0 of 1 came by epoch 10; not heard from: alice",
    });
    const waiting = stage.notices.find(({ kind }) => kind === "waiting");
    expect(waiting).toMatchObject({ step: "Yes | No", from: ["alice"], need: 1, deadline: 10 });
  });

  it("made at the deadline still counts", async () => {
    stage.clock.at(10, () => void forge("No", "no"));
    const bob = play("member", "bob", yesOrNo);
    await untilOver(stage);
    expect(outcomeOf(await bob).facts).toEqual({ No: { text: "no" } });
  });

  it("stands when the decider runs again and would decide otherwise", async () => {
    outcomeOf(await play("leader", "alice", leader("Yes")));
    const before = stepsOf("alice");
    outcomeOf(await play("leader", "alice", leader("No")));
    expect(stepsOf("alice")).toEqual(before);
  });
});

describe("a first event that is refused", () => {
  it("for its payload is blamed on its author, and ends the session", async () => {
    const { hash } = forge("No", 7);
    const error = errorOf(await play("member", "bob", yesOrNo));
    const blamed = [{ device: "alice", reason: "MalformedPayload", evidence: [hash] }];
    expect(error).toMatchObject({ code: "Rejected", blamed, where: { step: "Yes | No" } });
  });

  it("by the step's own check too", async () => {
    forge("Yes", "yes");
    const picky = () => rejected("Rude", "no");
    const choice = offer("leader", {
      Yes: [hear("Yes", "leader", picky)],
      No: [hear("No", "leader")],
    });
    const error = errorOf(await play("member", "bob", choice));
    expect(error.blamed).toMatchObject([{ device: "alice", reason: "Rude" }]);
  });

  it("from another device decides nothing", async () => {
    write(stage.ledger("carol"), stage.device("carol"), session, "No", Said, { text: "no" });
    const bob = play("member", "bob", yesOrNo);
    await stage.settle();
    forge("Yes", "yes");
    await untilOver(stage);
    const { facts, blamed } = outcomeOf(await bob);
    expect(facts).toHaveProperty("Yes");
    expect(blamed).toMatchObject([{ device: "carol", reason: "NotInRole" }]);
  });
});

describe("two branches of one choice", () => {
  it.each([
    ["one after the other", {}],
    ["side by side", { parents: [], nonce: 0 }],
  ])("taken %s are blamed with both events, and end the session", async (_, fields) => {
    const evidence = [forge("Yes", "yes").hash, forge("No", "no", fields).hash].sort();
    const error = errorOf(await play("member", "bob", yesOrNo));
    const blamed = [{ device: "alice", reason: "TwoBranches", evidence }];
    expect(error).toMatchObject({ code: "Rejected", blamed });
    expect(error.what).toBe("two branches of one choice were taken at once");
    const [abort] = stage.ledger("bob").events({ session: session.id, step: "aborted.member" });
    expect(abort?.payload).toMatchObject({ blamed });
  });

  it("are blamed at the end, where the second comes after the decision", async () => {
    const bob = play("member", "bob", yesOrNo, hear("Last", "late"));
    const first = forge("No", "no");
    await stage.settle();
    const second = forge("Yes", "yes");
    write(stage.ledger("carol"), stage.device("carol"), session, "Last", Said, { text: "!" });
    await untilOver(stage);
    const { facts, blamed } = outcomeOf(await bob);
    expect(facts).toHaveProperty("No");
    const evidence = [first.hash, second.hash].sort();
    expect(blamed).toEqual([{ device: "alice", reason: "TwoBranches", evidence }]);
    const [record] = stage.ledger("bob").events({ session: session.id, step: "completed.member" });
    expect(record?.payload).toMatchObject({ blamed });
  });

  const turns: Script = scriptOf(
    "member",
    loop(
      "X",
      5,
      offer("leader", {
        More: [hear("More", "leader"), again("X")],
        Stop: [hear("Stop", "leader")],
      }),
    ),
  );
  const bobTurns = () => stage.play({ script: turns, session, device: "bob" });

  it("of a loop, taken one after the other, are turns of it", async () => {
    for (const text of ["one", "two"]) forge("More", text, { iteration: text === "one" ? 0 : 1 });
    forge("Stop", "stop");
    const { facts, blamed } = outcomeOf(await bobTurns());
    expect(facts).toEqual({ More: { text: "two" }, Stop: { text: "stop" } });
    expect(blamed).toEqual([]);
  });

  it("of a loop are each judged by what is known in their turn", async () => {
    const seen: unknown[] = [];
    const judge = (
      { text }: { text: string },
      { turn, More }: { turn: number; More?: unknown },
    ) => {
      seen.push([text, turn, More]);
      return accepted;
    };
    const judging = loop(
      "X",
      5,
      offer("leader", {
        More: [hear("More", "leader", judge), again("X")],
        Stop: [hear("Stop", "leader", judge)],
      }),
    );
    const bob = play("member", "bob", judging);
    forge("More", "one");
    await stage.settle();
    for (const text of ["two", "three"]) forge("More", text, { iteration: text === "two" ? 1 : 2 });
    forge("Stop", "stop");
    await untilOver(stage);
    expect(outcomeOf(await bob).facts).toMatchObject({ Stop: { text: "stop" } });
    expect(seen).toEqual([
      ["one", 0, undefined],
      ["two", 1, { text: "one" }],
      ["three", 2, { text: "two" }],
      ["stop", 3, { text: "three" }],
    ]);
  });

  it("of a loop, taken side by side, are blamed", async () => {
    forge("More", "more");
    forge("Stop", "stop", { parents: [], nonce: 0 });
    const error = errorOf(await bobTurns());
    expect(error.blamed).toMatchObject([{ device: "alice", reason: "TwoBranches" }]);
  });

  it("of a loop that is left are blamed when the one that goes on comes after", async () => {
    forge("Stop", "stop");
    forge("More", "more");
    const error = errorOf(await bobTurns());
    expect(error.blamed).toMatchObject([{ device: "alice", reason: "TwoBranches" }]);
  });
});

describe("a branch that gives up", () => {
  const leaves = select({ Yes: [say("Yes", "yes")], abort: [giveUp("sold out")] }, () => "abort");

  it("ends the session with its reason, for those who wait for it and for all others", async () => {
    const bob = play("member", "bob", awaitAbort("leader"));
    const carol = play("late", "carol", yesOrNo);
    const alice = play("leader", "alice", leaves);
    await untilOver(stage);
    expect(errorOf(await alice)).toMatchObject({ code: "Aborted", what: "sold out" });
    for (const ending of [await bob, await carol]) {
      expect(errorOf(ending)).toMatchObject({
        code: "Aborted",
        what: "the session was given up by alice",
      });
    }
    const [abort] = stage.ledger("bob").events({ session: session.id, step: "aborted.leader" });
    expect(abort?.payload).toEqual({ reason: "Aborted: sold out", blamed: [] });
    expect(stage.clock.epoch()).toBe(0);
  });

  it("is a timeout for those who wait, where it does not come", async () => {
    const bob = play("member", "bob", awaitAbort("leader"));
    await pass(stage, 9);
    expect(stage.running()).toBe(1);
    await pass(stage, 1);
    expect(errorOf(await bob)).toMatchObject({
      code: "Timeout",
      what: "the session was to be given up by alice, and was not by epoch 10",
      where: { step: "abort" },
    });
  });
});
