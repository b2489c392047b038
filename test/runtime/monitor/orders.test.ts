/** Verdicts are a function of an event and its causal past: of nothing else, in any order. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { MemoryLedger } from "../../../runtime/index.ts";
import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import { pastOf } from "../../../runtime/monitor/evidence.ts";
import { SessionMonitor } from "../../../runtime/monitor/monitor.ts";
import { seedFor } from "../../seed.ts";
import { again, fork, gather, hear, loop, offer, say, scriptOf, select } from "../scripts.ts";
import { found, stageOf } from "../stage.ts";
import { courtOf, gatherPerhaps, hearPerhaps } from "./court.ts";
import type { Court } from "./court.ts";

const seed = seedFor("test/runtime/monitor/orders.test.ts");
const { roster } = stageOf(5);
const crowd = ["bob", "carol", "dave"];
const cast = { leader: "alice", crowd };

const leader = scriptOf(
  "leader",
  loop(
    "X",
    3,
    select({ More: [say("More", ""), again("X")], Stop: [say("Stop", "")] }, () => "More"),
  ),
  fork({ A: [gather("Commit", "crowd", 2), say("Seen", "")], B: [say("Note", "")] }),
  gatherPerhaps("Reveal", "crowd", 3),
  say("Last", ""),
);
const member = scriptOf(
  "crowd",
  loop(
    "X",
    3,
    offer("leader", { More: [hear("More", "leader"), again("X")], Stop: [hear("Stop", "leader")] }),
  ),
  say("Commit", ""),
  gather("Commit", "crowd", 2),
  say("Reveal", ""),
  hearPerhaps("Last", "leader"),
);

const steps = [
  "More",
  "Stop",
  "Commit",
  "Reveal",
  "Seen",
  "Note",
  "Last",
  "completed",
  "aborted",
  "aborted",
];

/** One event: who, what, and how far it is from what its author should say. */
const move = fc.record({
  author: fc.constantFrom("alice", "bob", "carol", "dave", "erin"),
  step: fc.constantFrom(...steps),
  turn: fc.nat(2),
  /** How many of the latest events it has not seen. */
  blind: fc.constantFrom(0, 0, 0, 1, 3, 9),
  slip: fc.constantFrom(0, 0, 0, 0, -1, 1),
  epoch: fc.nat(30),
});

type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

/** Mostly in order: without that, nothing would ever be right. */
function makeMove(court: Court, { author, step, turn, blind, slip, epoch }: Move): SignedEvent {
  const { ledger, session, sign, done, gone } = court;
  const all = ledger.events({ session: session.id });
  const seen = all.slice(0, Math.max(0, all.length - blind));
  const named = new Set(seen.flatMap(({ parents }) => parents));
  const heads = seen.map(({ hash }) => hash).filter((hash) => !named.has(hash));
  const nonce = Math.max(0, ledger.nextNonce(author, session.id) + slip);
  const iteration = step === "More" ? turn : 0;
  const role = author === "alice" ? "leader" : "crowd";
  const place = { parents: heads.slice(0, 64), nonce, epoch, iteration };
  if (step === "completed") return done(author, role, place);
  return step === "aborted" ? gone(author, role, place) : sign(author, step, place);
}

/** First what is right, then anything at all. */
const prefix = [
  ["alice", "More"],
  ["alice", "Stop"],
  ["bob", "Commit"],
  ["carol", "Commit"],
  ["alice", "Note"],
] as const;

function history(right: number, moves: readonly Move[]) {
  const court = courtOf(cast, [leader, member]);
  for (const [author, step] of prefix.slice(0, right)) court.sign(author, step);
  for (const one of moves) makeMove(court, one);
  return { court, events: court.ledger.events({ session: court.session.id }) };
}

const histories = fc.record({
  right: fc.nat(prefix.length),
  moves: fc.array(move, { maxLength: 14 }),
});

it("are the same in any order of arrival, and never change", () => {
  const codes = new Map<string, number>();
  fc.assert(
    fc.property(histories, fc.infiniteStream(fc.nat()), ({ right, moves }, draws) => {
      const { court, events } = history(right, moves);
      const expected = new Map(events.map((event) => [event.hash, court.judge(event)]));
      for (const event of events) {
        const code = court.verdict(event);
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
      const ledger = new MemoryLedger(roster);
      const { session, scripts } = court;
      const monitor = new SessionMonitor({ session, scripts, get: (hash) => ledger.get(hash) });
      const late = [...events];
      while (late.length > 0) {
        const [next] = late.splice(found(draws.next().value) % late.length, 1);
        ledger.append(found(next).bytes);
        for (const event of ledger.events({ session: session.id })) {
          const verdict = monitor.judge(event);
          if (verdict.status !== "waiting") expect(verdict).toEqual(expected.get(event.hash));
        }
      }
      for (const event of events) expect(monitor.judge(event)).toEqual(expected.get(event.hash));
    }),
    { seed, numRuns: 150 },
  );
  // The histories are worth it: they hold what is right, and all that can be wrong.
  for (const code of ["conforms", "TooSoon", "OutOfOrder", "Forked", "NotItsStep", "AfterEnd"]) {
    expect([code, codes.get(code) ?? 0]).toEqual([code, expect.toSatisfy((count) => count > 0)]);
  }
});

it("are those of a monitor made anew, after events have come and gone", () => {
  // Without a role's script its author may fill a slot twice: what is seen of it must not vary.
  const known = fc.constantFrom(["leader", "crowd"], ["leader"], ["crowd"]);
  const changes = fc.infiniteStream(fc.nat());
  const seen = { gone: 0, back: 0, changed: 0 };
  fc.assert(
    fc.property(histories, known, changes, ({ right, moves }, roles, draws) => {
      const { court, events } = history(right, moves);
      const scripts = Object.fromEntries(roles.map((role) => [role, found(court.scripts[role])]));
      const here = new Map(events.map((event) => [event.hash, event]));
      const { session } = court;
      const get = (hash: string) => here.get(hash);
      const monitor = new SessionMonitor({ session, scripts, get });
      for (let change = 0; change < 12 && events.length > 0; change += 1) {
        const next: number = found(draws.next().value);
        const event = found(events[next % events.length]);
        const before = events.map((each) => monitor.judge(each).status);
        if (here.delete(event.hash)) {
          monitor.forget(event.hash);
          seen.gone += 1;
        } else {
          here.set(event.hash, event);
          seen.back += 1;
        }
        // Some are judged now, in another order, and the rest later.
        const some = events.toReversed().filter((_, at) => (next >> (at % 16)) % 2 === 1);
        for (const each of some) monitor.judge(each);
        const anew = new SessionMonitor({ session, scripts, get });
        const expected = events.map((each) => anew.judge(each));
        expect(events.map((each) => monitor.judge(each))).toEqual(expected);
        if (expected.some(({ status }, at) => status !== before[at])) seen.changed += 1;
      }
    }),
    { seed, numRuns: 150 },
  );
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(50);
});

it("depend on nothing outside an event's past", () => {
  fc.assert(
    fc.property(histories, ({ right, moves }) => {
      const { court, events } = history(right, moves);
      const { session, scripts, ledger } = court;
      for (const event of events) {
        const past = found(pastOf(event, (hash) => ledger.get(hash)));
        const known = new Map(past.map((each) => [each.hash, each]));
        const monitor = new SessionMonitor({ session, scripts, get: (hash) => known.get(hash) });
        expect(monitor.judge(event)).toEqual(court.judge(event));
      }
    }),
    { seed, numRuns: 100 },
  );
});
