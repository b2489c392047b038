/** The collector alone: each event judged once, in time, and what its author wrote. */
import { beforeEach, describe, expect, it } from "vitest";
import { accepted, rejected } from "../../dsl/index.ts";
import type { Verdict } from "../../dsl/index.ts";
import { Collector } from "../../runtime/collector.ts";
import { validatePayload } from "../../runtime/payload.ts";
import type { Judge } from "../../runtime/collector.ts";
import { MemoryLedger } from "../../runtime/index.ts";
import type { Session } from "../../runtime/index.ts";
import { SessionMonitor } from "../../runtime/monitor/monitor.ts";
import { CausalPast } from "../../runtime/past.ts";
import { forge, write } from "./forge.ts";
import { Said, Shouted, sessionOf } from "./scripts.ts";
import { makeDevice, stageOf } from "./stage.ts";

const { roster } = stageOf(4);
let ledger: MemoryLedger;
let session: Session;
let judged: string[];

beforeEach(() => {
  ledger = new MemoryLedger(roster);
  session = sessionOf(roster, { leader: "alice", crowd: ["bob", "carol"] });
  judged = [];
});

function collectorOf(verdict: (author: string) => Verdict = () => accepted): Collector {
  const judge: Judge = (_, author) => {
    judged.push(author);
    return verdict(author);
  };
  const past = new CausalPast(ledger);
  const monitor = new SessionMonitor({ session, scripts: {}, get: (hash) => ledger.get(hash) });
  const authors = ["bob", "carol"];
  const place = { session: session.id, step: "Votes", iteration: 0, event: Said };
  const read = (payload: unknown) => validatePayload(place.event, payload);
  return new Collector({ ledger, past, monitor, ...place, authors, read, judge });
}

function vote(author: string, text = author, type: { readonly name: string } = Said) {
  return write(ledger, makeDevice(author), session, "Votes", type, { text });
}

describe("judging", () => {
  it("happens once an event, before and after it comes in", async () => {
    vote("bob");
    const collector = collectorOf();
    await collector.judge();
    await collector.judge();
    vote("carol");
    await collector.judge();
    expect(judged).toEqual(["bob", "carol"]);
  });

  it("gives contributions in the order of their authors, with the event's hash", async () => {
    const [carol, bob] = [vote("carol"), vote("bob")];
    const collector = collectorOf();
    expect(collector.accepted()).toEqual([]);
    await collector.judge();
    expect(collector.accepted()).toEqual([
      { author: "bob", payload: { text: "bob" }, hash: bob.hash },
      { author: "carol", payload: { text: "carol" }, hash: carol.hash },
    ]);
    expect(collector.blamed()).toEqual([]);
  });

  it("is asked only for events of the role, type and schema", async () => {
    vote("alice");
    vote("bob", "AH", Shouted);
    write(ledger, makeDevice("carol"), session, "Votes", Said, {});
    const collector = collectorOf();
    await collector.judge();
    expect(judged).toEqual([]);
    expect(collector.accepted()).toEqual([]);
    const reasons = collector.blamed().map(({ device, reason }) => `${device} ${reason}`);
    expect(reasons.toSorted()).toEqual([
      "alice NotInRole",
      "bob WrongEvent",
      "carol MalformedPayload",
    ]);
  });

  it("stops counting, but keeps in mind, what was refused", async () => {
    const { hash } = vote("bob");
    const collector = collectorOf(() => rejected("Ugly", "it is ugly"));
    await collector.judge();
    expect(collector.accepted()).toEqual([]);
    expect(collector.blamed()).toEqual([{ device: "bob", reason: "Ugly", evidence: [hash] }]);
  });

  it("waits for the past of an event, also where the past comes backwards", async () => {
    const parent = forge(makeDevice("alice"), session, "Ask", Said, { text: "?" });
    const parents = [parent.hash];
    const child = forge(makeDevice("alice"), session, "AskAgain", Said, { text: "?" }, { parents });
    write(
      ledger,
      makeDevice("bob"),
      session,
      "Votes",
      Said,
      { text: "b" },
      { parents: [child.hash] },
    );
    const collector = collectorOf();
    for (const event of [child, parent]) {
      await collector.judge();
      expect(judged).toEqual([]);
      ledger.append(event.bytes);
    }
    await collector.judge();
    expect(judged).toEqual(["bob"]);
  });
});

describe("what an author wrote", () => {
  it("is told whether or not it counts", async () => {
    vote("bob");
    vote("alice");
    const collector = collectorOf(() => rejected("Ugly", "it is ugly"));
    await collector.judge();
    expect(collector.written("bob")).toEqual({ text: "bob" });
    expect(collector.written("alice")).toEqual({ text: "alice" });
  });

  it("is nothing where it wrote nothing, two things, another type or a malformed payload", () => {
    vote("alice", "AH", Shouted);
    vote("bob", "yes");
    vote("bob", "no");
    write(ledger, makeDevice("carol"), session, "Votes", Said, {});
    const collector = collectorOf();
    for (const author of ["alice", "bob", "carol", "dave"]) {
      expect(collector.written(author)).toBeUndefined();
    }
  });
});

describe("two contents of one author", () => {
  it("divide the step if the author plays the role, and never otherwise", () => {
    const collector = collectorOf();
    vote("alice", "yes");
    vote("alice", "no");
    expect(collector.blamed()).toMatchObject([{ device: "alice", reason: "Equivocation" }]);
    expect(collector.divided()).toEqual([]);
    vote("bob", "yes");
    vote("bob", "no");
    expect(collector.divided()).toMatchObject([{ device: "bob", reason: "Equivocation" }]);
  });

  it("are not followed once the collector is closed", async () => {
    const collector = collectorOf();
    collector.close();
    vote("bob");
    await collector.judge();
    expect(collector.accepted()).toEqual([]);
  });
});
