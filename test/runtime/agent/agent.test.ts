/** An agent plays every role that its device has in a session. */
import { beforeEach, describe, expect, it } from "vitest";
import { ProtocolError } from "../../../dsl/index.ts";
import { DeviceAgent } from "../../../runtime/index.ts";
import type { Notice, Session } from "../../../runtime/index.ts";
import { compute, gather, hear, say, scriptOf, sessionOf } from "../scripts.ts";
import { stageOf } from "../stage.ts";
import type { Stage } from "../stage.ts";

const scripts = {
  leader: scriptOf("leader", say("Ask", "?"), gather("Votes", "crowd", "all"), say("Tally", "2")),
  crowd: scriptOf("crowd", hear("Ask", "leader"), say("Votes", "!"), hear("Tally", "leader")),
};

let stage: Stage;
let session: Session;
let notices: Notice[];

beforeEach(() => {
  stage = stageOf(3);
  session = sessionOf(stage.roster, { leader: "alice", crowd: ["alice", "bob"] });
  notices = [];
});

function agentOf(id: string): DeviceAgent {
  const { clock } = stage;
  const observe = (notice: Notice) => void notices.push(notice);
  return new DeviceAgent({
    device: stage.device(id),
    ledger: stage.ledger(id),
    time: clock,
    observe,
  });
}

describe("an agent", () => {
  it("plays its roles side by side, and tells the outcome of each", async () => {
    const [alice, bob] = await Promise.all(
      ["alice", "bob"].map((id) => agentOf(id).run(session, scripts, undefined)),
    );
    expect(Object.keys(alice ?? {}).toSorted()).toEqual(["crowd", "leader"]);
    expect(Object.keys(bob ?? {})).toEqual(["crowd"]);
    const outcomes = [alice?.["leader"], alice?.["crowd"], bob?.["crowd"]];
    expect(outcomes.map((outcome) => outcome?.result)).toEqual(outcomes.map(() => ({ text: "2" })));
  });

  it("knows its device", () => {
    expect(agentOf("carol").device.id).toBe("carol");
  });

  it("plays nothing in a session that its device is not cast in", async () => {
    expect(await agentOf("carol").run(session, scripts, undefined)).toEqual({});
    expect(notices).toEqual([]);
    expect(stage.ledger("carol").events({ session: session.id })).toEqual([]);
  });

  it("passes on the device's own inputs", async () => {
    const read = compute("Read", ({ device }: { device: unknown }) => device);
    const own = { ...scripts, leader: scriptOf("leader", read) };
    const alone = sessionOf(stage.roster, { leader: "bob" });
    const { leader } = await agentOf("bob").run(alone, own, { key: 5 });
    expect(leader?.result).toEqual({ key: 5 });
  });

  it("fails with the error of the role that failed, once all roles have ended", async () => {
    const broken = compute("Ask", () => Promise.reject(new Error("no idea")));
    const failing = { ...scripts, leader: scriptOf("leader", broken) };
    const run = agentOf("alice").run(session, failing, undefined);
    const error: unknown = await run.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: "ActionFailed", where: { role: "leader" } });
    const ended = notices.filter(({ kind }) => kind === "aborted").map(({ role }) => role);
    expect(ended.toSorted()).toEqual(["crowd", "leader"]);
  });
});
