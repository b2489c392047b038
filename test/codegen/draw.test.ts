/** Choreographies as Mermaid diagrams. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { escaped } from "../../codegen/draw/mermaid.ts";
import { drawSequence } from "../../codegen/draw/sequence.ts";
import type { GlobalStep } from "../../dsl/index.ts";
import { fixture, tripPath, writeTrip } from "./every.ts";
import { faultsOf } from "./mermaid-lines.ts";
import { edited, rightSource, workbench } from "./workbench.ts";
import type { Workbench } from "./workbench.ts";

let bench: Workbench;
beforeEach(() => {
  bench = workbench();
});
afterEach(() => bench.close());

const names = ["trip.mmd", "trip.agent.mmd", "trip.clerk.mmd", "trip.member.mmd"];

describe("aura draw", () => {
  it("writes who tells whom, and each role's states, word for word", () => {
    writeTrip(bench);
    expect(bench.aura("draw", tripPath)).toEqual({
      code: 0,
      out: names.map((name) => `written trip/diagrams/${name}`),
      errors: [],
    });
    for (const name of names)
      expect(bench.read(`trip/diagrams/${name}`)).toBe(fixture(`trip/diagrams/${name}`));
  });

  it("writes into another folder", () => {
    writeTrip(bench);
    expect(bench.aura("draw", tripPath, "-o", "out/pictures").code).toBe(0);
    expect(bench.list("out/pictures")).toEqual(names.toSorted());
  });

  it("writes one role's states only", () => {
    writeTrip(bench);
    expect(bench.aura("draw", tripPath, "--role", "clerk")).toEqual({
      code: 0,
      out: ["written trip/diagrams/trip.clerk.mmd"],
      errors: [],
    });
    expect(bench.list("trip/diagrams")).toEqual(["trip.clerk.mmd"]);
  });

  it.each([
    [
      "a role that is not there",
      ["poll.ts", "--role", "guest"],
      "poll.ts has no role 'guest'. Name one of: chair, voter.",
    ],
    [
      "a file that is not there",
      ["nowhere.ts"],
      "there is no file nowhere.ts. Name a TypeScript file that holds a choreography.",
    ],
    [
      "a file without a choreography",
      ["plain.ts"],
      "plain.ts holds no choreography. Name a file with export const name = choreography(…) … .returns(…).",
    ],
    ["no file", [], "error: missing required argument 'file'"],
  ] as const)("refuses %s", (_, args, says) => {
    bench.write("poll.ts", rightSource);
    bench.write("plain.ts", "export const five = 5;\n");
    expect(bench.aura("draw", ...args)).toEqual({ code: 2, out: [], errors: [says] });
    expect(bench.list("diagrams")).toEqual([]);
  });

  it("draws nothing of a choreography that breaks a rule", () => {
    bench.write("poll.ts", edited(['by: "voter"', 'by: "guest"']));
    const { code, errors } = bench.aura("draw", "poll.ts");
    expect(code).toBe(1);
    expect(errors[0]).toContain("poll.ts:11:12, protocol poll, step Answer: 'guest' is not a role");
    expect(bench.list("diagrams")).toEqual([]);
  });
});

describe("a diagram", () => {
  it.each(names)("keeps to Mermaid's grammar: %s", (name) => {
    expect(faultsOf(fixture(`trip/diagrams/${name}`))).toEqual([]);
  });

  it("has every text escaped that could end a line or open a block", () => {
    expect(escaped('a;b #35; "x" <b>%% : {y}\n×')).toBe(
      "a#59;b #35;35#59; #34;x#34; #60;b#62;#37;#37; #58; #123;y#125;#10;#215;",
    );
  });

  const told = { event: "E", within: "5", payload: "f" };
  const odd: readonly GlobalStep<string>[] = [
    { verb: "broadcast", label: "End", by: "end", ...told, onTimeout: "absent" },
    { verb: "collect", label: "Note", by: "par", atLeast: "all", ...told },
    {
      verb: "choice",
      label: "Else | Loop",
      by: "everyone",
      decide: "f",
      branches: [
        { label: "Else", steps: [{ verb: "send", label: "Else", by: "end", to: "off", ...told }] },
        {
          label: "Loop",
          steps: [
            { verb: "wait", label: "Loop", at: "everyone", epochs: "5" },
            { verb: "abort", label: "abort", by: "off", reason: "end; of: it\nall", within: "5" },
          ],
        },
      ],
    },
  ];

  it("keeps to it whatever roles, labels and reasons are named", () => {
    const roles = { end: "one", par: "many", off: "one" } as const;
    const drawn = drawSequence({ name: "end", roles, session: "", abort: "A", steps: odd });
    expect(faultsOf(drawn)).toEqual([]);
    expect(drawn).toBe(`sequenceDiagram
  title end
  participant end_ as end
  participant par_ as par*
  participant off_ as off
  end_->>par_: End?
  end_->>off_: End?
  par_->>end_: Note* (all)
  par_->>par_: Note* (all)
  par_->>off_: Note* (all)
  alt Else (everyone decides alike)
    end_->>off_: Else
  else Loop
    Note over end_,off_: Loop (sleep)
    off_-xend_: abort, end#59; of#58; it#10;all
    off_-xpar_: abort, end#59; of#58; it#10;all
  end
`);
  });

  it("of a role alone shows what it tells itself", () => {
    const steps: readonly GlobalStep<string>[] = [
      { verb: "broadcast", label: "Tell", by: "host", ...told },
    ];
    const roles = { host: "one" } as const;
    const drawn = drawSequence({
      name: "p",
      roles,
      session: "",
      abort: "A",
      steps,
      result: "Tell",
    });
    expect(drawn).toContain("  host->>host: Tell\n  Note over host: the result is Tell\n");
  });
});
