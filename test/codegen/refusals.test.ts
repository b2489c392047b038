/** What the generator refuses: word for word, at its place, and with nothing written. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unlawful } from "./unlawful.ts";
import { unreadable } from "./unreadable.ts";
import { edited, rightSource, workbench } from "./workbench.ts";
import type { Workbench } from "./workbench.ts";

let bench: Workbench;
beforeEach(() => {
  bench = workbench();
});
afterEach(() => bench.close());

describe("aura generate", () => {
  it("accepts the choreography that the wrong ones are made from", () => {
    bench.write("poll.ts", rightSource);
    expect(bench.aura("generate", "poll.ts")).toEqual({
      code: 0,
      out: ["written generated/poll.chair.ts", "written generated/poll.voter.ts"],
      errors: [],
    });
  });

  it.each([...unreadable, ...unlawful])("refuses $name", ({ edits, says }) => {
    bench.write("poll.ts", edited(...edits));
    const refusal = { code: 1, out: [], errors: says };
    expect(bench.aura("generate", "poll.ts")).toEqual(refusal);
    expect(bench.aura("generate", "--check", "poll.ts")).toEqual(refusal);
    expect(bench.list("generated")).toEqual([]);
  });

  it("leaves what it wrote before, where the choreography is refused now", () => {
    bench.write("poll.ts", rightSource);
    bench.aura("generate", "poll.ts");
    const before = bench.read("generated/poll.voter.ts");
    bench.write("poll.ts", edited(["voter: many", "member: many"]));
    expect(bench.aura("generate", "poll.ts").code).toBe(1);
    expect(bench.list("generated")).toEqual(["poll.chair.ts", "poll.voter.ts"]);
    expect(bench.read("generated/poll.voter.ts")).toBe(before);
  });
});

describe("one run", () => {
  it("names everything that is wrong in a choreography", () => {
    bench.write(
      "poll.ts",
      edited(
        ["abort: AbortPoll", "abort"],
        ['by: "chair"', "by: leader"],
        ["atLeast: 2", "atLeast: n"],
      ),
    );
    expect(bench.aura("generate", "poll.ts").errors).toEqual([
      "poll.ts:10:27: the option 'by' is not a literal, and the generator does not run your code. Write it as a string or a number.",
      "poll.ts:11:77: the option 'atLeast' is not a literal, and the generator does not run your code. Write it as a string or a number.",
    ]);
  });

  it("names every broken rule, with its step", () => {
    const source = edited(['by: "chair"', 'by: "nobody"'], ["atLeast: 2", "atLeast: 0"]);
    bench.write("poll.ts", source.replace("chair: one", "Chair: one"));
    expect(bench.aura("generate", "poll.ts").errors).toEqual([
      "poll.ts:4:21, protocol poll: the role 'Chair' is not a camelCase name. Rename the role.",
      "poll.ts:10:14, protocol poll, step Ask: 'nobody' is not a role of poll. Name one of: Chair, voter.",
      'poll.ts:11:12, protocol poll, step Answer: atLeast is 0, and a wait needs at least one author. Give a whole number from 1, the name of a parameter, or "all".',
    ]);
  });

  it("goes on after a file that is refused, and writes the others", () => {
    bench.write("a/choreography.ts", edited(["voter: many", "voter: several"]));
    bench.write("b/choreography.ts", rightSource);
    bench.write("c/choreography.ts", edited(["Answer*", "Answer"]));
    const { code, out, errors } = bench.aura("generate");
    expect(code).toBe(1);
    expect(out).toEqual(["written b/generated/poll.chair.ts", "written b/generated/poll.voter.ts"]);
    expect(errors.map((line) => line.split(" ")[0])).toEqual([
      "a/choreography.ts:5:31:",
      "c/choreography.ts:11:12,",
    ]);
  });

  it("writes nothing of a file in which one of two choreographies is refused", () => {
    const second = rightSource.slice(rightSource.indexOf("export")).replace("poll =", "other =");
    bench.write(
      "poll.ts",
      rightSource + second.replace('"poll"', '"other"').replace("Answer*", "X"),
    );
    expect(bench.aura("generate", "poll.ts").code).toBe(1);
    expect(bench.list("generated")).toEqual([]);
  });
});

describe("two choreographies of one name", () => {
  const twin = (line: string) =>
    `${line}, protocol poll: two choreographies of this folder are named 'poll'. Name them differently: their scripts are files of these names.`;

  it("are refused in one file", () => {
    const second = rightSource.slice(rightSource.indexOf("export")).replace("poll =", "again =");
    bench.write("poll.ts", rightSource + second);
    const { code, errors } = bench.aura("generate", "poll.ts");
    expect({ code, errors }).toEqual({ code: 1, errors: [twin("poll.ts:14:22")] });
    expect(bench.list("generated")).toEqual([]);
  });

  it("are refused in two files of one folder", () => {
    bench.write("one.ts", rightSource);
    bench.write("two.ts", rightSource);
    expect(bench.aura("generate", "one.ts", "two.ts").errors).toEqual([twin("two.ts:4:21")]);
    expect(bench.read("generated/poll.chair.ts")).toContain("from ../one.ts:");
  });

  it("are right in two folders", () => {
    bench.write("one/choreography.ts", rightSource);
    bench.write("two/choreography.ts", rightSource);
    expect(bench.aura("generate").code).toBe(0);
  });
});

describe("bad input", () => {
  const refused = (...errors: readonly string[]) => ({ code: 2, out: [], errors });

  it("is a file that is not there", () => {
    expect(bench.aura("generate", "nowhere.ts")).toEqual(
      refused("there is no file nowhere.ts. Name a TypeScript file that holds a choreography."),
    );
  });

  it("is a folder", () => {
    bench.write("polls/choreography.ts", rightSource);
    expect(bench.aura("generate", "polls")).toEqual(
      refused("there is no file polls. Name a TypeScript file that holds a choreography."),
    );
  });

  it.each([
    ["of TypeScript", "plain.ts", "export const five = 5;\n"],
    ["of words", "notes.md", "# It's `choreography(` that we like\n"],
    ["that is empty", "empty.ts", ""],
    ["with another's choreography", "dance.ts", 'import { choreography as c } from "./d.ts";\n'],
  ])("is a file %s without a choreography", (_, path, text) => {
    bench.write(path, text);
    expect(bench.aura("generate", path)).toEqual(
      refused(
        `${path} holds no choreography. Name a file with export const name = choreography(…) … .returns(…).`,
      ),
    );
  });

  it("stops the whole run before anything is written", () => {
    bench.write("poll.ts", rightSource);
    bench.write("plain.ts", "export const five = 5;\n");
    expect(bench.aura("generate", "poll.ts", "plain.ts").code).toBe(2);
    expect(bench.aura("generate", "poll.ts", "nowhere.ts").code).toBe(2);
    expect(bench.list("generated")).toEqual([]);
  });

  it("is a folder in the place of a script", () => {
    bench.write("poll.ts", rightSource);
    bench.write("generated/poll.voter.ts/here.txt", "");
    expect(bench.aura("generate", "poll.ts")).toEqual(
      refused(
        "generated/poll.voter.ts cannot be read or written. Make it a file that you may write.",
      ),
    );
  });

  it("is a file in the place of the scripts' folder", () => {
    bench.write("poll.ts", rightSource);
    bench.write("generated", "");
    expect(bench.aura("generate", "poll.ts")).toEqual(
      refused(
        "generated/poll.chair.ts cannot be read or written. Make it a file that you may write.",
      ),
    );
  });

  it("is an option that is none", () => {
    expect(bench.aura("generate", "--frob")).toEqual(refused("error: unknown option '--frob'"));
  });

  it("is a command that is none", () => {
    expect(bench.aura("project")).toEqual(refused("error: unknown command 'project'"));
  });

  it("is no command at all: it prints the help", () => {
    const { code, out, errors } = bench.aura();
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(errors.join("\n")).toContain("Usage: aura");
  });

  it("is not a call for help", () => {
    const { code, out, errors } = bench.aura("generate", "--help");
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
    expect(out.join("\n")).toContain("--check");
  });
});
