/** The digest by which devices know that they run one protocol. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edited, rightSource, workbench } from "./workbench.ts";
import type { Workbench } from "./workbench.ts";

let bench: Workbench;
beforeAll(() => {
  bench = workbench();
});
afterAll(() => bench.close());

/** The digest in the script of the one who writes first; all scripts must have the same. */
function digestOf(source: string): string {
  bench.write("poll.ts", source);
  expect(bench.aura("generate", "poll.ts").errors).toEqual([]);
  const digests = bench
    .list("generated")
    .map((name) => /digest: "([0-9a-f]{64})"/.exec(bench.read(`generated/${name}`))?.[1]);
  const [first] = digests;
  expect(digests).toEqual(digests.map(() => first));
  return first ?? "none";
}

describe("the digest changes with", () => {
  it.each([
    ["the name", [['"poll"', '"vote"']]],
    [
      "a role's name",
      [
        ["chair: one", "host: one"],
        ['by: "chair"', 'by: "host"'],
      ],
    ],
    ["a role more", [["voter: many", "voter: many, guest: one"]]],
    [
      "a label",
      [
        ["Ask . Answer", "Open . Answer"],
        ['broadcast("Ask"', 'broadcast("Open"'],
      ],
    ],
    ["an event", [["event: Answer", "event: Ask"]]],
    ["a broadcast's deadline", [["ask, within: epochs(5)", "ask, within: epochs(6)"]]],
    ["a collect's deadline", [["atLeast: 2, within: epochs(5)", "atLeast: 2, within: epochs(6)"]]],
    ["a quorum", [["atLeast: 2", "atLeast: 3"]]],
    ["a quorum's parameter", [["atLeast: 2", 'atLeast: "2"']]],
    ["the abort event", [["abort: AbortPoll", "abort: Ask"]]],
    ["the result", [['returns("Count")', 'returns("Ask")']]],
  ] as const)("%s", (_, edits) => {
    expect(digestOf(edited(...edits))).not.toBe(digestOf(rightSource));
  });

  it.each([
    ["where a value is computed", 'at: "chair", action: count, combines: "Answer"'],
    ["what is combined", "at: everyone, action: count"],
  ])("%s", (_, options) => {
    const result: readonly [string, string] = ['returns("Count")', 'returns("Ask")'];
    const other = edited(result, ['at: everyone, action: count, combines: "Answer"', options]);
    expect(digestOf(other)).not.toBe(digestOf(edited(result)));
  });

  it("the order of two steps", () => {
    const two = (first: string, second: string) =>
      edited(
        ["Ask . Answer* . Count", `Ask . Answer* . ${first} . ${second}`],
        [
          '  .local("Count", { at: everyone, action: count, combines: "Answer" })',
          [first, second]
            .map(
              (label) =>
                `  .local("${label}", { at: everyone, action: count, combines: "Answer" })`,
            )
            .join("\n"),
        ],
      );
    expect(digestOf(two("Count", "Sum"))).not.toBe(digestOf(two("Sum", "Count")));
  });
});

describe("the digest stays with", () => {
  it.each([
    ["another action", [["payload: reply", "payload: () => 1"]]],
    ["another check", [["payload: reply,", "payload: reply, accept: ask,"]]],
    ["blanks in the session", [["Ask . Answer* . Count", "Ask.Answer *.\\n Count"]]],
    ["another order of options", [['by: "chair", event: Ask', 'event: Ask, by: "chair"']]],
    ["another name of the constant", [["export const poll", "export const ballot"]]],
  ] as const)("%s", (_, edits) => {
    expect(digestOf(edited(...edits))).toBe(digestOf(rightSource));
  });
});
