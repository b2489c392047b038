/** Blocks side by side, and nested choreographies in them. */
import { beforeEach, describe, expect, it } from "vitest";
import { epochs } from "../../dsl/index.ts";
import type { Script, ScriptNode } from "../../dsl/index.ts";
import type { Session } from "../../runtime/index.ts";
import { write } from "./forge.ts";
import {
  GaveUp,
  Said,
  again,
  awaitAbort,
  compute,
  fork,
  gather,
  giveUp,
  hear,
  loop,
  ret,
  say,
  scriptOf,
  select,
  sessionOf,
  sleep,
} from "./scripts.ts";
import { errorOf, outcomeOf, pass, stageOf, untilOver } from "./stage.ts";
import type { Stage } from "./stage.ts";

let stage: Stage;
let session: Session;

beforeEach(() => {
  stage = stageOf(3);
  session = sessionOf(stage.roster, { leader: "alice", crowd: ["bob", "carol"] });
});

const play = (role: string, device: string, ...nodes: readonly ScriptNode[]) =>
  stage.play({ script: scriptOf(role, ...nodes), session, device });

const forge = (device: string, step: string, text = step) =>
  write(stage.ledger(device), stage.device(device), session, step, Said, { text });

const thrower = (): never => {
  throw new TypeError("broken");
};

describe("a fork", () => {
  it("runs its blocks in any order, and joins what they learn", async () => {
    const blocks = fork({ P: [hear("P", "leader"), say("P2", "p2")], Q: [hear("Q", "leader")] });
    const tally = ({ P, Q }: { readonly P: object; readonly Q: object }) => [P, Q];
    const bob = play("crowd", "bob", blocks, compute("Sum", tally));
    await stage.settle();
    forge("alice", "Q");
    await stage.settle();
    expect(stage.running()).toBe(1);
    forge("alice", "P");
    await untilOver(stage);
    const { result, facts } = outcomeOf(await bob);
    expect(result).toEqual([{ text: "P" }, { text: "Q" }]);
    expect(Object.keys(facts).toSorted()).toEqual(["P", "P2", "Q", "Sum"]);
  });

  it("between two roles does not make the one block wait for the other", async () => {
    const cross = (mine: string, other: string, from: string) =>
      fork({ [mine]: [say(mine, "!")], [other]: [hear(other, from)] });
    session = sessionOf(stage.roster, { leader: "alice", friend: "bob" });
    const endings = [
      play("leader", "alice", cross("A", "B", "friend")),
      play("friend", "bob", cross("B", "A", "leader")),
    ];
    await untilOver(stage);
    for (const ending of endings)
      expect(Object.keys(outcomeOf(await ending).facts)).toHaveLength(2);
    expect(stage.clock.epoch()).toBe(0);
  });

  it.each(["leader", "crowd"])("fails as a whole at %s, and no block goes on", async (role) => {
    const blocks = fork({
      P: [hear("P", "leader"), say("Late", "late")],
      Q: [sleep("Nap", 2), compute("Q", thrower)],
      R: [sleep("Long", 100), say("R", "r")],
    });
    const ending = play(role, role === "leader" ? "alice" : "bob", blocks);
    await pass(stage, 2);
    expect(stage.running()).toBe(0);
    expect(errorOf(await ending)).toMatchObject({ code: "ActionFailed", where: { step: "Q" } });
    expect(stage.clock.next()).toBeUndefined();
    const steps = stage
      .ledger("bob")
      .events({ session: session.id })
      .map(({ step }) => step);
    expect(steps).toEqual([`aborted.${role}`]);
    expect(stage.notices.filter(({ kind }) => kind === "aborted")).toHaveLength(1);
  });

  it("writes nothing more once a block has failed, whatever another is busy with", async () => {
    let finish: (value: object) => void = () => undefined;
    const slow = new Promise<object>((resolve) => {
      finish = resolve;
    });
    const blocks = fork({ P: [say("P", () => slow)], Q: [compute("Q", thrower)] });
    const ending = play("leader", "alice", blocks);
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    finish({ text: "too late" });
    expect(errorOf(await ending).code).toBe("ActionFailed");
    const events = stage.ledger("alice").events({ session: session.id });
    expect(events.map(({ step }) => step)).toEqual(["aborted.leader"]);
  });

  it("in a loop runs again in each turn, with slots of its own", async () => {
    const blocks = fork({ P: [say("P", "p")], Q: [say("Q", "q")] });
    const more = select({ On: [again("X")], Off: [] }, ({ turn }: { readonly turn: number }) =>
      turn === 0 ? "On" : "Off",
    );
    outcomeOf(await play("leader", "alice", loop("X", 2, blocks, more)));
    const events = stage.ledger("alice").events({ session: session.id });
    const slots = events.map(({ step, iteration }) => `${step}#${iteration}`).toSorted();
    expect(slots).toEqual(["P#0", "P#1", "Q#0", "Q#1", "completed.leader#0"]);
  });
});

describe("a nested choreography", () => {
  const inner = (role: string, ...nodes: readonly ScriptNode[]): Script => ({
    ...scriptOf(role, ...nodes),
    protocol: "inner",
  });
  const call = (label: string, script: Script, onAbort?: "absent"): ScriptNode => ({
    instruction: "RunSubProtocol",
    label,
    script,
    cast: { chief: "leader", people: "crowd" },
    params: () => ({}),
    ...(onAbort === undefined ? {} : { onAbort }),
  });
  const tally = inner("chief", gather("Votes", "people", 2), say("Tally", "2"));
  const vote = inner("people", say("Votes", "!"), hear("Tally", "chief"));

  it("is a session of its own in each turn of a loop", async () => {
    const turns = (script: Script) =>
      loop(
        "X",
        2,
        call("Call", script),
        select({ On: [again("X")], Off: [] }, ({ turn }: { readonly turn: number }) =>
          turn === 0 ? "On" : "Off",
        ),
      );
    const endings = [
      play("leader", "alice", turns(tally)),
      play("crowd", "bob", turns(vote)),
      play("crowd", "carol", turns(vote)),
    ];
    await untilOver(stage);
    for (const ending of endings)
      expect(outcomeOf(await ending).facts).toEqual({ Call: { text: "2" } });
    const nested = stage.notices.filter(({ protocol }) => protocol === "inner");
    expect(new Set(nested.map((notice) => notice.session)).size).toBe(2);
  });

  it("calls another in turn", async () => {
    const outer = (script: Script) => ({
      ...inner(script.role, { ...callInner(script) }),
      protocol: "outer",
    });
    const endings = [
      play("leader", "alice", call("Outer", outer(tally))),
      play("crowd", "bob", call("Outer", outer(vote))),
      play("crowd", "carol", call("Outer", outer(vote))),
    ];
    await untilOver(stage);
    for (const ending of endings)
      expect(outcomeOf(await ending).facts).toEqual({ Outer: { text: "2" } });
  });

  function callInner(script: Script): ScriptNode {
    const cast = { chief: "chief", people: "people" };
    return { instruction: "RunSubProtocol", label: "Inner", script, cast, params: () => ({}) };
  }

  const failing: readonly (readonly [string, ScriptNode])[] = [
    ["is given up", giveUp("no votes")],
    ["times out", hear("Never", "people")],
  ];

  it.each(failing)("that %s ends its caller, unless it may be absent", async (_, node) => {
    const ending = play("leader", "alice", call("Call", inner("chief", node)));
    await untilOver(stage);
    errorOf(await ending);
    session = sessionOf(stage.roster, session.cast, { again: true });
    const absent = play("leader", "alice", call("Call", inner("chief", node), "absent"));
    await untilOver(stage);
    const { facts } = outcomeOf(await absent);
    expect(Object.entries(facts)).toEqual([["Call", undefined]]);
  });

  it("that breaks is not absent", async () => {
    const broken = inner("chief", compute("Bad", thrower));
    const error = errorOf(await play("leader", "alice", call("Call", broken, "absent")));
    expect(error.code).toBe("ActionFailed");
  });

  it("ends with the session around it, and its absence does not hide that", async () => {
    const bob = play(
      "crowd",
      "bob",
      call("Call", inner("people", hear("Never", "chief")), "absent"),
    );
    const carol = play("crowd", "carol", call("Call", inner("people", sleep("Nap", 50), ret)));
    await stage.settle();
    const payload = { reason: "gone", blamed: [] };
    write(stage.ledger("bob"), stage.device("alice"), session, "aborted.leader", GaveUp, payload);
    await stage.settle();
    expect(stage.running()).toBe(0);
    for (const ending of [await bob, await carol]) {
      expect(errorOf(ending)).toMatchObject({ code: "Aborted", where: { protocol: "inner" } });
    }
    expect(stage.clock.next()).toBeUndefined();
  });

  it("ends with another block of its fork", async () => {
    const nested = call("Call", inner("people", awaitAbort("chief")));
    const bob = play(
      "crowd",
      "bob",
      fork({ Call: [nested], Bad: [sleep("Nap", 1), compute("Bad", thrower)] }),
    );
    await pass(stage, 1);
    expect(stage.running()).toBe(0);
    expect(errorOf(await bob).code).toBe("ActionFailed");
  });

  it("can have a family that one device plays", async () => {
    session = sessionOf(stage.roster, { leader: "alice", friend: "bob" });
    const cast = { chief: "leader", people: "friend" };
    const nested = (script: Script): ScriptNode => ({
      instruction: "RunSubProtocol",
      label: "Call",
      script,
      cast,
      families: ["people"],
      params: () => ({}),
    });
    const castIn = compute("Cast", ({ cast: players }: { readonly cast: object }) => players);
    const endings = [
      play("leader", "alice", nested(inner("chief", gather("Votes", "people", "all"), castIn))),
      play("friend", "bob", nested(inner("people", say("Votes", "!"), castIn))),
    ];
    await untilOver(stage);
    for (const ending of endings) {
      expect(outcomeOf(await ending).result).toEqual({ chief: "alice", people: ["bob"] });
    }
  });
});

describe("waiting for an abort", () => {
  it("is over within its epochs", async () => {
    const short: ScriptNode = {
      ...{ label: "abort", from: "leader", within: epochs(2) },
      instruction: "AwaitAbort",
    };
    const bob = play("crowd", "bob", short);
    await pass(stage, 2);
    expect(errorOf(await bob).code).toBe("Timeout");
  });
});
