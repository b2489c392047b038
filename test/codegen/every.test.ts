/** Every verb, read from source and written as scripts. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GlobalStep } from "../../dsl/index.ts";
import type { SourceCode } from "../../codegen/source.ts";
import { root } from "../tidy/source.ts";
import { fixture, lockingPath, readIn, tripPath, tripSource, writeTrip } from "./every.ts";
import { workbench } from "./workbench.ts";
import type { Workbench } from "./workbench.ts";

const run = promisify(execFile);
const roles = ["agent", "clerk", "member"];

let bench: Workbench;
beforeEach(() => {
  bench = workbench();
});
afterEach(() => bench.close());

/** A step with the author's code as its text alone. */
function plain(step: GlobalStep<SourceCode>): unknown {
  return JSON.parse(
    JSON.stringify(step, (_, value: unknown) =>
      typeof value === "object" && value !== null && "text" in value ? value.text : value,
    ),
  );
}

describe("reading", () => {
  it("gives each verb with its options", () => {
    writeTrip(bench);
    const { global } = readIn(bench, tripPath);
    const lock = {
      lock: "trip",
      choreography: "lockTrip",
      callee: { name: "op-locking", roles: { member: "many" }, result: "Bid", calls: [] },
      roles: { member: "member" },
      params: "parts.lockParams",
    };
    expect(global).not.toHaveProperty("result");
    const within = "epochs(5)";
    expect(global.steps.filter(({ verb }) => verb !== "choice").map(plain)).toEqual([
      { verb: "acquire", label: "Lock", ...lock },
      { verb: "broadcast", label: "Ask", by: "agent", event: "Ask", payload: "parts.ask", within },
      {
        verb: "send",
        label: "Hint",
        by: "agent",
        to: "member",
        sealed: true,
        event: "parts.Hint",
        payload: "({ to }) => ({ to })",
        within,
      },
      {
        verb: "distribute",
        label: "Deal",
        by: "member",
        to: "member",
        sealed: true,
        event: "Deal",
        payload: "parts.deal",
        atLeast: "all",
        within,
      },
      {
        verb: "collect",
        label: "Answer",
        by: "member",
        event: "Answer",
        payload: "parts.reply",
        atLeast: 2,
        within,
        accept: "parts.plausible",
      },
      { verb: "local", label: "Count", at: "everyone", action: "parts.count", combines: "Answer" },
      { verb: "wait", label: "Nap", at: "agent", epochs: "epochs(2)" },
      { verb: "check", label: "Seen", at: "agent", of: "Ask" },
      { verb: "release", label: "Unlock", ...lock },
      {
        verb: "call",
        label: "Audit",
        choreography: lock.choreography,
        callee: lock.callee,
        roles: lock.roles,
        params: "() => ({})",
        onAbort: "absent",
      },
    ]);
  });

  it("gives what is nested, under each branch's name", () => {
    writeTrip(bench);
    const { global } = readIn(bench, tripPath);
    const outline = (step: GlobalStep<SourceCode>): unknown => {
      switch (step.verb) {
        case "choice":
          return { [step.label]: step.branches.map((b) => [b.label, b.steps.map(outline)]) };
        case "rec":
          return { [`${step.label} ${step.atMost}`]: step.steps.map(outline) };
        case "parallel":
          return { [step.label]: step.blocks.map((b) => [b.label, b.steps.map(outline)]) };
        default:
          return `${step.verb} ${step.label}`;
      }
    };
    const haggle = {
      "Raise | Settle": [
        ["Raise", ["broadcast Raise", "again Haggle"]],
        ["Settle", ["broadcast Settle"]],
      ],
    };
    const trade = {
      "Ship || Bill": [
        ["Ship", ["send Ship"]],
        ["Bill", ["send Bill", "local Tax"]],
      ],
    };
    expect(global.steps.filter(({ verb }) => verb === "choice").map(outline)).toEqual([
      {
        "Go | Stop": [
          ["Go", ["broadcast Go", { "Haggle rounds": ["send Offer", haggle] }, trade]],
          ["Stop", ["broadcast Stop", "abort abort"]],
        ],
      },
    ]);
  });

  it("knows the place of each step's label, and of each branch's name", () => {
    writeTrip(bench);
    const { places } = readIn(bench, tripPath);
    const lines = tripSource.split("\n");
    const found = [...places].map(([part, { line, column }]) => {
      const { label, verb } = { verb: "branch", label: "", ...part };
      return { verb, label, text: lines[line - 1]?.slice(column - 1) ?? "" };
    });
    // 24 steps at all depths, and six branches and blocks.
    expect(found).toHaveLength(30);
    const quotedLabel = ({ verb, label }: { verb: string; label: string }) => {
      return verb === "branch" ? `${label}:` : `"${label}"`;
    };
    expect(found.filter((each) => !each.text.startsWith(quotedLabel(each)))).toEqual([]);
  });

  it.each([
    [
      "a part in parentheses",
      "Ship: (c) =>\n              c.send(",
      "Ship: (c) =>\n              (c.send(",
      "}),\n            Bill: ",
      "})),\n            Bill: ",
    ],
    ["a quoted name of a branch", "Go: (b) =>", '"Go": (b) =>', "Stop: (b) =>", '"Stop": (b) =>'],
    ["an abort without its label", '.abort("abort", {', ".abort({", "Stop: (b) =>", "Stop: (b) =>"],
  ])("takes %s", (_, from, to, from2, to2) => {
    writeTrip(bench, [from, to], [from2, to2]);
    expect(bench.aura("generate", tripPath).errors).toEqual([]);
    expect(bench.read("trip/generated/trip.agent.ts")).toBe(
      fixture("trip/generated/trip.agent.ts"),
    );
  });
});

describe("writing", () => {
  it.each(roles)("gives the script of the %s, word for word", (role) => {
    writeTrip(bench);
    expect(bench.aura("generate", tripPath)).toEqual({
      code: 0,
      out: roles.map((each) => `written trip/generated/trip.${each}.ts`),
      errors: [],
    });
    expect(bench.read(`trip/generated/trip.${role}.ts`)).toBe(
      fixture(`trip/generated/trip.${role}.ts`),
    );
  });

  it("is formatted as if by hand", async () => {
    writeTrip(bench);
    bench.aura("generate", tripPath, lockingPath);
    const folders = ["trip", "locking"].map((name) => `${bench.folder}/${name}/generated`);
    const { stdout } = await run(
      "node_modules/.bin/oxfmt",
      ["-c", ".oxfmtrc.json", "--check", ...folders],
      { cwd: root },
    );
    expect(stdout).toContain("All matched files use the correct format");
  });

  it("gives scripts that hold the scripts of nested choreographies", async () => {
    const { agent } = await import("./fixtures/every/trip/generated/trip.agent.ts");
    const { clerk } = await import("./fixtures/every/trip/generated/trip.clerk.ts");
    const { member } = await import("./fixtures/every/trip/generated/trip.member.ts");
    const { member: bidder } =
      await import("./fixtures/every/locking/generated/op-locking.member.ts");
    const nested = member.steps.flatMap((step) => ("script" in step ? [step.script] : []));
    expect(nested).toEqual([bidder, bidder, bidder]);
    expect([agent.digest, clerk.digest]).toEqual([member.digest, member.digest]);
    expect(bidder.digest).not.toBe(member.digest);
  });

  it("gives a role without any part a script that ends", () => {
    bench.write(
      "idle.ts",
      `import { choreography, epochs, one, type } from "aura-choreography/dsl";
import { Abort, Tell, tell } from "./parts.ts";
export const idle = choreography("idle", {
  roles: { a: one, b: one, guest: one },
  session: "Tell",
  params: type<object>(),
  abort: Abort,
})
  .send("Tell", { by: "a", to: "b", event: Tell, payload: tell, within: epochs(1) })
  .returns("nothing");
`,
    );
    expect(bench.aura("generate", "idle.ts").errors).toEqual([]);
    expect(bench.read("generated/idle.guest.ts")).toContain(
      '  steps: [\n    // The end.\n    { instruction: "Return" },\n  ],\n',
    );
  });
});

describe("the digest of every verb", () => {
  const digestOf = () =>
    /digest: "([0-9a-f]{64})"/.exec(bench.read("trip/generated/trip.clerk.ts"))?.[1];

  it.each([
    ["a turn more", 'atMost: "rounds"', "atMost: 7"],
    [
      "a nested deadline",
      "payload: parts.settle,\n                      within: epochs(5)",
      "payload: parts.settle,\n                      within: epochs(6)",
    ],
    ["a nested event", "event: parts.Settle", "event: parts.Other"],
    ["what a check looks for", 'of: "Ask"', 'of: "Hint"'],
    ["an abort that is not absence", 'onAbort: "absent",', ""],
  ])("changes with %s", (_, from, to) => {
    const session = from.startsWith("onAbort") ? ([["Audit?", "Audit"]] as const) : [];
    writeTrip(bench, [from, to], ...session);
    expect(bench.aura("generate", tripPath).errors).toEqual([]);
    expect(fixture("trip/generated/trip.clerk.ts")).not.toContain(digestOf());
  });

  it("changes with the name of a nested choreography", () => {
    writeTrip(bench);
    bench.write(lockingPath, bench.read(lockingPath).replace("op-locking", "other"));
    bench.aura("generate", tripPath);
    expect(fixture("trip/generated/trip.clerk.ts")).not.toContain(digestOf());
  });

  it.each([
    ["another decision", "decide: parts.haggle", "decide: parts.other"],
    ["another sentence of an abort", "nobody said", "somebody said"],
    ["arrows in the session", "Lock . Ask . Hint", "Lock → Ask → Hint"],
  ])("stays with %s", (_, from, to) => {
    writeTrip(bench, [from, to]);
    expect(bench.aura("generate", tripPath).errors).toEqual([]);
    expect(fixture("trip/generated/trip.clerk.ts")).toContain(digestOf());
  });
});
