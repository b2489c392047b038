/** Evidence convinces a stranger, and nobody can make any against an honest device. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encode } from "../../../runtime/ledger/cbor.ts";
import {
  evidenceOn,
  pastOf,
  readEvidence,
  writeEvidence,
} from "../../../runtime/monitor/evidence.ts";
import type { Evidence } from "../../../runtime/monitor/evidence.ts";
import { rules } from "../../../runtime/monitor/rules.ts";
import { verifyEvidence } from "../../../runtime/monitor/verify.ts";
import type { EvidenceVerdict } from "../../../runtime/monitor/verify.ts";
import { childSession } from "../../../runtime/index.ts";
import { seedFor } from "../../seed.ts";
import { forge } from "../forge.ts";
import { Said, gather, hear, say, scriptOf, sessionOf } from "../scripts.ts";
import { found, makeDevice, stageOf } from "../stage.ts";
import { courtOf } from "./court.ts";

const seed = seedFor("test/runtime/monitor/evidence.test.ts");
const { roster } = stageOf(5);
const crowd = ["bob", "carol", "dave"];
const leader = scriptOf("leader", say("Ask", "?"), gather("Reveal", "crowd", 2));
const member = scriptOf(
  "crowd",
  hear("Ask", "leader"),
  say("Commit", ""),
  gather("Commit", "crowd", 2),
  say("Reveal", ""),
);

/** Bob reveals with nobody's commitment but his own; carol commits twice. */
function trial() {
  const court = courtOf({ leader: "alice", crowd }, [leader, member]);
  const ask = court.sign("alice", "Ask");
  const own = court.sign("bob", "Commit", { parents: [ask.hash] });
  const one = court.sign("carol", "Commit", { parents: [ask.hash] });
  const other = court.sign("carol", "Commit", {
    parents: [ask.hash],
    nonce: 0,
    payload: { text: "other" },
  });
  const reveal = court.sign("bob", "Reveal", { parents: [own.hash] });
  const honest = court.sign("dave", "Commit", { parents: [ask.hash] });
  const { ledger, session, scripts } = court;
  const judging = { roster, scripts };
  const all = evidenceOn(ledger, session, scripts);
  const of = (kind: Evidence["kind"]) => found(all.find((each) => each.kind === kind));
  return { ...court, ask, own, one, other, reveal, honest, judging, all, of };
}

const reasonOf = (verdict: EvidenceVerdict): string =>
  verdict.status === "proved" ? `${verdict.device} ${verdict.code}` : verdict.reason;

const { all, of, judging, ask, own, one, other, reveal, honest, session } = trial();

function order(changes: Partial<Extract<Evidence, { kind: "order" }>> = {}): Evidence {
  const evidence = of("order");
  return evidence.kind === "order" ? { ...evidence, ...changes } : evidence;
}

describe("what a ledger proves", () => {
  it("is each fault once, and checked by its bytes alone", () => {
    const verdicts = all.map((each) => verifyEvidence(writeEvidence(each), judging));
    expect(verdicts.map(reasonOf).toSorted()).toEqual([
      "bob TooSoon",
      "carol Equivocation",
      "carol Forked",
    ]);
    expect(verdicts).toContainEqual({
      status: "proved",
      device: "bob",
      code: "TooSoon",
      rule: rules.TooSoon,
    });
  });

  it("comes back from its bytes as it was", () => {
    for (const each of all) {
      expect(readEvidence(writeEvidence(each))).toEqual({ ok: true, evidence: each });
      expect(verifyEvidence(each, judging)).toEqual(verifyEvidence(writeEvidence(each), judging));
    }
  });

  it("is nothing where all are honest", () => {
    const {
      sign,
      ledger,
      session: calm,
      scripts,
    } = courtOf({ leader: "alice", crowd }, [leader, member]);
    sign("alice", "Ask");
    for (const step of ["Commit", "Reveal"]) for (const device of crowd) sign(device, step);
    expect(evidenceOn(ledger, calm, scripts)).toEqual([]);
  });

  it("needs no scripts where two events contradict each other", () => {
    expect(reasonOf(verifyEvidence(of("equivocation"), { roster }))).toBe("carol Equivocation");
    expect(reasonOf(verifyEvidence(of("order"), { roster }))).toBe("NoScripts");
  });
});

describe("two events", () => {
  const pair = (kind: "equivocation" | "fork", ...events: [Uint8Array, Uint8Array]) =>
    reasonOf(verifyEvidence({ version: 1, kind, events }, judging));

  it("prove nothing that they do not contradict", () => {
    expect(pair("equivocation", one.bytes, other.bytes)).toBe("carol Equivocation");
    expect(pair("equivocation", one.bytes, one.bytes)).toBe("NoFault");
    expect(pair("equivocation", one.bytes, honest.bytes)).toBe("NoFault");
    expect(pair("equivocation", own.bytes, reveal.bytes)).toBe("NoFault");
    expect(pair("fork", one.bytes, one.bytes)).toBe("NoFault");
    expect(pair("fork", own.bytes, reveal.bytes)).toBe("NoFault");
    expect(pair("fork", own.bytes, honest.bytes)).toBe("NoFault");
  });

  it("of two sessions, or of two turns, are none of one slot", () => {
    const device = makeDevice("carol");
    const elsewhere = sessionOf(roster, { leader: "alice", crowd }, { other: 1 });
    const abroad = forge(device, elsewhere, "Commit", Said, { text: "x" });
    const later = forge(device, session, "Commit", Said, { text: "x" }, { iteration: 1, nonce: 5 });
    for (const kind of ["equivocation", "fork"] as const) {
      expect(pair(kind, one.bytes, abroad.bytes)).toBe("NoFault");
      expect(pair(kind, one.bytes, later.bytes)).toBe("NoFault");
    }
  });

  it("of strangers, or signed by another, are not admitted", () => {
    const signed = forge({ ...makeDevice("alice"), id: "carol" }, session, "Commit", Said, {
      text: "x",
    });
    expect(pair("equivocation", one.bytes, signed.bytes)).toBe("NotAdmitted");
    const few = stageOf(2).roster;
    expect(reasonOf(verifyEvidence(of("equivocation"), { ...judging, roster: few }))).toBe(
      "NotAdmitted",
    );
  });
});

describe("an order of steps", () => {
  it("is judged by the whole past, and by nothing else", () => {
    const { past } = { past: [ask.bytes, own.bytes], ...order() } as { past: Uint8Array[] };
    expect(reasonOf(verifyEvidence(order({ past }), judging))).toBe("bob TooSoon");
    expect(reasonOf(verifyEvidence(order({ past: past.slice(1) }), judging))).toBe("Incomplete");
    expect(reasonOf(verifyEvidence(order({ past: [...past, one.bytes] }), judging))).toBe(
      "Irrelevant",
    );
    const twice = [...past, found(past[0])];
    expect(reasonOf(verifyEvidence(order({ past: twice }), judging))).toBe("Irrelevant");
    const itself = [...past, reveal.bytes];
    expect(reasonOf(verifyEvidence(order({ past: itself }), judging))).toBe("Irrelevant");
  });

  it("must break the rule that it is said to break", () => {
    expect(reasonOf(verifyEvidence(order({ code: "Twice" }), judging))).toBe("NoFault");
    const fine = order({ event: honest.bytes, past: [ask.bytes] });
    expect(reasonOf(verifyEvidence(fine, judging))).toBe("NoFault");
  });

  it("is of the session that the events are of", () => {
    const elsewhere = sessionOf(roster, { leader: "alice", crowd: ["bob"] });
    expect(reasonOf(verifyEvidence(order({ origin: elsewhere.origin }), judging))).toBe(
      "WrongSession",
    );
    const bytes = Uint8Array.of(1);
    expect(reasonOf(verifyEvidence(order({ origin: { kind: "opened", bytes } }), judging))).toBe(
      "WrongSession",
    );
    const called = { ...session.origin, kind: "called" } as const;
    expect(reasonOf(verifyEvidence(order({ origin: called }), judging))).toBe("WrongSession");
  });

  it("is judged by the scripts of that version", () => {
    const scripts = { leader, crowd: { ...member, digest: "11".repeat(32) } };
    expect(reasonOf(verifyEvidence(order(), { roster, scripts }))).toBe("NoScripts");
    expect(reasonOf(verifyEvidence(order(), { roster, scripts: { crowd: member } }))).toBe(
      "NoScripts",
    );
  });

  it("holds in a nested session too, whose id is bound to its cast", () => {
    const calling = {
      ...{ label: "Call", iteration: 0, script: member, params: {} },
      cast: { leader: "leader", crowd: "crowd" },
    };
    const child = childSession(session, calling);
    const early = forge(makeDevice("dave"), child, "Commit", Said, { text: "" });
    const evidence = { ...order({ event: early.bytes, past: [] }), origin: child.origin };
    expect(reasonOf(verifyEvidence(evidence, judging))).toBe("dave TooSoon");
  });
});

describe("evidence that was tampered with", () => {
  it.each([
    ["no kind", ({ version, ...rest }: Evidence) => ({ ...rest, kind: version })],
    ["another version", (evidence: object) => ({ ...evidence, version: 2 })],
    ["another kind", (evidence: object) => ({ ...evidence, kind: "rumour" })],
    ["a field more", (evidence: object) => ({ ...evidence, extra: 1 })],
    ["a rule that is none", (evidence: object) => ({ ...evidence, code: "toString" })],
    ["text for an event", (evidence: object) => ({ ...evidence, event: "event" })],
    ["a past that is none", (evidence: object) => ({ ...evidence, past: 1 })],
    [
      "an event that is too long",
      (evidence: object) => ({ ...evidence, event: new Uint8Array(65_537) }),
    ],
    [
      "too long a past",
      (evidence: object) => ({
        ...evidence,
        past: Array.from({ length: 4097 }, () => new Uint8Array()),
      }),
    ],
  ])("by %s is malformed", (_, change) => {
    expect(reasonOf(verifyEvidence(encode(change(order())), judging))).toBe("Malformed");
  });

  it("by its size is not read", () => {
    const huge = verifyEvidence(new Uint8Array(4 * 1024 * 1024 + 1), judging);
    expect(reasonOf(huge)).toBe("TooLarge");
  });

  it("in any byte proves nothing, or the same", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (each, at, flip) => {
          const bytes = Uint8Array.from(writeEvidence(each));
          const index = at % bytes.length;
          bytes[index] = found(bytes[index]) ^ flip;
          const verdict = verifyEvidence(bytes, judging);
          // One thing can still be said of the same events: kinds and codes are not signed.
          if (verdict.status === "proved") {
            expect(verdict).toEqual(verifyEvidence(each, judging));
          }
        },
      ),
      { seed, numRuns: 400 },
    );
  });

  it("never blames an honest device, whatever is put together from real events", () => {
    const { ledger } = trial();
    const events = ledger.events({ session: session.id });
    const any = fc.constantFrom(...events.map(({ bytes }) => bytes));
    const made: fc.Arbitrary<Evidence> = fc.oneof(
      fc.record({
        version: fc.constant(1 as const),
        kind: fc.constantFrom("equivocation" as const, "fork" as const),
        events: fc.tuple(any, any),
      }),
      fc
        .record({ code: fc.constantFrom(...rulesByName), event: fc.constantFrom(...events) })
        .map(({ code, event }) => {
          const past = found(pastOf(event, (hash) => ledger.get(hash))).map(({ bytes }) => bytes);
          return order({ code, event: event.bytes, past });
        }),
    );
    fc.assert(
      fc.property(made, (evidence) => {
        const verdict = verifyEvidence(evidence, judging);
        if (verdict.status === "proved") expect(["bob", "carol"]).toContain(verdict.device);
      }),
      { seed, numRuns: 300 },
    );
  });
});

const rulesByName = Object.keys(rules) as (keyof typeof rules)[];
