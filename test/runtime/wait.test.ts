/** Waiting: what counts, until when, and who is to blame when it does not. */
import { beforeEach, describe, expect, it } from "vitest";
import { accepted, rejected } from "../../dsl/index.ts";
import type { Contribution } from "../../dsl/index.ts";
import type { Session } from "../../runtime/index.ts";
import { forge, write } from "./forge.ts";
import { GaveUp, Said, Shouted, gather, hear, scriptOf, sessionOf } from "./scripts.ts";
import { errorOf, outcomeOf, pass, stageOf, untilOver } from "./stage.ts";
import type { Ending, Stage } from "./stage.ts";

let stage: Stage;
let session: Session;

beforeEach(() => {
  stage = stageOf(5);
  session = sessionOf(stage.roster, { leader: "alice", crowd: ["bob", "carol", "dave"] });
});

/** Alice waits for two votes of the crowd. */
const votes = scriptOf("leader", gather("Votes", "crowd", 2));
/** One of the crowd waits for what alice says. */
const word = scriptOf("crowd", hear("Word", "leader"));

function vote(device: string, text = device) {
  return write(stage.ledger("alice"), stage.device(device), session, "Votes", Said, { text });
}

function giveUp(device: string) {
  const payload = { reason: "no more", blamed: [] };
  return write(
    stage.ledger("alice"),
    stage.device(device),
    session,
    "aborted.role",
    GaveUp,
    payload,
  );
}

const play = (script = votes) => stage.play({ script, session, device: "alice" });

function votersOf(ending: Ending): readonly string[] {
  return (outcomeOf(ending).result as readonly Contribution<unknown>[]).map(({ author }) => author);
}

describe("what counts", () => {
  it("is what was in the ledger before the wait, without any time passing", async () => {
    vote("carol");
    vote("bob");
    expect(votersOf(await play())).toEqual(["bob", "carol"]);
    expect(stage.clock.next()).toBeUndefined();
  });

  it("is what comes later, as soon as it is enough", async () => {
    const ending = play();
    await stage.settle();
    vote("dave");
    await stage.settle();
    expect(stage.running()).toBe(1);
    vote("bob");
    expect(votersOf(await ending)).toEqual(["bob", "dave"]);
    expect(stage.clock.epoch()).toBe(0);
  });

  it("is one event an author, whatever its number of copies", async () => {
    vote("bob", "same");
    vote("bob", "same");
    expect(stage.ledger("alice").events({ session: session.id })).toHaveLength(2);
    const ending = play();
    await untilOver(stage);
    expect(errorOf(await ending).code).toBe("Timeout");
  });

  it("is nothing of another session, another step or another turn of it", async () => {
    const other = sessionOf(stage.roster, { ...session.cast, leader: "erin" });
    const payload = { text: "hi" };
    const ledger = stage.ledger("alice");
    write(ledger, stage.device("bob"), other, "Votes", Said, payload);
    write(ledger, stage.device("bob"), session, "Voices", Said, payload);
    write(ledger, stage.device("carol"), session, "Votes", Said, payload, { iteration: 1 });
    const ending = play();
    await untilOver(stage);
    expect(errorOf(await ending).what).toContain("0 of 2 came");
  });
});

describe("the deadline", () => {
  it.each([0, 1, 9])("is not reached by an event at epoch %i", async (epoch) => {
    const ending = play();
    await pass(stage, epoch);
    vote("bob");
    vote("carol");
    expect(votersOf(await ending)).toEqual(["bob", "carol"]);
  });

  it("loses against an event of its epoch that was due before the wait began", async () => {
    stage.clock.at(10, () => void [vote("bob"), vote("carol")]);
    const ending = play();
    await untilOver(stage);
    expect(votersOf(await ending)).toEqual(["bob", "carol"]);
    expect(stage.clock.epoch()).toBe(10);
  });

  it("loses against an event of its epoch that comes after the clock has struck", async () => {
    const ending = play();
    await stage.settle();
    stage.clock.at(10, () => void vote("bob"));
    stage.clock.advanceTo(10);
    vote("carol");
    await stage.settle();
    expect(votersOf(await ending)).toEqual(["bob", "carol"]);
  });

  it("wins against an event one epoch later, and names those who were not heard", async () => {
    stage.clock.at(11, () => void vote("carol"));
    vote("bob");
    const ending = play();
    await pass(stage, 11);
    const error = errorOf(await ending);
    expect(error).toMatchObject({ code: "Timeout", blamed: [], where: { step: "Votes" } });
    expect(error.message).toBe(
      "protocol test, step Votes, role leader, device alice: 1 of 2 came by epoch 10; " +
        "not heard from: carol, dave. Start a new session when these devices are reachable.",
    );
  });

  it("counts from when the role comes to the step", async () => {
    await pass(stage, 7);
    const ending = play();
    await pass(stage, 9);
    expect(stage.running()).toBe(1);
    await pass(stage, 1);
    expect(errorOf(await ending).what).toContain("epoch 17");
  });

  it("is the only timer, and gone when the wait is over", async () => {
    const ending = play();
    await stage.settle();
    expect(stage.clock.next()).toBe(10);
    vote("bob");
    vote("carol");
    await ending;
    expect(stage.clock.next()).toBeUndefined();
  });
});

describe("blame", () => {
  it("for two things in one slot: neither counts, and both are the evidence", async () => {
    const pair = [vote("bob", "yes").hash, vote("bob", "no").hash];
    vote("carol");
    const ending = play();
    await stage.settle();
    expect(stage.running()).toBe(1);
    vote("dave");
    expect(votersOf(await ending)).toEqual(["carol", "dave"]);
    const [blame] = outcomeOf(await ending).blamed;
    expect(blame).toMatchObject({ device: "bob", reason: "Equivocation" });
    expect(blame?.evidence.toSorted()).toEqual(pair.toSorted());
  });

  it("for a second thing that comes after the first was counted", async () => {
    vote("bob", "yes");
    const ending = play();
    await stage.settle();
    vote("bob", "no");
    vote("carol");
    await stage.settle();
    expect(stage.running()).toBe(1);
    vote("dave");
    expect(votersOf(await ending)).toEqual(["carol", "dave"]);
  });

  it.each<[string, string, () => string]>([
    ["an author outside the role", "NotInRole", () => vote("erin").hash],
    [
      "an event of another type",
      "WrongEvent",
      () =>
        write(stage.ledger("alice"), stage.device("bob"), session, "Votes", Shouted, { text: "AH" })
          .hash,
    ],
    [
      "a payload that the schema refuses",
      "MalformedPayload",
      () =>
        write(stage.ledger("alice"), stage.device("bob"), session, "Votes", Said, { text: 7 }).hash,
    ],
  ])("for %s, which does not count", async (_, reason, wrong) => {
    const evidence = wrong();
    vote("carol");
    const ending = play();
    await stage.settle();
    expect(stage.running()).toBe(1);
    vote("dave");
    const { blamed } = outcomeOf(await ending);
    expect(votersOf(await ending)).toEqual(["carol", "dave"]);
    expect(blamed).toEqual([
      { device: reason === "NotInRole" ? "erin" : "bob", reason, evidence: [evidence] },
    ]);
  });

  it("for what the step's own check refuses, which is told payload and author", async () => {
    const accept = ({ text }: { text: string }, { author }: { author: string }) =>
      text === author ? accepted : rejected("Impostor", "it names another");
    const { hash } = vote("bob", "carol");
    vote("carol");
    vote("dave");
    const ending = await play(scriptOf("leader", gather("Votes", "crowd", 2, accept)));
    expect(votersOf(ending)).toEqual(["carol", "dave"]);
    expect(outcomeOf(ending).blamed).toEqual([
      { device: "bob", reason: "Impostor", evidence: [hash] },
    ]);
  });

  it("ends the wait at once when too few are left, and names all of them", async () => {
    const evidence = [vote("bob", "yes").hash, vote("bob", "no").hash].toSorted();
    write(stage.ledger("alice"), stage.device("carol"), session, "Votes", Shouted, { text: "AH" });
    const error = errorOf(await play());
    expect(stage.clock.epoch()).toBe(0);
    expect(error.code).toBe("Rejected");
    expect(error.what).toBe("only 1 of 3 devices can still contribute, and 2 are needed");
    expect(error.blamed.map(({ device, reason }) => [device, reason])).toEqual([
      ["carol", "WrongEvent"],
      ["bob", "Equivocation"],
    ]);
    expect(error.blamed[1]?.evidence.toSorted()).toEqual(evidence);
  });

  it("of the one device that is waited for ends the wait", async () => {
    write(stage.ledger("bob"), stage.device("alice"), session, "Word", Said, { text: 7 });
    const error = errorOf(await stage.play({ script: word, session, device: "bob" }));
    expect(error).toMatchObject({ code: "Rejected", what: "the event of alice was refused" });
    expect(error.blamed).toMatchObject([{ device: "alice", reason: "MalformedPayload" }]);
  });

  it("is never for a device that was merely silent", async () => {
    const ending = play();
    await untilOver(stage);
    expect(errorOf(await ending).blamed).toEqual([]);
  });
});

describe("aborts", () => {
  it("of the device that decides end every wait, without waiting for the deadline", async () => {
    const waiting = stage.play({ script: word, session, device: "bob" });
    const others = stage.play({
      script: scriptOf("crowd", gather("Votes", "crowd", 2)),
      session,
      device: "carol",
    });
    await stage.settle();
    giveUp("alice");
    const [one, other] = [errorOf(await waiting), errorOf(await others)];
    expect(one).toMatchObject({ code: "Aborted", what: "the session was given up by alice" });
    expect(other.code).toBe("Aborted");
    expect(stage.clock.epoch()).toBe(0);
  });

  it("of the device that decides end a wait that begins later", async () => {
    giveUp("alice");
    const error = errorOf(await stage.play({ script: word, session, device: "bob" }));
    expect(error.code).toBe("Aborted");
  });

  it("of a member do not end the wait while the others are enough", async () => {
    giveUp("bob");
    const ending = play();
    await stage.settle();
    vote("carol");
    vote("dave");
    expect(votersOf(await ending)).toEqual(["carol", "dave"]);
  });

  it("of a member end the wait when the others are not enough", async () => {
    const ending = play();
    giveUp("bob");
    await stage.settle();
    expect(stage.running()).toBe(1);
    giveUp("dave");
    const error = errorOf(await ending);
    expect(error).toMatchObject({
      code: "Aborted",
      what: "the session was given up by bob, dave",
    });
    expect(stage.clock.epoch()).toBe(0);
  });

  it("of a member leave what it wrote before in force", async () => {
    vote("bob");
    giveUp("bob");
    vote("carol");
    expect(votersOf(await play())).toEqual(["bob", "carol"]);
  });

  it("of a device without a part change nothing", async () => {
    giveUp("erin");
    const ending = play();
    await untilOver(stage);
    expect(errorOf(await ending).code).toBe("Timeout");
  });

  it("of a device without a part are not the reason why others are too few", async () => {
    giveUp("erin");
    for (const device of ["bob", "carol"]) {
      const ledger = stage.ledger(device);
      write(ledger, stage.device(device), session, "Votes", Shouted, { text: "AH" });
    }
    expect(errorOf(await play()).code).toBe("Rejected");
  });

  it("lose against the event that is waited for", async () => {
    giveUp("alice");
    write(stage.ledger("alice"), stage.device("alice"), session, "Word", Said, { text: "done" });
    const { result } = outcomeOf(await stage.play({ script: word, session, device: "bob" }));
    expect(result).toEqual({ text: "done" });
  });
});

describe("the past of an event", () => {
  it("must be here before it is judged", async () => {
    const seen = forge(stage.device("bob"), session, "Proof", Said, { text: "proof" });
    vote("carol");
    const place = { parents: [seen.hash], nonce: 1 };
    write(stage.ledger("alice"), stage.device("bob"), session, "Votes", Said, { text: "b" }, place);
    const ending = play();
    await stage.settle();
    expect(stage.running()).toBe(1);
    stage.ledger("alice").append(seen.bytes);
    expect(votersOf(await ending)).toEqual(["bob", "carol"]);
  });

  it("that nobody has is its author's silence", async () => {
    vote("carol");
    const parents = ["ab".repeat(32)];
    write(
      stage.ledger("alice"),
      stage.device("bob"),
      session,
      "Votes",
      Said,
      { text: "b" },
      { parents },
    );
    const ending = play();
    await untilOver(stage);
    const error = errorOf(await ending);
    expect(error).toMatchObject({ code: "Timeout", blamed: [] });
    expect(error.what).toContain("not heard from: bob, dave");
  });
});
