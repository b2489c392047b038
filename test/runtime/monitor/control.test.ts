/** The monitor on branches, loops and time. */
import { describe, expect, it } from "vitest";
import { again, compute, hear, loop, offer, say, scriptOf, select, sleep } from "../scripts.ts";
import type { Court } from "./court.ts";
import { courtOf, gatherPerhaps, hearPerhaps } from "./court.ts";

const crowd = ["bob", "carol", "dave"];
const cast = { leader: "alice", crowd };

describe("branches", () => {
  const decider = scriptOf(
    "leader",
    select({ Yes: [say("Yes", "")], No: [say("No", "")] }, () => "Yes"),
    hear("Answer", "other"),
  );
  const follower = scriptOf(
    "other",
    offer("leader", {
      Yes: [hear("Yes", "leader"), say("Thanks", "")],
      No: [hear("No", "leader"), say("Pity", "")],
    }),
    say("Answer", ""),
  );
  const choosing = () => courtOf({ leader: "alice", other: "bob" }, [decider, follower]);

  it("are taken once by the one who decides", () => {
    const { sign, verdict } = choosing();
    expect(verdict(sign("alice", "Yes"))).toBe("conforms");
    expect(verdict(sign("alice", "No"))).toBe("WrongBranch");
  });

  it("are followed by the others", () => {
    const { sign, judge, verdict } = choosing();
    expect(verdict(sign("bob", "Pity", { parents: [] }))).toBe("TooSoon");
    const no = sign("alice", "No");
    const thanks = sign("bob", "Thanks");
    expect(judge(thanks)).toMatchObject({
      violation: { code: "WrongBranch", evidence: [thanks.hash, no.hash] },
    });
    expect(["Pity", "Answer"].map((step) => verdict(sign("bob", step)))).toEqual([
      "conforms",
      "conforms",
    ]);
  });
});

describe("loops", () => {
  const turns = scriptOf(
    "leader",
    loop(
      "X",
      "most",
      select({ More: [say("More", ""), again("X")], Stop: [say("Stop", "")] }, () => ""),
    ),
  );
  const following = scriptOf(
    "other",
    loop(
      "X",
      "most",
      offer("leader", {
        More: [hear("More", "leader"), say("Yet", ""), again("X")],
        Stop: [hear("Stop", "leader")],
      }),
    ),
    say("Over", ""),
  );
  const looping = () => courtOf({ leader: "alice", other: "bob" }, [turns, following], { most: 3 });

  it("take their turns one after the other, and no more than they may", () => {
    const { sign, verdict } = looping();
    const turn = (iteration: number) => verdict(sign("alice", "More", { iteration }));
    expect(turn(1)).toBe("Skipped");
    expect([0, 1, 2].map(turn)).toEqual(["conforms", "conforms", "conforms"]);
    expect(turn(3)).toBe("TooManyTurns");
    expect(verdict(sign("alice", "Stop"))).not.toBe("conforms");
  });

  it("are left by all", () => {
    const { sign, verdict } = looping();
    sign("alice", "More");
    expect(verdict(sign("bob", "Over"))).not.toBe("conforms");
    expect(verdict(sign("bob", "Yet"))).toBe("conforms");
    expect(verdict(sign("bob", "Yet", { iteration: 1 }))).toBe("TooSoon");
    sign("alice", "Stop");
    expect(verdict(sign("bob", "Over"))).toBe("conforms");
    expect(verdict(sign("alice", "More", { iteration: 1 }))).not.toBe("conforms");
  });
});

describe("time", () => {
  const patient = scriptOf(
    "leader",
    say("Ask", ""),
    hearPerhaps("Reply", "other"),
    say("Next", ""),
  );
  const other = scriptOf("other", hear("Ask", "leader"), say("Reply", ""));
  const asking = () => courtOf({ leader: "alice", other: "bob" }, [patient, other]);

  it("is waited out before one goes on without an event", () => {
    const { sign, verdict } = asking();
    sign("alice", "Ask", { epoch: 5 });
    expect(verdict(sign("alice", "Next", { epoch: 14 }))).toBe("BeforeDeadline");
    expect(verdict(sign("alice", "Next", { epoch: 15 }))).toBe("conforms");
  });

  it("need not be waited out where the event has come, or cannot come any more", () => {
    const came = asking();
    came.sign("alice", "Ask", { epoch: 5 });
    came.sign("bob", "Reply");
    expect(came.verdict(came.sign("alice", "Next", { epoch: 5 }))).toBe("conforms");
    const left = asking();
    left.sign("alice", "Ask", { epoch: 5 });
    left.gone("bob", "other");
    expect(left.verdict(left.sign("alice", "Next", { epoch: 5 }))).toBe("conforms");
    const broken = asking();
    broken.sign("alice", "Ask", { epoch: 5 });
    broken.sign("bob", "Reply", { payload: {} });
    expect(broken.verdict(broken.sign("alice", "Next", { epoch: 5 }))).toBe("conforms");
  });

  it("of a quorum is over when too many have left", () => {
    const many = scriptOf(
      "leader",
      say("Ask", ""),
      gatherPerhaps("Reply", "crowd", 3),
      say("Next", ""),
    );
    const each = scriptOf("crowd", hear("Ask", "leader"), say("Reply", ""));
    const replying = (reply: (court: Court) => unknown) => {
      const court = courtOf(cast, [many, each]);
      court.sign("alice", "Ask", { epoch: 5 });
      reply(court);
      return court.verdict(court.sign("alice", "Next", { epoch: 5 }));
    };
    expect(replying(() => undefined)).toBe("BeforeDeadline");
    expect(replying(({ gone }) => gone("carol", "crowd"))).toBe("conforms");
    // Of an event that is there nobody knows whether alice's own check has taken it.
    expect(replying(({ sign }) => sign("bob", "Reply"))).toBe("conforms");
  });

  it("of a record is that of the sleeps before it", () => {
    const { sign, done, verdict } = courtOf({ leader: "alice" }, [
      scriptOf("leader", say("Go", ""), sleep("Nap", 7)),
    ]);
    sign("alice", "Go", { epoch: 3 });
    expect(verdict(done("alice", "leader", { epoch: 9 }))).toBe("BeforeDeadline");
    expect(verdict(done("alice", "leader", { epoch: 10 }))).toBe("conforms");
  });

  it.each([
    ["first", { Short: [compute("Short", () => 1)], Long: [sleep("Long", 9)] }],
    ["last", { Long: [sleep("Long", 9)], Short: [compute("Short", () => 1)] }],
  ])("of two ways to a step is that of the shorter, which comes %s", (_, ways) => {
    const { sign, verdict } = courtOf({ leader: "alice" }, [
      scriptOf(
        "leader",
        say("Go", ""),
        select(ways, () => "Long"),
        say("Up", ""),
      ),
    ]);
    sign("alice", "Go", { epoch: 3 });
    expect(verdict(sign("alice", "Up", { epoch: 3 }))).toBe("conforms");
  });

  it("of a sleep is at least as long as the sleep", () => {
    const { sign, verdict } = courtOf({ leader: "alice" }, [
      scriptOf("leader", say("Go", ""), sleep("Nap", 7), say("Up", "")),
    ]);
    sign("alice", "Go", { epoch: 3 });
    expect(verdict(sign("alice", "Up", { epoch: 9 }))).toBe("BeforeDeadline");
    expect(verdict(sign("alice", "Up", { epoch: 10 }))).toBe("conforms");
  });
});
