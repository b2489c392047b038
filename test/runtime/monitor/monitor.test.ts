/** The monitor: for each rule an event that breaks it, and one next to it that does not. */
import { describe, expect, it } from "vitest";
import type { AnyEvent } from "../../../dsl/index.ts";
import { rules } from "../../../runtime/monitor/rules.ts";
import { CausalPast } from "../../../runtime/past.ts";
import { forge } from "../forge.ts";
import { GaveUp, Said, Shouted, fork, gather, hear, say, scriptOf, sessionOf } from "../scripts.ts";
import { makeDevice } from "../stage.ts";
import { courtOf, hearOwn, sayToEach } from "./court.ts";

const crowd = ["bob", "carol", "dave"];
const cast = { leader: "alice", crowd };

/** Ask . Commit* . Reveal* */
const leader = scriptOf(
  "leader",
  say("Ask", "?"),
  gather("Commit", "crowd", 2),
  gather("Reveal", "crowd", 2),
);
const member = scriptOf(
  "crowd",
  hear("Ask", "leader"),
  say("Commit", ""),
  gather("Commit", "crowd", 2),
  say("Reveal", ""),
  gather("Reveal", "crowd", 2),
);

const opening = () => courtOf(cast, [leader, member]);

describe("a session that goes as it should", () => {
  it("conforms from the first event to the last record", () => {
    const { sign, done, verdict } = opening();
    const events = [
      sign("alice", "Ask"),
      ...["bob", "carol"].map((device) => sign(device, "Commit")),
      ...["bob", "carol"].map((device) => sign(device, "Reveal")),
      sign("dave", "Commit"),
      sign("dave", "Reveal"),
      done("alice", "leader"),
      ...crowd.map((device) => done(device, "crowd")),
    ];
    expect(events.map(verdict)).toEqual(events.map(() => "conforms"));
  });

  it("conforms where a role gives up in the middle", () => {
    const { sign, gone, verdict } = opening();
    expect(
      [sign("alice", "Ask"), gone("bob", "crowd"), gone("alice", "leader")].map(verdict),
    ).toEqual(["conforms", "conforms", "conforms"]);
  });

  it("says nothing of roles whose scripts are not known", () => {
    const { sign, verdict } = courtOf(cast, [leader]);
    expect(verdict(sign("bob", "Reveal"))).toBe("conforms");
    expect(verdict(sign("alice", "Reveal"))).toBe("NotItsStep");
    expect(verdict(sign("erin", "Reveal"))).toBe("NotItsStep");
  });

  it("judges alike whatever was judged before, where one of them fills a slot twice", () => {
    const { sign, verdict } = courtOf(cast, [
      scriptOf("leader", gather("Vote", "crowd", 1), say("Go", "")),
    ]);
    const first = sign("bob", "Vote");
    const go = sign("alice", "Go", { parents: [first.hash] });
    expect(verdict(sign("bob", "Vote", { parents: [first.hash] }))).toBe("conforms");
    expect(verdict(go)).toBe("conforms");
  });
});

describe("who writes what", () => {
  it("is for those who play the role", () => {
    const { sign, done, verdict } = opening();
    expect(verdict(sign("bob", "Ask"))).toBe("NotItsStep");
    expect(verdict(sign("erin", "Commit"))).toBe("NotItsStep");
    expect(verdict(sign("alice", "Nothing"))).toBe("NotItsStep");
    expect(verdict(done("alice", "crowd"))).toBe("NotItsStep");
    // What breaks a rule counts for nothing: the next can still be right.
    expect(verdict(sign("alice", "Ask"))).toBe("conforms");
  });

  it("is of the step's own type and schema", () => {
    const wrong = (event: AnyEvent, payload: unknown) => {
      const { sign, verdict } = opening();
      return verdict(sign("alice", "Ask", { event, payload }));
    };
    expect(wrong(Said, { text: "?" })).toBe("conforms");
    expect(wrong(Shouted, { text: "?" })).toBe("WrongEvent");
    expect(wrong(Said, { text: 1 })).toBe("MalformedPayload");
  });

  it("holds for the records of how roles end", () => {
    const { gone, verdict } = opening();
    expect(verdict(gone("alice", "leader", { event: Said }))).toBe("WrongEvent");
    expect(verdict(gone("bob", "crowd", { payload: {} }))).toBe("MalformedPayload");
    expect(verdict(gone("carol", "crowd", { iteration: 1 }))).toBe("TooManyTurns");
    expect(verdict(gone("dave", "crowd", { event: GaveUp }))).toBe("conforms");
  });

  it("is for the members of the family that it is sent to, in their order", () => {
    const giving = scriptOf("leader", sayToEach("Share", "crowd"));
    const taking = scriptOf("crowd", hearOwn("Share", "leader"), say("Thanks", ""));
    const { sign, done, verdict } = courtOf(cast, [giving, taking]);
    expect(verdict(sign("alice", "Share.bob"))).toBe("conforms");
    expect(verdict(done("bob", "crowd", { parents: [] }))).toBe("TooSoon");
    const { sign: write, verdict: on } = courtOf(cast, [giving, taking]);
    expect(on(write("alice", "Share"))).toBe("WrongReceiver");
    expect(on(write("alice", "Share.erin"))).toBe("WrongReceiver");
    expect(on(write("alice", "Share.carol"))).toBe("Skipped");
    expect(on(write("alice", "Share.bob"))).toBe("conforms");
    expect(on(write("alice", "Share.carol"))).toBe("conforms");
    expect(on(write("bob", "Thanks"))).toBe("conforms");
    expect(on(write("dave", "Thanks"))).toBe("TooSoon");
  });
});

describe("the order of one device's events", () => {
  it("is that of its numbers, each after the one before", () => {
    const { sign, verdict } = opening();
    sign("alice", "Ask");
    const commit = sign("bob", "Commit");
    sign("carol", "Commit");
    expect(verdict(sign("bob", "Reveal", { nonce: 2 }))).toBe("OutOfOrder");
    expect(verdict(sign("bob", "Reveal", { nonce: 0 }))).toBe("Forked");
    expect(verdict(sign("bob", "Reveal", { nonce: 1, parents: [] }))).toBe("OutOfOrder");
    expect(verdict(sign("bob", "Reveal", { nonce: 1 }))).toBe("conforms");
    expect(verdict(commit)).toBe("conforms");
  });

  it("is none where a device has run from two states", () => {
    const { sign, verdict } = opening();
    const ask = sign("alice", "Ask");
    const one = sign("bob", "Commit");
    const other = sign("bob", "Commit", { nonce: 0, parents: [ask.hash], payload: { text: "2" } });
    // Each alone is what bob may write: that there are two is evidence of another kind.
    expect([one, other].map(verdict)).toEqual(["conforms", "conforms"]);
    expect(verdict(sign("bob", "Reveal", { nonce: 1 }))).toBe("Forked");
  });

  it("of a device that has run from two states is taken as it may have been", () => {
    const { sign, verdict } = opening();
    const ask = sign("alice", "Ask");
    const commits = ["bob", "carol"].map((device) =>
      sign(device, "Commit", { parents: [ask.hash] }),
    );
    const [own] = commits;
    const forked = ["1", "2"].map((text) =>
      sign("carol", "Commit", { nonce: 0, parents: [ask.hash], payload: { text } }),
    );
    // Bob may have counted the one before the other came.
    const parents = [own, ...forked].flatMap((event) => event?.hash ?? []);
    expect(verdict(sign("bob", "Reveal", { parents }))).toBe("conforms");
  });

  it("leaves no step out", () => {
    const { sign, verdict } = opening();
    sign("alice", "Ask");
    for (const device of ["bob", "carol"]) sign(device, "Commit");
    expect(verdict(sign("dave", "Reveal"))).toBe("Skipped");
  });

  it("fills no slot twice", () => {
    const { sign, judge } = opening();
    const first = sign("alice", "Ask");
    const second = sign("alice", "Ask", { payload: { text: "again" } });
    expect(judge(second)).toMatchObject({
      status: "violates",
      violation: { code: "Twice", rule: rules.Twice, evidence: [second.hash, first.hash] },
    });
  });

  it("ends with the record that the role has ended", () => {
    const { sign, gone, done, verdict } = opening();
    sign("alice", "Ask");
    for (const device of ["bob", "carol"]) sign(device, "Commit");
    gone("bob", "crowd");
    expect(verdict(sign("bob", "Reveal"))).toBe("AfterEnd");
    expect(verdict(gone("bob", "crowd"))).toBe("AfterEnd");
    expect(verdict(done("carol", "crowd"))).toBe("Skipped");
    sign("carol", "Reveal");
    expect(verdict(done("carol", "crowd"))).toBe("TooSoon");
  });

  it("lets a role be done after all that has given up, and not the other way", () => {
    const { sign, gone, done, verdict } = opening();
    sign("alice", "Ask");
    gone("alice", "leader");
    for (const step of ["Commit", "Reveal"]) for (const device of crowd) sign(device, step);
    expect(verdict(done("alice", "leader"))).toBe("conforms");
    expect(verdict(gone("alice", "leader"))).toBe("AfterEnd");
    done("bob", "crowd");
    expect(verdict(gone("bob", "crowd"))).toBe("AfterEnd");
  });
});

describe("what a step follows", () => {
  it("is the event that its role waits for", () => {
    const { sign, judge } = opening();
    const early = sign("bob", "Commit");
    expect(judge(early)).toMatchObject({
      violation: {
        code: "TooSoon",
        device: "bob",
        step: "Commit",
        what: "its author has seen 0 of 1 events of 'Ask', and 1 are needed",
        evidence: [early.hash],
      },
    });
  });

  it("is a quorum, in its own past and not only on the ledger", () => {
    const { sign, judge, verdict } = opening();
    const ask = sign("alice", "Ask");
    const own = sign("bob", "Commit", { parents: [ask.hash] });
    sign("carol", "Commit", { parents: [ask.hash] });
    expect(judge(sign("bob", "Reveal", { parents: [own.hash] }))).toMatchObject({
      violation: {
        code: "TooSoon",
        what: "its author has seen 1 of 3 events of 'Commit', and 2 are needed",
      },
    });
    expect(verdict(sign("carol", "Reveal"))).toBe("conforms");
  });

  it("is no event that breaks a rule itself", () => {
    const { sign, verdict } = opening();
    const ask = sign("alice", "Ask");
    sign("carol", "Commit", { parents: [] });
    sign("bob", "Commit", { parents: [ask.hash] });
    expect(verdict(sign("bob", "Reveal"))).toBe("TooSoon");
    sign("dave", "Commit", { parents: [ask.hash] });
    expect(verdict(sign("dave", "Reveal"))).toBe("conforms");
  });

  it("is not known while a part of its past is missing", () => {
    const { sign, verdict } = opening();
    expect(verdict(sign("alice", "Ask", { parents: ["ab".repeat(32)] }))).toBe("waiting");
  });

  it("is nothing of another session", () => {
    const { sign, verdict, ledger } = opening();
    const elsewhere = sessionOf(ledger.roster, cast, { other: 1 });
    const abroad = forge(makeDevice("carol"), elsewhere, "Noise", Said, { text: "" });
    ledger.append(abroad.bytes);
    expect(verdict(sign("alice", "Ask", { parents: [abroad.hash] }))).toBe("waiting");
    // Nor do honest devices follow what follows such a thing: nobody could judge them.
    const past = new CausalPast(ledger);
    expect(past.parentsFor("bob", sign("erin", "Noise", { parents: [] }).session)).toHaveLength(1);
  });

  it("is all blocks of a fork, in any order", () => {
    const both = scriptOf(
      "leader",
      fork({
        A: [say("A1", ""), hear("Left", "other"), say("A2", "")],
        B: [say("B1", ""), hear("Right", "other"), say("B2", "")],
      }),
      say("Last", ""),
    );
    const other = scriptOf("other", fork({ L: [say("Left", "")], R: [say("Right", "")] }));
    const { sign, verdict } = courtOf({ leader: "alice", other: "bob" }, [both, other]);
    const steps = ["B1", "A1"].map((step) => sign("alice", step));
    steps.push(sign("bob", "Right"));
    steps.push(sign("alice", "B2"));
    expect(steps.map(verdict)).toEqual(steps.map(() => "conforms"));
    expect(verdict(sign("alice", "A2"))).toBe("TooSoon");
    expect(verdict(sign("alice", "Last"))).toBe("TooSoon");
    sign("bob", "Left");
    expect(verdict(sign("alice", "Last"))).toBe("Skipped");
    expect(["A2", "Last"].map((step) => verdict(sign("alice", step)))).toEqual([
      "conforms",
      "conforms",
    ]);
  });
});
