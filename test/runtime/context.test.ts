/** The instructions performed: on a ledger, a clock and the author's own functions. */
import { beforeEach, describe, expect, it } from "vitest";
import { epochs } from "../../dsl/index.ts";
import type { ActionContext, ScriptNode } from "../../dsl/index.ts";
import type { Session } from "../../runtime/index.ts";
import { toHex } from "../../runtime/crypto/hash.ts";
import { write } from "./forge.ts";
import { GaveUp, Said, compute, gather, hear, say, scriptOf, sessionOf, sleep } from "./scripts.ts";
import { errorOf, outcomeOf, pass, stageOf } from "./stage.ts";
import type { Stage } from "./stage.ts";

let stage: Stage;
let session: Session;

beforeEach(() => {
  stage = stageOf(3);
  session = sessionOf(stage.roster, { leader: "alice", crowd: ["bob", "carol"] }, { topic: "tea" });
});

const play = (role: string, device: string, ...nodes: readonly ScriptNode[]) =>
  stage.play({ script: scriptOf(role, ...nodes), session, device, inputs: { key: device } });

describe("reading", () => {
  const state: ScriptNode = { instruction: "GetLedgerState", label: "State" };

  it("GetLedgerState tells epoch, own next nonce and the heads of the session", async () => {
    await pass(stage, 3);
    const first = write(stage.ledger("bob"), stage.device("bob"), session, "One", Said, {
      text: "1",
    });
    const ending = await play("leader", "alice", say("Two", "2"), state);
    const [own] = stage.ledger("alice").events({ session: session.id, step: "Two" });
    expect(own?.parents).toEqual([first.hash]);
    expect(outcomeOf(ending).result).toEqual({ epoch: 3, nonce: 1, heads: [own?.hash] });
  });

  it("GetCurrentEpoch tells the time", async () => {
    await pass(stage, 5);
    const ending = await play("leader", "alice", { instruction: "GetCurrentEpoch", label: "Now" });
    expect(outcomeOf(ending).result).toBe(5);
  });

  it("WaitEpochs ends at its epoch, and not before", async () => {
    await pass(stage, 2);
    const ending = play("leader", "alice", sleep("Nap", 4), {
      instruction: "GetCurrentEpoch",
      label: "Now",
    });
    await pass(stage, 3);
    expect(stage.running()).toBe(1);
    await pass(stage, 1);
    expect(outcomeOf(await ending).result).toBe(6);
    const slept = stage.notices.find(({ kind }) => kind === "slept");
    expect(slept).toMatchObject({ step: "Nap", epochs: 4, epoch: 6 });
  });

  it("WaitEpochs ends when the decider gives the session up, and not when a member does", async () => {
    const gone = { reason: "gone", blamed: [] };
    const abort = (device: string) =>
      write(stage.ledger(device), stage.device(device), session, "aborted.role", GaveUp, gone);
    const ending = play("crowd", "bob", sleep("Nap", 100));
    abort("carol");
    await pass(stage, 1);
    expect(stage.running()).toBe(1);
    abort("alice");
    await pass(stage, 1);
    expect(stage.running()).toBe(0);
    expect(errorOf(await ending)).toMatchObject({ code: "Aborted", where: { step: "Nap" } });
  });

  it("WaitEpochs of none does not sleep", async () => {
    outcomeOf(await play("leader", "alice", sleep("Nap", 0)));
    expect(stage.clock.next()).toBeUndefined();
  });
});

describe("CheckForEvent", () => {
  const check = (from: string): ScriptNode => ({
    instruction: "CheckForEvent",
    label: "Veto",
    of: "Veto",
    from,
    event: Said,
  });
  const veto = (device: string, text: unknown) =>
    write(stage.ledger(device), stage.device(device), session, "Veto", Said, { text });

  it("finds nothing, and does not wait for it", async () => {
    const { result, facts } = outcomeOf(await play("leader", "alice", check("crowd")));
    expect(result).toBeUndefined();
    expect(facts).toHaveProperty("Veto");
    expect(stage.clock.next()).toBeUndefined();
  });

  it("finds what is there", async () => {
    veto("carol", "no");
    const { result } = outcomeOf(await play("leader", "alice", check("crowd")));
    expect(result).toEqual({ text: "no" });
  });

  it("passes over what does not count, and blames its author", async () => {
    veto("carol", 7);
    veto("alice", "no");
    const { result, blamed } = outcomeOf(await play("leader", "alice", check("crowd")));
    expect(result).toBeUndefined();
    expect(blamed.map(({ device, reason }) => [device, reason])).toEqual([
      ["carol", "MalformedPayload"],
      ["alice", "NotInRole"],
    ]);
  });
});

describe("an action", () => {
  type Context = ActionContext<unknown, unknown> & { readonly One: unknown };

  it("is given the session, the device's own inputs and what the role knows", async () => {
    let given: Context | undefined;
    const keep = (context: Context) => {
      given = context;
      return 2;
    };
    await play(
      "leader",
      "alice",
      compute("One", () => 1),
      compute("Two", keep),
    );
    expect(given).toMatchObject({
      One: 1,
      params: { topic: "tea" },
      device: { key: "alice" },
      self: "alice",
      session: session.id,
      cast: session.cast,
    });
    expect(given).not.toHaveProperty("Two");
  });

  const draw = (purpose: string, ...bound: readonly Uint8Array[]) =>
    compute("Draw", ({ entropy }: Context) => toHex(entropy(purpose, ...bound)(32)));
  const drawn = async (role: string, device: string, node: ScriptNode) =>
    String(outcomeOf(await play(role, device, node)).result);

  it("draws the same randomness again, and nobody else ever does", async () => {
    const all = [
      await drawn("leader", "alice", draw("key")),
      await drawn("crowd", "alice", draw("key")),
      await drawn("leader", "bob", draw("key")),
      await drawn("leader", "alice", draw("nonce")),
      await drawn("leader", "alice", draw("key", Uint8Array.of(1))),
      await drawn("leader", "alice", draw("key", Uint8Array.of(1), Uint8Array.of())),
    ];
    expect(await drawn("leader", "alice", draw("key"))).toBe(all[0]);
    session = sessionOf(stage.roster, session.cast, { topic: "coffee" });
    all.push(await drawn("leader", "alice", draw("key")));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("a nested protocol", () => {
  const inner = {
    chief: {
      ...scriptOf(
        "chief",
        gather("Votes", "people", 2),
        say("Tally", () => ({ text: "2" })),
      ),
      protocol: "inner",
    },
    people: { ...scriptOf("people", say("Votes", "!"), hear("Tally", "chief")), protocol: "inner" },
  };
  const call = (role: keyof typeof inner, params: () => unknown = () => ({})) =>
    ({
      instruction: "RunSubProtocol",
      label: "Call",
      script: inner[role],
      cast: { chief: "leader", people: "crowd" },
      params,
    }) as const satisfies ScriptNode;

  it("runs to its end in a session of its own, and gives its result", async () => {
    const endings = await Promise.all([
      play("leader", "alice", call("chief")),
      play("crowd", "bob", call("people")),
      play("crowd", "carol", call("people")),
    ]);
    for (const ending of endings) expect(outcomeOf(ending).result).toEqual({ text: "2" });
    const nested = new Set(
      stage.notices.filter(({ protocol }) => protocol === "inner").map((n) => n.session),
    );
    expect([...nested]).toHaveLength(1);
    expect([...nested]).not.toContain(session.id);
    const steps = stage
      .ledger("alice")
      .events({ session: session.id })
      .map(({ step }) => step);
    expect(new Set(steps)).toEqual(new Set(["completed.leader", "completed.crowd"]));
  });

  it("that fails aborts the one around it, with its error", async () => {
    const ending = play("leader", "alice", call("chief"));
    await pass(stage, 10);
    const error = errorOf(await ending);
    expect(error).toMatchObject({ code: "Timeout", where: { protocol: "inner", step: "Votes" } });
    const aborts = stage.notices.filter(({ kind }) => kind === "aborted");
    expect(aborts.map(({ protocol }) => protocol)).toEqual(["inner", "test"]);
    expect(stage.ledger("alice").events({ session: session.id })).toMatchObject([
      { step: "aborted.leader", payload: { reason: expect.stringContaining("Timeout: 0 of 2") } },
    ]);
  });

  it("with parameters that devices compute differently is another session for each", async () => {
    const endings = [
      play("leader", "alice", call("chief")),
      play("crowd", "bob", call("people")),
      play(
        "crowd",
        "carol",
        call("people", () => ({ odd: true })),
      ),
    ];
    await pass(stage, 10);
    const [chief, , odd] = (await Promise.all(endings)).map(errorOf);
    expect(chief?.what).toBe("1 of 2 came by epoch 10; not heard from: carol");
    expect(odd?.what).toBe("0 of 1 came by epoch 10; not heard from: alice");
  });

  it("whose roles nobody plays fails", async () => {
    const node = { ...call("chief"), cast: { chief: "nobody" } };
    const error = errorOf(await play("leader", "alice", node));
    expect(error).toMatchObject({ code: "InvalidState", what: "nobody plays the role 'nobody'" });
  });
});

describe("notices", () => {
  it("say who waits for whom, since when, and until when", async () => {
    void play("leader", "alice", gather("Votes", "crowd", 2));
    await stage.settle();
    write(stage.ledger("bob"), stage.device("bob"), session, "Votes", Said, { text: "!" });
    await pass(stage, 1);
    write(stage.ledger("carol"), stage.device("carol"), session, "Votes", Said, { text: "!" });
    await stage.settle();
    const place = {
      session: session.id,
      protocol: "test",
      device: "alice",
      role: "leader",
      step: "Votes",
    };
    const waiting = { ...place, kind: "waiting", need: 2, deadline: 10 };
    expect(stage.notices).toEqual([
      { ...waiting, epoch: 0, from: ["bob", "carol"], have: 0 },
      { ...waiting, epoch: 0, from: ["carol"], have: 1 },
      { ...place, epoch: 1, kind: "received", from: ["bob", "carol"] },
      { ...place, epoch: 1, kind: "returned" },
    ]);
  });

  it("tell each blame once", async () => {
    const { hash } = write(stage.ledger("bob"), stage.device("bob"), session, "Votes", Said, {
      text: 7,
    });
    const ending = play("leader", "alice", gather("Votes", "crowd", 1), gather("More", "crowd", 1));
    await stage.settle();
    for (const step of ["Votes", "More"]) {
      write(stage.ledger("carol"), stage.device("carol"), session, step, Said, { text: "!" });
    }
    await ending;
    const blamed = stage.notices.filter(({ kind }) => kind === "blamed");
    const blame = { device: "bob", reason: "MalformedPayload", evidence: [hash] };
    expect(blamed).toMatchObject([{ step: "Votes", blame }]);
  });

  it("are told of every step, with its epoch", async () => {
    await play(
      "leader",
      "alice",
      say("Hello", "hi"),
      sleep("Nap", epochs(0)),
      compute("Sum", () => 1),
    );
    expect(stage.notices.map(({ kind, step }) => `${kind} ${step}`)).toEqual([
      "computed Hello",
      "wrote Hello",
      "slept Nap",
      "computed Sum",
      "returned Sum",
    ]);
  });
});
