/** Keeping generated scripts current: what a run writes, removes, reports and leaves alone. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { edited, rightSource, workbench } from "./workbench.ts";
import type { Workbench } from "./workbench.ts";

const chair = "generated/poll.chair.ts";
const voter = "generated/poll.voter.ts";

let bench: Workbench;
beforeEach(() => {
  bench = workbench();
  bench.write("choreography.ts", rightSource);
  bench.aura("generate");
});
afterEach(() => bench.close());

describe("a current script", () => {
  it("passes the check, which says nothing", () => {
    expect(bench.aura("generate", "--check")).toEqual({ code: 0, out: [], errors: [] });
  });

  it("is not written again", () => {
    bench.age(chair);
    const before = bench.written(chair);
    expect(bench.aura("generate").out).toEqual([`current ${chair}`, `current ${voter}`]);
    expect(bench.written(chair)).toBe(before);
  });

  it("is the same for a source with other line breaks, or a byte order mark", () => {
    const inline: readonly [string, string] = [
      "action: count",
      "action: ({ Answer }) => {\n    const all = Answer.length;\n    return all;\n  }",
    ];
    bench.write("choreography.ts", edited(inline));
    bench.aura("generate");
    const before = bench.read(chair);
    expect(before).toContain("        return all;\n");
    bench.write("choreography.ts", `\uFEFF${edited(inline).replaceAll("\n", "\r\n")}`);
    expect(bench.aura("generate", "--check").code).toBe(0);
  });
});

describe("an edit of the choreography", () => {
  it.each([
    [
      "the order of its steps",
      [
        ['"Ask . Answer* . Count"', '"Answer* . Ask . Count"'],
        [`  .broadcast("Ask", { by: "chair", event: Ask, payload: ask, within: epochs(5) })\n`, ""],
        [
          "  .local(",
          `  .broadcast("Ask", { by: "chair", event: Ask, payload: ask, within: epochs(5) })\n  .local(`,
        ],
      ],
    ],
    [
      "a label",
      [
        ['"Ask . Answer* . Count"', '"Ask . Reply* . Count"'],
        ['collect("Answer"', 'collect("Reply"'],
        ['combines: "Answer"', 'combines: "Reply"'],
      ],
    ],
    [
      "an event",
      [
        ["event: Answer", "event: Other"],
        ["Answer, Ask,", "Answer, Ask, Other,"],
      ],
    ],
    [
      "a deadline",
      [["reply, atLeast: 2, within: epochs(5)", "reply, atLeast: 2, within: epochs(6)"]],
    ],
    ["a quorum", [["atLeast: 2", "atLeast: 3"]]],
    ["an action that all run", [["action: count", "action: () => 1"]]],
    ["the abort event", [["abort: AbortPoll", "abort: Ask"]]],
  ] as const)("of %s makes both scripts outdated", (_, edits) => {
    const before = bench.read(chair);
    bench.write("choreography.ts", edited(...edits));
    expect(bench.aura("generate", "--check")).toEqual({
      code: 1,
      out: [],
      errors: [
        `${chair} is outdated: run "aura generate".`,
        `${voter} is outdated: run "aura generate".`,
      ],
    });
    expect(bench.read(chair)).toBe(before);
    expect(bench.aura("generate").out).toEqual([`written ${chair}`, `written ${voter}`]);
    expect(bench.aura("generate", "--check").code).toBe(0);
  });

  it("of one role's action makes that role's script outdated", () => {
    bench.write("choreography.ts", edited(["payload: reply", "payload: ask"]));
    const { code, errors } = bench.aura("generate", "--check");
    expect({ code, errors }).toEqual({
      code: 1,
      errors: [`${voter} is outdated: run "aura generate".`],
    });
  });

  it("of comments, layout and names that no script has makes nothing outdated", () => {
    const text = edited(["Ask . Answer* . Count", "Ask .   Answer* . Count"], ["object", "Params"]);
    bench.write("choreography.ts", `// A poll.\n${text.replaceAll(" })\n", ",\n})\n")}`);
    expect(bench.aura("generate", "--check")).toEqual({ code: 0, out: [], errors: [] });
  });
});

describe("a script that was edited by hand", () => {
  it("is outdated, and written anew", () => {
    const right = bench.read(voter);
    bench.write(voter, right.replace("epochs(5)", "epochs(500)"));
    expect(bench.aura("generate", "--check").errors).toEqual([
      `${voter} is outdated: run "aura generate".`,
    ]);
    expect(bench.aura("generate").out).toEqual([`current ${chair}`, `written ${voter}`]);
    expect(bench.read(voter)).toBe(right);
  });

  it("is outdated where it is missing", () => {
    bench.remove(voter);
    expect(bench.aura("generate", "--check").code).toBe(1);
    expect(bench.list("generated")).toEqual(["poll.chair.ts"]);
  });
});

describe("a script of a role that is no more", () => {
  const renamed = edited(["voter: many", "member: many"], ['by: "voter"', 'by: "member"']);

  it("is reported by the check, and stays", () => {
    bench.write("choreography.ts", renamed);
    expect(bench.aura("generate", "--check").errors).toEqual([
      `${chair} is outdated: run "aura generate".`,
      `generated/poll.member.ts is outdated: run "aura generate".`,
      `${voter} is stray: run "aura generate".`,
    ]);
    expect(bench.list("generated")).toEqual(["poll.chair.ts", "poll.voter.ts"]);
  });

  it("is removed by generate", () => {
    bench.write("choreography.ts", renamed);
    expect(bench.aura("generate").out).toEqual([
      `written ${chair}`,
      "written generated/poll.member.ts",
      `removed ${voter}`,
    ]);
    expect(bench.list("generated")).toEqual(["poll.chair.ts", "poll.member.ts"]);
  });

  it("stays where it is another file's, or nobody's", () => {
    const other = bench.read(voter).replace("../choreography.ts", "../other.ts");
    bench.write("generated/other.voter.ts", other);
    bench.write("generated/notes.ts", "// An author's own.\n");
    bench.write("generated/folder/choreography.ts", rightSource);
    expect(bench.aura("generate", "--check")).toEqual({ code: 0, out: [], errors: [] });
    bench.aura("generate");
    expect(bench.list("generated")).toEqual([
      "folder",
      "notes.ts",
      "other.voter.ts",
      "poll.chair.ts",
      "poll.voter.ts",
    ]);
  });
});

describe("without file names", () => {
  it("every choreography.ts below the folder is found, but in other people's folders", () => {
    const text = rightSource;
    for (const folder of ["a/b", "c", "node_modules/d", "dist", "a/generated", ".git"]) {
      bench.write(`${folder}/choreography.ts`, text);
    }
    bench.write("c/poll.ts", text);
    bench.write("e/choreography.ts", "export const none = 1;\n");
    expect(bench.aura("generate").out).toEqual([
      "written a/b/generated/poll.chair.ts",
      "written a/b/generated/poll.voter.ts",
      "written c/generated/poll.chair.ts",
      "written c/generated/poll.voter.ts",
      `current ${chair}`,
      `current ${voter}`,
    ]);
  });

  it("nothing to do is no mistake", () => {
    bench.remove("choreography.ts");
    expect(bench.aura("generate")).toEqual({ code: 0, out: [], errors: [] });
  });

  it("a file that is named twice is generated once", () => {
    expect(bench.aura("generate", "choreography.ts", "./choreography.ts").out).toEqual([
      `current ${chair}`,
      `current ${voter}`,
    ]);
  });
});
