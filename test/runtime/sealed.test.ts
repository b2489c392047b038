/** What is sealed to one role: its device alone reads it, and only where it stands. */
import * as v from "valibot";
import { beforeEach, describe, expect, it } from "vitest";
import { epochs, event } from "../../dsl/index.ts";
import type { PayloadSchema, ScriptNode } from "../../dsl/index.ts";
import type { Session } from "../../runtime/index.ts";
import { write } from "./forge.ts";
import { Said, scriptOf, sessionOf } from "./scripts.ts";
import { errorOf, outcomeOf, stageOf, untilOver } from "./stage.ts";
import type { Ending, Stage } from "./stage.ts";

const text = "the treasure is under the oak";

const tell = {
  instruction: "WriteToLedger",
  label: "Secret",
  event: Said,
  payload: () => ({ text }),
  sealedTo: "friend",
} as const satisfies ScriptNode;

const hearIt: ScriptNode = {
  instruction: "AwaitEvent",
  label: "Secret",
  from: "teller",
  event: Said,
  within: epochs(3),
  sealed: true,
};

let stage: Stage;
let session: Session;

beforeEach(() => {
  stage = stageOf(3);
  session = sessionOf(stage.roster, { teller: "alice", friend: "bob" }, {});
});

const play = (role: string, device: string, node: ScriptNode, within = session) =>
  stage.play({ script: scriptOf(role, node), session: within, device });

const events = (of = session) => stage.ledger("alice").events({ session: of.id, step: "Secret" });

async function both(teller: ScriptNode = tell): Promise<readonly [Ending, Ending]> {
  const running = [play("teller", "alice", teller), play("friend", "bob", hearIt)] as const;
  await untilOver(stage);
  return Promise.all(running);
}

describe("a sealed send", () => {
  it("tells its receiver, and leaves nothing readable on the ledger", async () => {
    const [alice, bob] = await both();
    expect(outcomeOf(alice).facts["Secret"]).toEqual({ text });
    expect(outcomeOf(bob).facts["Secret"]).toEqual({ text });
    const [sent] = events();
    expect(sent?.payload).toMatchObject({ to: "bob" });
    expect(Buffer.from(sent?.bytes ?? []).includes(text)).toBe(false);
  });

  it("is sealed to the same bytes by a device that runs again, which writes nothing twice", async () => {
    await both();
    const again = play("teller", "alice", tell);
    await untilOver(stage);
    expect(outcomeOf(await again).facts["Secret"]).toEqual({ text });
    expect(events().length).toBe(1);
  });

  it("does not go out with a payload that is not the event's", async () => {
    const [alice] = await both({ ...tell, payload: () => ({ text: 7 }) });
    expect(errorOf(alice)).toMatchObject({ code: "InvalidInput", where: { step: "Secret" } });
    expect(events()).toEqual([]);
  });

  it("does not leak through the complaint about a payload that is not the event's", async () => {
    const counted = event("Counted", v.strictObject({ votes: v.number() }), "device");
    const [alice] = await both({ ...tell, event: counted, payload: () => ({ votes: text }) });
    const error = errorOf(alice);
    expect(error.message).toContain("'votes'");
    const said = [error.message, ...stage.notices.map((notice) => JSON.stringify(notice))];
    expect(said.filter((each) => each.includes("treasure"))).toEqual([]);
    const all = stage.ledger("alice").events({ session: session.id });
    expect(all.map(({ step }) => step)).toContain("aborted.teller");
    expect(all.filter(({ bytes }) => Buffer.from(bytes).includes("treasure"))).toEqual([]);
  });

  it("is not something else when the device runs again with another payload", async () => {
    await both();
    const other: ScriptNode = { ...tell, payload: () => ({ text: "under the elm" }) };
    const again = play("teller", "alice", other);
    await untilOver(stage);
    expect(errorOf(await again).code).toBe("InvalidState");
    expect(events().length).toBe(1);
  });
});

describe("what cannot be read is refused, and its author blamed", () => {
  const forge = (payload: unknown) =>
    write(stage.ledger("alice"), stage.device("alice"), session, "Secret", Said, payload);

  async function refusal(payload: unknown) {
    forge(payload);
    const bob = play("friend", "bob", hearIt);
    await untilOver(stage);
    return errorOf(await bob);
  }

  const blame = [{ device: "alice", reason: "MalformedPayload" }];

  it("an open payload where a sealed one belongs", async () => {
    expect((await refusal({ text })).blamed).toMatchObject(blame);
  });

  it.each([
    ["sealed to another device", { to: "carol", sealed: new Uint8Array(80) }],
    ["that does not open", { to: "bob", sealed: new Uint8Array(80).fill(9) }],
    ["too short to be sealed", { to: "bob", sealed: new Uint8Array(3) }],
  ])("one %s", async (_, payload) => {
    expect((await refusal(payload)).blamed).toMatchObject(blame);
  });

  it("one copied from another session", async () => {
    const before = sessionOf(stage.roster, { teller: "alice", friend: "bob" }, { round: 1 });
    const alice = play("teller", "alice", tell, before);
    await untilOver(stage);
    outcomeOf(await alice);
    expect((await refusal(events(before)[0]?.payload)).blamed).toMatchObject(blame);
  });

  it("one whose content is not the event's", async () => {
    const schema: PayloadSchema<unknown> = {
      "~standard": { version: 1, vendor: "liar", validate: (value) => ({ value }) },
    };
    const payload = () => ({ shout: text });
    const liar = scriptOf("teller", { ...tell, event: { ...Said, schema }, payload });
    const alice = stage.play({ script: liar, session, device: "alice" });
    const bob = play("friend", "bob", hearIt);
    await untilOver(stage);
    outcomeOf(await alice);
    expect(errorOf(await bob).blamed).toMatchObject(blame);
  });
});
