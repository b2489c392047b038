/** How a session ended: a valid completion beats an abort, in any order of events. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Script } from "../../../dsl/index.ts";
import { MemoryLedger } from "../../../runtime/index.ts";
import type { Session } from "../../../runtime/index.ts";
import { outcomeOf as endingOf } from "../../../runtime/outcome/session.ts";
import { seedFor } from "../../seed.ts";
import { deliver, write } from "../forge.ts";
import { courtOf } from "../monitor/court.ts";
import type { Court } from "../monitor/court.ts";
import { Said, gather, hear, say, scriptOf, sessionOf } from "../scripts.ts";
import { errorOf, found, outcomeOf, pass, stageOf } from "../stage.ts";

const seed = seedFor("test/runtime/outcome/session.test.ts");
const { roster } = stageOf(5);
const crowd = ["bob", "carol", "dave"];
const leader = scriptOf("leader", say("Ask", "?"), gather("Vote", "crowd", 2), say("Result", "!"));
const member = scriptOf("crowd", hear("Ask", "leader"), say("Vote", ""), hear("Result", "leader"));

const led = () => courtOf({ leader: "alice", crowd }, [leader, member]);
const ending = ({ ledger, session, scripts }: Court) => endingOf(ledger, session, scripts);
const statusOf = (court: Court) => ending(court).status;

/** Up to the result. */
function play({ sign }: Court): void {
  sign("alice", "Ask");
  for (const device of crowd) sign(device, "Vote");
  sign("alice", "Result");
}

describe("a session that one device decides", () => {
  it("is open until its decider ends it", () => {
    const court = led();
    expect(statusOf(court)).toBe("open");
    play(court);
    for (const device of crowd) court.done(device, "crowd");
    expect(statusOf(court)).toBe("open");
    court.done("alice", "leader");
    expect(ending(court)).toEqual({ status: "completed", by: ["alice"], blamed: [] });
  });

  it("is aborted by its decider, with its reason, and by no member of a family", () => {
    const court = led();
    for (const device of crowd) court.gone(device, "crowd");
    expect(statusOf(court)).toBe("open");
    const blamed = [{ device: "bob", reason: "Late", evidence: [] }];
    court.gone("alice", "leader", { payload: { reason: "Timeout: nobody came", blamed } });
    const by = ["alice"];
    expect(ending(court)).toEqual({
      status: "aborted",
      by,
      reason: "Timeout: nobody came",
      blamed,
    });
  });

  it("is completed where its decider had given up before", () => {
    const court = led();
    play(court);
    court.gone("alice", "leader");
    expect(statusOf(court)).toBe("aborted");
    court.done("alice", "leader");
    expect(statusOf(court)).toBe("completed");
  });

  it("is not completed by a record that comes too early, or is another's", () => {
    const court = led();
    court.sign("alice", "Ask");
    court.done("alice", "leader");
    court.done("bob", "leader");
    expect(statusOf(court)).toBe("open");
    court.gone("alice", "leader");
    expect(statusOf(court)).toBe("aborted");
  });

  it("is not aborted by who has completed it", () => {
    const court = led();
    play(court);
    const before = court.ledger.heads(court.session.id);
    court.done("alice", "leader");
    court.gone("alice", "leader", { parents: before });
    expect(statusOf(court)).toBe("completed");
  });
});

describe("a session of several deciders", () => {
  const first = scriptOf("first", say("Ping", ""));
  const second = scriptOf("second", hear("Ping", "first"), say("Note", ""));
  const two = () => courtOf({ first: "alice", second: "bob" }, [first, second]);

  it("is completed when all have, and aborted as long as one has not", () => {
    const court = two();
    court.sign("alice", "Ping");
    court.done("alice", "first");
    court.gone("bob", "second");
    expect(ending(court)).toMatchObject({ status: "aborted", by: ["bob"] });
    const calm = two();
    calm.sign("alice", "Ping");
    calm.done("alice", "first");
    calm.sign("bob", "Note");
    expect(statusOf(calm)).toBe("open");
    calm.done("bob", "second");
    expect(ending(calm)).toMatchObject({ status: "completed", by: ["alice", "bob"] });
  });
});

describe("a session of a family", () => {
  const all = scriptOf("crowd", say("Vote", ""));
  const family = () => courtOf({ crowd: ["alice", ...crowd] }, [all]);

  it("is completed when more than half have, and aborted when they cannot any more", () => {
    const court = family();
    for (const device of ["alice", ...crowd]) court.sign(device, "Vote");
    court.done("alice", "crowd");
    court.done("bob", "crowd");
    court.gone("carol", "crowd");
    expect(statusOf(court)).toBe("open");
    court.gone("dave", "crowd");
    expect(statusOf(court)).toBe("aborted");
    court.done("dave", "crowd");
    expect(ending(court)).toMatchObject({ status: "completed", by: ["alice", "bob", "dave"] });
  });
});

it("rises only, and is the same in any order", () => {
  const rank = { open: 0, aborted: 1, completed: 2 };
  const casts = [
    { cast: { leader: "alice", crowd }, scripts: [leader, member] },
    { cast: { crowd: ["alice", ...crowd] }, scripts: [scriptOf("crowd", say("Vote", ""))] },
  ];
  const record = fc.record({
    author: fc.constantFrom("alice", ...crowd),
    isDone: fc.boolean(),
    blind: fc.nat(3),
  });
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom(...casts),
      fc.array(record, { maxLength: 8 }),
      fc.infiniteStream(fc.nat()),
      ({ cast, scripts }, records, draws) => {
        const court = courtOf(cast, scripts);
        if ("leader" in cast) play(court);
        else for (const device of cast.crowd) court.sign(device, "Vote");
        for (const { author, isDone, blind } of records) {
          const all = court.ledger.events({ session: court.session.id });
          const last = all.slice(0, all.length - blind).slice(-1);
          const role = author === "alice" && "leader" in cast ? "leader" : "crowd";
          const parents = blind === 0 ? {} : { parents: last.map(({ hash }) => hash) };
          court[isDone ? "done" : "gone"](author, role, parents);
        }
        const late = [...court.ledger.events({ session: court.session.id })];
        const ledger = new MemoryLedger(roster);
        let before = rank.open;
        while (late.length > 0) {
          const [next] = late.splice(found(draws.next().value) % late.length, 1);
          ledger.append(found(next).bytes);
          const now = rank[endingOf(ledger, court.session, court.scripts).status];
          expect(now).toBeGreaterThanOrEqual(before);
          before = now;
        }
        seen.add(ending(court).status);
        expect(endingOf(ledger, court.session, court.scripts)).toEqual(ending(court));
      },
    ),
    { seed, numRuns: 200 },
  );
  expect([...seen].sort()).toEqual(["aborted", "completed", "open"]);
});

describe("in the runtime", () => {
  const word = scriptOf("leader", say("Word", "yes"));
  const listener = scriptOf("other", hear("Word", "leader"));

  function stageFor(): { stage: ReturnType<typeof stageOf>; session: Session } {
    const stage = stageOf(4);
    return { stage, session: sessionOf(stage.roster, { leader: "alice", other: "bob" }) };
  }

  it("a device that had given up is done when what it waited for comes after all", async () => {
    const { stage, session } = stageFor();
    const part = {
      script: listener,
      scripts: { leader: word, other: listener },
      session,
      device: "bob",
    };
    const first = stage.play(part);
    await pass(stage, 11);
    expect(errorOf(await first).code).toBe("Timeout");
    const read = () => endingOf(stage.ledger("bob"), session, part.scripts).status;
    expect(read()).toBe("aborted");
    // Alice does not stop at bob's abort: it waits for nothing.
    outcomeOf(await stage.play({ ...part, script: word, device: "alice" }));
    expect(read()).toBe("aborted");
    const { result } = outcomeOf(await stage.play(part));
    expect(result).toEqual({ text: "yes" });
    expect(read()).toBe("completed");
  });

  it("a device that has given up writes no more steps when it runs again", async () => {
    const { stage, session } = stageFor();
    const replying = scriptOf("other", hear("Word", "leader"), say("Reply", ""));
    const part = { script: replying, session, device: "bob" };
    const first = stage.play(part);
    await pass(stage, 11);
    expect(errorOf(await first).code).toBe("Timeout");
    write(stage.ledger("bob"), stage.device("alice"), session, "Word", Said, { text: "late" });
    const error = errorOf(await stage.play(part));
    expect(error).toMatchObject({ code: "Aborted", where: { step: "Reply" } });
    expect(stage.ledger("bob").events({ session: session.id, step: "Reply" })).toEqual([]);
  });

  it("a device that is done does not give up when it runs again and fails", async () => {
    const { stage, session } = stageFor();
    const part = { script: listener, session, device: "bob" };
    write(stage.ledger("bob"), stage.device("alice"), session, "Word", Said, { text: "yes" });
    outcomeOf(await stage.play(part));
    const fails = () => {
      throw new Error("broken");
    };
    const broken = scriptOf("other", hear("Word", "leader", fails));
    expect(errorOf(await stage.play({ ...part, script: broken })).code).toBe("ActionFailed");
    expect(stage.ledger("bob").events({ session: session.id, step: "aborted.other" })).toEqual([]);
  });

  it("a wait goes on where the decider that had given up is done after all", async () => {
    const stage = stageOf(4);
    const thanking = {
      ...member,
      steps: [...member.steps.slice(0, -1), say("Thanks", ""), gather("Thanks", "crowd", 2)],
    };
    const grateful: Script = { ...thanking, steps: [...thanking.steps, { instruction: "Return" }] };
    const court = courtOf({ leader: "alice", crowd }, [leader, grateful]);
    const { ledger, session } = court;
    play(court);
    court.gone("alice", "leader");
    const ends = (isDone: boolean) => {
      if (isDone) court.done("alice", "leader");
      const part = { script: grateful, scripts: court.scripts, session, device: "dave" };
      return stage.play({ ...part, ledger: copyOf(ledger, session) });
    };
    expect(errorOf(await ends(false)).code).toBe("Aborted");
    const waiting = ends(true);
    await pass(stage, 11);
    expect(errorOf(await waiting).code).toBe("Timeout");
  });
});

function copyOf(ledger: MemoryLedger, session: Session): MemoryLedger {
  const copy = new MemoryLedger(roster);
  deliver(ledger, copy, session);
  return copy;
}
