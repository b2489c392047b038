/** What the generator cannot read of nested steps: word for word, at its place. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changed, tripPath, tripSource, writeTrip } from "./every.ts";
import { workbench } from "./workbench.ts";
import type { Workbench } from "./workbench.ts";

let bench: Workbench;
beforeEach(() => {
  bench = workbench();
});
afterEach(() => bench.close());

interface Refused {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** What stands at the place of the mistake. */
  readonly at: string;
  readonly says: string;
}

const asPart = "Write it as (b) => b. … , one chain on the function's parameter.";
const stop = "Stop: (b) =>\n        b\n          .broadcast";
const settle = 'Settle: (d) =>\n                    d.broadcast("Settle"';

const cases: readonly Refused[] = [
  {
    name: "a branch that is no arrow function",
    from: stop,
    to: "Stop: function (b) {}, Other: (b) =>\n        b\n          .broadcast",
    at: "function (b) {}",
    says: `the steps are not an arrow function. ${asPart}`,
  },
  {
    name: "a branch that stands elsewhere",
    from: stop,
    to: "Stop: parts.stopping, Other: (b) =>\n        b\n          .broadcast",
    at: "parts.stopping",
    says: `the steps are not an arrow function. ${asPart}`,
  },
  {
    name: "an asynchronous branch",
    from: stop,
    to: "Stop: async (b) =>\n        b\n          .broadcast",
    at: "async (b)",
    says: `the steps are not a function of one chain. ${asPart}`,
  },
  {
    name: "a branch without its parameter",
    from: stop,
    to: "Stop: () =>\n        b\n          .broadcast",
    at: "() =>\n        b\n          .broadcast",
    says: `the steps are not a function of one chain. ${asPart}`,
  },
  {
    name: "a branch that goes on with another's chain",
    from: settle,
    to: 'Settle: (d) =>\n                    c.broadcast("Settle"',
    at: 'c.broadcast("Settle"',
    says: `the steps are not a chain on 'd'. ${asPart}`,
  },
  {
    name: "a branch whose value is decided when it runs",
    from: settle,
    to: 'Settle: (d) =>\n                    parts.late ? d : d.broadcast("Settle"',
    at: "parts.late",
    says: `the steps are not a chain on 'd'. ${asPart}`,
  },
  {
    name: "a block that does more than return",
    from: "(c) => {\n            return c\n",
    to: "(c) => {\n            parts.log();\n            return c\n",
    at: "{\n            parts.log",
    says: `the steps are a block that does more than return one chain. ${asPart}`,
  },
  {
    name: "a branch that is a method",
    from: stop,
    to: "Stop(b) { return b; }, Other: (b) =>\n        b\n          .broadcast",
    at: "Stop(b)",
    says: "the options cannot be read without running them. Write the options as an object literal, each property as name: value.",
  },
  {
    name: "branches that stand elsewhere",
    from: '.parallel("Ship || Bill", {',
    to: '.parallel("Ship || Bill", parts.blocks, {',
    at: "parts.blocks",
    says: "the options are not an object literal. Write the options as an object literal, each property as name: value.",
  },
  {
    name: "a recursion without a bound",
    from: '{ atMost: "rounds" }',
    to: "{ atMost: parts.rounds }",
    at: "parts.rounds",
    says: "the option 'atMost' is not a literal, and the generator does not run your code. Write it as a string or a number.",
  },
  {
    name: "a recursion without steps",
    from: '.wait("Nap", { at: "agent", epochs: epochs(2) })',
    to: '.rec("Nap", { atMost: 2 })',
    at: 'rec("Nap"',
    says: "rec has no argument 3. Write it as (label, options, body), and returns as (label).",
  },
  {
    name: "an end inside a branch",
    from: '.again("Haggle")',
    to: '.returns("Haggle")',
    at: 'returns("Haggle")',
    says: "returns stands inside the choreography. Leave it out: the choreography returns, and not a part of it.",
  },
  {
    name: "another word for absence",
    from: 'onAbort: "absent"',
    to: 'onAbort: "ignore"',
    at: '"ignore"',
    says: 'the option \'onAbort\' is not the word "absent". Write "absent", or leave it out.',
  },
  {
    name: "another word for absence at a timeout",
    from: "event: Ask, payload: parts.ask,",
    to: "event: Ask, payload: parts.ask, onTimeout: true,",
    at: "true,",
    says: 'the option \'onTimeout\' is not the word "absent". Write "absent", or leave it out.',
  },
  {
    name: "a sentence of an abort that needs running",
    from: "reason: 'nobody said \"yes\"'",
    to: "reason: parts.reason",
    at: "parts.reason",
    says: "the option 'reason' is not a literal, and the generator does not run your code. Write it as a string or a number.",
  },
  {
    name: "an abort without options",
    from: '.abort("abort", { by: "agent", reason: \'nobody said "yes"\', within: epochs(5) })',
    to: ".abort()",
    at: "abort()",
    says: "abort has no argument 1. Write it as (label, options), and returns as (label).",
  },
  {
    name: "a lock that is not literal",
    from: '.acquire("Lock", {\n    lock: "trip"',
    to: '.acquire("Lock", {\n    lock: parts.lock',
    at: "parts.lock,",
    says: "the option 'lock' is not a literal, and the generator does not run your code. Write it as a string or a number.",
  },
  {
    name: "a choreography that is computed",
    from: '.call("Audit", {\n    choreography: lockTrip',
    to: '.call("Audit", {\n    choreography: parts.lockings[0]',
    at: "parts.lockings[0]",
    says: "the choreography is not given by its name. Import a choreography from the module that exports it, and write its name here.",
  },
  {
    name: "a choreography that nobody declares",
    from: '.call("Audit", {\n    choreography: lockTrip',
    to: '.call("Audit", {\n    choreography: nowhere',
    at: "nowhere",
    says: "'nowhere' is not an exported choreography. Import a choreography from the module that exports it, and write its name here.",
  },
  {
    name: "a module that exports no choreography of this name",
    from: '.call("Audit", {\n    choreography: lockTrip',
    to: '.call("Audit", {\n    choreography: Bill',
    at: "Bill",
    says: 'there is no source of "./parts.ts" beside this file. Import a choreography from the module that exports it, and write its name here.',
  },
];

/** Line and column of the place where `at` stands first after `from` began in `source`. */
function placeIn(source: string, at: string, after: number): string {
  const before = source.slice(0, source.indexOf(at, after)).split("\n");
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

describe("aura generate", () => {
  it.each(cases)("refuses $name", ({ from, to, at, says }) => {
    writeTrip(bench, [from, to]);
    const source = changed(tripSource, [[from, to]]);
    const place = placeIn(source, at, tripSource.indexOf(from));
    const refusal = { code: 1, out: [], errors: [`${tripPath}:${place}: ${says}`] };
    expect(bench.aura("generate", tripPath)).toEqual(refusal);
    expect(bench.list("trip/generated")).toEqual([]);
  });

  it("names everything that is wrong, at every depth", () => {
    writeTrip(
      bench,
      ['at: "agent", of: "Ask"', 'at: "agent", of: asked'],
      ["payload: parts.raise", "payload: local"],
      ['at: "clerk", action: parts.tax', 'at: "clerk"'],
      ["export const trip", "const local = 1;\nexport const trip"],
    );
    const { errors } = bench.aura("generate", tripPath);
    expect(errors.map((line) => line.split(/[.,]\s/)[0]?.replace(/^\S+ /, ""))).toEqual([
      "the option 'of' is not a literal",
      "'local' is local to this file",
      "the option 'action' is missing",
    ]);
  });

  it("refuses a rule that a nested step breaks, at the step", () => {
    writeTrip(bench, ['.local("Tax", { at: "clerk"', '.local("Tax", { at: "nobody"']);
    const [error] = bench.aura("generate", tripPath).errors;
    expect(error).toMatch(
      /^trip\/choreography\.ts:\d+:24, protocol trip, step Tax: 'nobody' is not a role of trip\./,
    );
  });
});
