/** Writing: one content a slot, on top of what the device has seen. */
import { beforeEach, describe, expect, it } from "vitest";
import type { AnyEvent } from "../../dsl/index.ts";
import { MemoryLedger } from "../../runtime/index.ts";
import type { Session } from "../../runtime/index.ts";
import { CausalPast } from "../../runtime/past.ts";
import { writeEvent } from "../../runtime/write.ts";
import { forge, write } from "./forge.ts";
import { failure } from "./ledger/fixtures.ts";
import { Said, Shouted, sessionOf } from "./scripts.ts";
import { makeDevice, stageOf } from "./stage.ts";

const { roster } = stageOf(3);
const [alice, bob] = [makeDevice("alice"), makeDevice("bob")];
let ledger: MemoryLedger;
let session: Session;

beforeEach(() => {
  ledger = new MemoryLedger(roster);
  session = sessionOf(roster, { leader: "alice", crowd: ["bob", "carol"] });
});

function say(step: string, payload: unknown, event: AnyEvent = Said, device = alice) {
  const place = { protocol: "test", step, role: "leader", device: device.id };
  const past = new CausalPast(ledger);
  const slot = { ledger, past, device, session, step, iteration: 0 };
  return writeEvent({ ...slot, event, payload, epoch: 4, place });
}

const eventsAt = (step: string) => ledger.events({ session: session.id, step });

describe("an event", () => {
  it("is signed by the device and says where it stands", () => {
    const event = say("Hello", { text: "hi" });
    expect(event).toMatchObject({
      account: roster.account,
      session: session.id,
      step: "Hello",
      iteration: 0,
      author: "alice",
      nonce: 0,
      parents: [],
      epoch: 4,
      type: "Said",
      payload: { text: "hi" },
      authorization: { kind: "device" },
    });
    expect(ledger.get(event.hash)).toEqual(event);
  });

  it("follows all that the device has seen, and counts its author's events", () => {
    const first = say("Hello", { text: "hi" });
    const other = write(ledger, bob, session, "Hello", Said, { text: "bob" }, { parents: [] });
    const second = say("Bye", { text: "bye" });
    expect(second.parents).toEqual([first.hash, other.hash].toSorted());
    expect(second.nonce).toBe(1);
  });
});

describe("a slot that the device has filled", () => {
  it("is left as it is, whatever the device would write now", () => {
    const first = say("Hello", { text: "hi" });
    expect(say("Hello", { text: "hi" })).toEqual(first);
    expect(say("Hello", { text: "something else" })).toEqual(first);
    expect(eventsAt("Hello")).toEqual([first]);
  });

  it("is not left where another device filled its own", () => {
    write(ledger, bob, session, "Hello", Said, { text: "bob" });
    say("Hello", { text: "hi" });
    expect(eventsAt("Hello")).toHaveLength(2);
  });

  it("with an event of another type is an error", () => {
    say("Hello", { text: "hi" });
    const error = failure(() => say("Hello", { text: "hi" }, Shouted));
    expect(error).toMatchObject({ code: "InvalidState", where: { step: "Hello" } });
    expect(eventsAt("Hello")).toHaveLength(1);
  });

  it("with two contents is an error", () => {
    write(ledger, alice, session, "Hello", Said, { text: "yes" });
    write(ledger, alice, session, "Hello", Said, { text: "no" });
    expect(failure(() => say("Hello", { text: "yes" })).code).toBe("InvalidState");
  });

  it("with one content twice is as good as once", () => {
    const first = write(ledger, alice, session, "Hello", Said, { text: "hi" });
    const again = write(ledger, alice, session, "Hello", Said, { text: "hi" });
    expect([first.hash, again.hash]).toContain(say("Hello", { text: "hi" }).hash);
    expect(eventsAt("Hello")).toHaveLength(2);
  });
});

describe("what cannot be written", () => {
  it("is a payload that is not the event's", () => {
    const error = failure(() => say("Hello", { text: 7 }));
    expect(error).toMatchObject({ code: "InvalidInput", where: { step: "Hello" } });
    expect(error.what).toContain("the payload is not that of Said");
    expect(eventsAt("Hello")).toEqual([]);
  });

  it("is a payload without a canonical encoding, or too large for an envelope", () => {
    const Free: AnyEvent = {
      ...Said,
      schema: { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) } },
    };
    expect(failure(() => say("Hello", { half: 0.5 }, Free)).code).toBe("InvalidInput");
    expect(failure(() => say("Hello", new Uint8Array(70_000), Free)).code).toBe("InvalidInput");
    expect(eventsAt("Hello")).toEqual([]);
  });

  it("is an event whose schema is asynchronous", () => {
    const validate = (value: unknown) => Promise.resolve({ value });
    const Slow: AnyEvent = {
      ...Said,
      schema: { "~standard": { version: 1, vendor: "t", validate } },
    };
    expect(failure(() => say("Hello", { text: "hi" }, Slow)).what).toContain("asynchronous");
  });

  it.each([
    ["UnknownAuthor", makeDevice("erin")],
    ["BadSignature", { ...alice, signing: bob.signing }],
  ])("is an event that the ledger refuses: %s", (reason, device) => {
    const error = failure(() => say("Hello", { text: "hi" }, Said, device));
    expect(error.code).toBe("NotAdmitted");
    expect(error.what).toContain(reason);
  });
});

describe("parents", () => {
  const missing = "ab".repeat(32);

  it("leave out an event with a gap in its past, and stand on what it stood on", () => {
    const first = write(ledger, bob, session, "One", Said, { text: "1" });
    const parents = [first.hash, missing];
    const gap = write(ledger, bob, session, "Two", Said, { text: "2" }, { parents });
    const after = write(
      ledger,
      bob,
      session,
      "Three",
      Said,
      { text: "3" },
      { parents: [gap.hash] },
    );
    expect(ledger.heads(session.id)).toEqual([after.hash]);
    expect(say("Hello", { text: "hi" }).parents).toEqual([first.hash]);
  });

  it("take an event in as soon as its past is here", () => {
    const early = forge(bob, session, "One", Said, { text: "1" });
    const parents = [early.hash];
    const late = write(ledger, bob, session, "Two", Said, { text: "2" }, { parents });
    expect(say("Hello", { text: "hi" }).parents).toEqual([]);
    ledger.append(early.bytes);
    expect(say("Bye", { text: "bye" }).parents).toContain(late.hash);
  });

  it("name the device's own last event, however many heads there are", () => {
    const own = say("Hello", { text: "hi" });
    for (let nonce = 0; nonce < 70; nonce += 1) {
      const fields = { nonce, parents: nonce % 2 === 0 ? [own.hash] : [] };
      write(ledger, bob, session, `Noise${nonce}`, Said, { text: "!" }, fields);
    }
    const { parents } = say("Bye", { text: "bye" });
    expect(parents).toHaveLength(64);
    expect(parents).toContain(own.hash);
  });
});
