/** The names of a choreography's file: however it has them, its scripts have them too. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { edited, rightSource, workbench } from "./workbench.ts";
import type { Workbench } from "./workbench.ts";

let bench: Workbench;
beforeEach(() => {
  bench = workbench();
});
afterEach(() => bench.close());

const languageImport =
  'import { choreography, epochs, everyone, many, one, type } from "aura-choreography/dsl";';

/** The scripts that `source` gives. */
function scripts(source: string): { readonly chair: string; readonly voter: string } {
  bench.write("poll.ts", source);
  expect(bench.aura("generate", "poll.ts").errors).toEqual([]);
  return {
    chair: bench.read("generated/poll.chair.ts"),
    voter: bench.read("generated/poll.voter.ts"),
  };
}

function importsOf(script: string): readonly string[] {
  return script.split("\n").filter((line) => line.startsWith("import "));
}

describe("the language", () => {
  it("may be imported under other names", () => {
    const renamed = edited(
      [
        languageImport,
        'import { choreography as c, epochs, everyone as all, many as one, one as single, type } from "aura-choreography/dsl";',
      ],
      ["poll = choreography(", "poll = c("],
      ["{ chair: one, voter: many }", "{ chair: single, voter: one }"],
      ["at: everyone", "at: all"],
    );
    const right = scripts(rightSource);
    expect(scripts(renamed)).toEqual(right);
  });

  it("may be imported as a whole", () => {
    const whole = edited(
      [languageImport, 'import * as dsl from "aura-choreography/dsl";'],
      ["poll = choreography(", "poll = dsl.choreography("],
      ["{ chair: one, voter: many }", "{ chair: dsl.one, voter: dsl.many }"],
      ["type<object>()", "dsl.type<object>()"],
      ["at: everyone", "at: dsl.everyone"],
    ).replaceAll("epochs(", "dsl.epochs(");
    const { voter } = scripts(whole);
    expect(importsOf(voter)).toEqual([
      'import * as dsl from "aura-choreography/dsl";',
      'import { AbortPoll, Answer, Ask, count, reply } from "../parts.ts";',
      'import type { poll } from "../poll.ts";',
      'import type { LocalScript, Project } from "aura-choreography/dsl";',
    ]);
    expect(voter).toContain("within: dsl.epochs(5)");
    expect(voter).toContain('{ instruction: "Compute", label: "Count", action: count }');
  });

  it("is the module that exports choreography, whatever else the file imports as a whole", () => {
    const other = `import * as parts from "./parts.ts";\n${edited(["payload: ask", "payload: parts.ask"])}`;
    const { chair } = scripts(other);
    expect(importsOf(chair)).toContain('import * as parts from "../parts.ts";');
    expect(chair).toContain('import type { LocalScript, Project } from "aura-choreography/dsl";');
  });

  it("may name the place of a step as a string", () => {
    const right = scripts(rightSource);
    expect(scripts(edited(["at: everyone", 'at: "everyone"']))).toEqual(right);
  });

  it("takes quoted names of options and roles", () => {
    const right = scripts(rightSource);
    const quoted = edited(["chair: one", '"chair": one'], ["at: everyone", '"at": everyone']);
    expect(scripts(quoted)).toEqual(right);
  });
});

describe("a script imports", () => {
  const withAction = (action: string, before = "") =>
    scripts(
      edited(
        ["action: count", `action: ${action}`],
        ["export const poll", `${before}\nexport const poll`],
      ),
    );

  it("only its own role's names", () => {
    const { chair, voter } = scripts(rightSource);
    expect(importsOf(chair)[0]).toBe(
      'import { AbortPoll, Answer, Ask, ask, count } from "../parts.ts";',
    );
    expect(importsOf(voter)[0]).toBe(
      'import { AbortPoll, Answer, Ask, count, reply } from "../parts.ts";',
    );
  });

  it("a name that one action uses as a type and another as a value once, as a value", () => {
    const { voter } = scripts(
      edited(
        ["AbortPoll, Answer,", "AbortPoll, Vote, Answer,"],
        ["payload: reply", "payload: () => new Vote()"],
        ["action: count", "action: (vote: Vote) => vote"],
      ),
    );
    expect(voter.match(/\bVote\b.*from/g)).toEqual(["Vote } from"]);
    expect(importsOf(voter)[0]).toBe('import { AbortPoll, Answer, Ask, Vote } from "../parts.ts";');
  });

  it.each([
    ["(a: Vote) => a", 'import type { Vote } from "../parts.ts";'],
    ["(a: typeof Vote) => a", 'import type { Vote } from "../parts.ts";'],
    ["(a: readonly Vote[]) => a", 'import type { Vote } from "../parts.ts";'],
    [
      "(a: Vote) => new Vote(a)",
      'import { AbortPoll, Answer, Ask, Vote, ask } from "../parts.ts";',
    ],
  ])("what %s needs", (action, statement) => {
    const { chair } = scripts(
      edited(
        ["AbortPoll, Answer,", "AbortPoll, Vote, Answer,"],
        ["action: count", `action: ${action}`],
      ),
    );
    expect(importsOf(chair)).toContain(statement);
    expect(chair.match(/import .*\bVote\b/g)).toHaveLength(1);
  });

  it.each([
    ["import whole from './w.ts';", "whole", 'import whole from "../w.ts";'],
    ["import { default as whole } from './w.ts';", "whole", 'import whole from "../w.ts";'],
    ["import * as whole from '../w.ts';", "whole.one", 'import * as whole from "../../w.ts";'],
    ["import { part as whole } from '#w';", "whole", 'import { part as whole } from "#w";'],
    [
      "import whole from './w.json' with { type: 'json' };",
      "() => whole.a",
      "import whole from \"../w.json\" with { type: 'json' };",
    ],
    [
      "import type * as whole from './w.ts';",
      "(a: whole.A) => a",
      'import type * as whole from "../w.ts";',
    ],
    ["import type whole from './w.ts';", "(a: whole) => a", 'import type whole from "../w.ts";'],
    [
      "import { type whole } from './w.ts';",
      "(a: whole) => a",
      'import type { whole } from "../w.ts";',
    ],
    ["export function whole() {}", "whole", 'import { whole } from "../poll.ts";'],
    ["export const whole = () => 1;", "() => whole()", 'import { whole } from "../poll.ts";'],
    ["export const { whole } = parts;", "whole", 'import { whole } from "../poll.ts";'],
    ["function whole() {}\nexport { whole };", "whole", 'import { whole } from "../poll.ts";'],
    [
      "function whole() {}\nexport { whole as w };",
      "whole",
      'import { w as whole } from "../poll.ts";',
    ],
    ["export default function whole() {}", "whole", 'import whole from "../poll.ts";'],
    [
      "export interface Whole {}",
      "(a: Whole) => a",
      'import type { Whole, poll } from "../poll.ts";',
    ],
  ])("by %s what %s needs", (statement, action, expected) => {
    const { chair } = withAction(action, statement);
    expect(importsOf(chair)).toContain(expected);
  });

  it.each([
    ["a parameter", "({ Answer }) => Answer"],
    ["a renamed parameter", "({ Answer: reply }) => reply"],
    ["a member", "(a) => a.private.reply"],
    ["a member of a type of the file", "(a) => ({ secret: a })"],
    ["a constant of its own", "() => { const secret = 1; return { secret }; }"],
    ["what only the platform has", "() => structuredClone(Math.max(1, 2))"],
    ["a type parameter", "<T,>(a: T): T => a"],
  ])("nothing for %s", (_, action) => {
    const { chair } = withAction(action, "interface Local { Answer: number; secret: number }");
    expect(chair).toContain(`action: ${action}`);
    expect(importsOf(chair)[0]).toBe('import { AbortPoll, Answer, Ask, ask } from "../parts.ts";');
  });

  it("nothing for a member of a local type that the parameter has", () => {
    const { chair } = withAction(
      "({ secret: own }: Local) => own",
      "export interface Local { secret: number }",
    );
    expect(importsOf(chair)).toContain('import type { Local, poll } from "../poll.ts";');
  });
});

describe("text", () => {
  it("is kept as it is, letters of all languages included", () => {
    const { chair } = scripts(edited(["action: count", 'action: () => "Zürich 投票 🗳"']));
    expect(chair).toContain('action: () => "Zürich 投票 🗳"');
  });

  it("before a place counts as the editor counts it", () => {
    bench.write(
      "poll.ts",
      `/* 🗳 投票 */ ${rightSource.replace("chair: one", "/* 🗳 */ chair: uno")}`,
    );
    expect(bench.aura("generate", "poll.ts").errors).toEqual([
      "poll.ts:5:28: the role 'chair' is neither one nor many. Write one or many.",
    ]);
  });

  it("of a session over several lines is one line of comment", () => {
    const { chair } = scripts(
      edited(['"Ask . Answer* . Count"', "`\n    Ask .\n    Answer* .\n    Count\n  `"]),
    );
    expect(chair.split("\n")[1]).toBe("// poll: Ask . Answer* . Count");
    expect(chair).toBe(scripts(rightSource).chair);
  });

  it("of an event over several lines keeps its shape", () => {
    const { chair } = scripts(
      edited(
        ["abort: AbortPoll", "abort: event(\n    AbortPoll,\n  )"],
        ["one, type }", "one, event, type }"],
      ),
    );
    expect(chair).toContain("\n  abort: event(\n    AbortPoll,\n  ),\n");
  });
});

describe("two choreographies in one file", () => {
  it("both have their scripts, each with its own type", () => {
    const second = rightSource.slice(rightSource.indexOf("export")).replace("poll =", "again =");
    bench.write("poll.ts", rightSource + second.replace('"poll"', '"second"'));
    expect(bench.aura("generate", "poll.ts")).toEqual({
      code: 0,
      out: ["poll.chair", "poll.voter", "second.chair", "second.voter"].map(
        (name) => `written generated/${name}.ts`,
      ),
      errors: [],
    });
    expect(bench.read("generated/second.voter.ts")).toContain(
      'satisfies LocalScript<Project<typeof again, "voter">>;',
    );
  });

  it("may be exported under other names than they are declared", () => {
    const text = `${edited(["export const poll", "const own"])}\nexport { own as poll };\n`;
    const right = scripts(rightSource);
    expect(scripts(text)).toEqual(right);
  });
});
