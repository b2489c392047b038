import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { addresseeOf, addressedStep } from "../../../runtime/ledger/addressed.ts";
import type { SignedEvent } from "../../../runtime/ledger/envelope.ts";
import { type EventFilter, type Predicate, matches } from "../../../runtime/ledger/filter.ts";
import { SessionIndex } from "../../../runtime/ledger/session-index.ts";
import { seedFor } from "../../seed.ts";
import { OTHER_SESSION, ROSTER, SESSION, eventOf, failure } from "./fixtures.ts";
import { MemoryLedger } from "../../../runtime/ledger/memory.ts";

const seed = seedFor("test/runtime/ledger/filter.test.ts");

const AUTHORS = ["alice", "bob", "carol"];
const STEPS = ["Commit", "Reveal", "Deal.alice", "Lock/Deal.bob", "completed.bob"];
const TYPES = ["RecordCommitment", "RevealPoint", "DealShare"];

const EVENTS: readonly SignedEvent[] = Array.from({ length: 90 }, (_, at) =>
  eventOf({
    author: AUTHORS[at % 3] ?? "",
    nonce: Math.floor(at / 3),
    step: STEPS[(at * 7) % 5] ?? "",
    iteration: at % 2,
    type: TYPES[(at * 5) % 7] ?? TYPES[0] ?? "",
    epoch: (at * 11) % 10,
    session: at % 9 === 0 ? OTHER_SESSION : SESSION,
    payload: at,
  }),
);

const anyKeys = { requiredKeys: [] };
const some = <T>(values: readonly T[]) => fc.subarray([...values], { maxLength: 2 });
const anyOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
/** One key, so that a predicate of a few still matches something. */
const condition: fc.Arbitrary<Predicate> = fc.oneof(
  fc.record({ step: anyOf([...STEPS, "Never"]) }),
  fc.record({ iteration: fc.nat({ max: 2 }) }),
  fc.record({ type: fc.oneof(anyOf([...TYPES, "Never"]), some(TYPES)) }),
  fc.record({ authors: some([...AUTHORS, "zoe"]) }),
  fc.record({ addressee: anyOf(["alice", "bob", null]) }),
  fc.record({
    epoch: fc.record({ atLeast: fc.nat(5), atMost: fc.integer({ min: 3, max: 9 }) }, anyKeys),
  }),
  fc.record({ authorization: fc.constant("device" as const) }),
);
const few: fc.Arbitrary<Predicate> = fc
  .tuple(condition, condition)
  .map(([one, other]) => ({ ...one, ...other }));
const { predicate } = fc.letrec<{ predicate: Predicate; parts: Predicate[] }>((tie) => ({
  predicate: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    few,
    fc.record({ and: tie("parts"), not: tie("predicate") }, anyKeys),
    fc.tuple(few, tie("parts")).map(([own, or]) => ({ ...own, or })),
  ),
  parts: fc.array(tie("predicate"), { maxLength: 3 }),
}));

/** The same question, asked in another way: the set of those that each condition leaves. */
function naive(events: readonly SignedEvent[], asked: Predicate): readonly SignedEvent[] {
  const { and, or, not, epoch } = asked;
  const types = typeof asked.type === "string" ? [asked.type] : asked.type;
  const rules: readonly ((event: SignedEvent) => boolean)[] = [
    ({ step }) => asked.step === undefined || step === asked.step,
    ({ iteration }) => asked.iteration === undefined || iteration === asked.iteration,
    ({ type }) => types === undefined || types.some((each) => each === type),
    ({ author }) => asked.authors === undefined || asked.authors.some((each) => each === author),
    ({ step }) => asked.addressee === undefined || addressed(step) === asked.addressee,
    (event) => event.epoch >= (epoch?.atLeast ?? 0) && event.epoch <= (epoch?.atMost ?? 99),
    ({ authorization }) =>
      asked.authorization === undefined || authorization.kind === asked.authorization,
  ];
  const left = events.filter((event) => rules.every((rule) => rule(event)));
  const inAll = (and ?? []).reduce(naive, left);
  const inSome = or === undefined ? inAll : new Set(or.flatMap((part) => naive(inAll, part)));
  const refused = new Set(not === undefined ? [] : naive(events, not));
  return [...inSome].filter((event) => !refused.has(event));
}

function addressed(step: string): string | null {
  return { "Deal.alice": "alice", "Lock/Deal.bob": "bob" }[step] ?? null;
}

const hashesOf = (events: readonly SignedEvent[]) => events.map(({ hash }) => hash).sort();

function deep(levels: number): Predicate {
  return levels === 0 ? {} : { not: deep(levels - 1) };
}

describe("a filter", () => {
  test("finds in the index what it finds by looking at each event", () => {
    const index = new SessionIndex();
    const ledger = new MemoryLedger(ROSTER);
    const inSession = EVENTS.filter(({ session }) => session === SESSION);
    for (const event of inSession) index.add(event);
    for (const { bytes } of EVENTS) ledger.append(bytes);
    const sizes = new Set<number>();
    fc.assert(
      fc.property(predicate, (asked) => {
        const filter: EventFilter = { ...asked, session: SESSION };
        const found = index.candidates(filter).filter((event) => matches(filter, event));
        const expected = hashesOf(naive(inSession, asked));
        expect(hashesOf(found)).toEqual(expected);
        expect(hashesOf(ledger.events(filter))).toEqual(expected);
        sizes.add(expected.length);
      }),
      { seed, numRuns: 400 },
    );
    expect(sizes.size, "the filters are all alike").toBeGreaterThan(5);
  });

  test("reads like the sentences that it stands for", () => {
    const events = [
      eventOf({ author: "alice", epoch: 7 }),
      eventOf({ author: "bob", step: "Deal.alice", type: "DealShare", epoch: 8 }),
      eventOf({ author: "carol", step: "Deal.bob", type: "DealShare", epoch: 9 }),
    ];
    const authors = (asked: Predicate) =>
      events
        .filter((event) => matches({ ...asked, session: SESSION }, event))
        .map(({ author }) => author);
    expect(authors({ type: "RecordCommitment", authors: ["alice"] })).toEqual(["alice"]);
    expect(authors({ addressee: "alice" })).toEqual(["bob"]);
    expect(authors({ or: [{ addressee: "bob" }, { addressee: null }] })).toEqual([
      "alice",
      "carol",
    ]);
    expect(authors({ epoch: { atLeast: 8 }, not: { authors: ["carol"] } })).toEqual(["bob"]);
    expect(authors({ type: ["DealShare", "RevealPoint"] })).toEqual(["bob", "carol"]);
    expect(authors({ authorization: "device" })).toEqual(["alice", "bob", "carol"]);
  });

  test("of no authors, no types or no alternatives matches nothing; of no conditions, all", () => {
    const event = eventOf();
    for (const asked of [{ authors: [] }, { type: [] }, { or: [] }, { not: {} }]) {
      expect(matches({ ...asked, session: SESSION }, event)).toBe(false);
    }
    for (const asked of [{}, { and: [] }, { not: { or: [] } }]) {
      expect(matches({ ...asked, session: SESSION }, event)).toBe(true);
    }
  });

  test("nested too deep or of too many parts is refused at once, with what to do", () => {
    const ledger = new MemoryLedger(ROSTER);
    ledger.append(eventOf().bytes);
    expect(ledger.events({ session: SESSION, ...deep(16) })).toHaveLength(1);
    const many = { or: Array.from({ length: 1024 }, () => ({})) };
    const endless: { not: Predicate } = { not: {} };
    endless.not = endless;
    for (const asked of [deep(17), many, endless]) {
      const error = failure(() => ledger.events({ session: SESSION, ...asked }));
      expect([error.code, error.todo]).toEqual([
        "InvalidInput",
        expect.stringContaining("say it with fewer"),
      ]);
    }
    expect(matches({ session: SESSION, ...endless }, eventOf())).toBe(false);
  });
});

test("a step tells whom its slot is for", () => {
  expect(addresseeOf(addressedStep("Deal", "bob"))).toBe("bob");
  expect(addresseeOf(`Lock/${addressedStep("Deal_2", "0-b")}`)).toBe("0-b");
  for (const step of ["Deal", "Deal.alice/Open", "completed.bob", "Lock/aborted.bob", "Deal.Bob"]) {
    expect(addresseeOf(step)).toBeUndefined();
  }
});
