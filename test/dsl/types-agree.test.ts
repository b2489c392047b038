/**
 * The law that matters most: what the types refuse is what the rules refuse by value, and what a
 * role does by the types is what it does by value.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkGlobal, projection } from "../../dsl/index.ts";
import type { GlobalType, ProjectedBody } from "../../dsl/index.ts";
import { complaints, versions } from "../messages/compilers.ts";
import type { Complaint, Version } from "../messages/compilers.ts";
import { notations, read } from "./agree/notations.ts";
import { choreographies } from "./agree/random.ts";
import { shownBody } from "./agree/shown.ts";
import { prelude, sourceOf } from "./agree/source.ts";

const folder = ".types-agree";
const seed = Number(process.env["AGREE_SEED"] ?? 20_260);
const size = Number(process.env["AGREE_SIZE"] ?? 100);

/** Rules that only the generator sees, and why types cannot. */
const unseen: Readonly<Record<string, string>> = {
  AURA1407: "the compiler would have to follow every way through what is before a step",
  AURA1602: "the compiler does not add numbers",
};

interface Case {
  readonly name: string;
  readonly global: GlobalType<string>;
  /** Codes of the problems by value that types can see. */
  readonly codes: readonly string[];
  /** Its first and last line in the program. */
  readonly lines: readonly [number, number];
  /** By line of a comparison, whose instructions it compares. */
  readonly comparisons: ReadonlyMap<number, string>;
}

const program: string[] = [...prelude];
/** Comparisons with a body that is not the role's. */
const spoiltLines: number[] = [];
const cases: readonly Case[] = fc
  .sample(choreographies, { numRuns: size, seed })
  .map((global, index) => {
    const name = `c${index}`;
    const found = checkGlobal({ ...global, name });
    const codes = [...new Set(found.map(({ code }) => code))].filter((code) => !(code in unseen));
    const first = program.length + 1;
    program.push(...sourceOf(global, name));
    const last = program.length;
    const comparisons = new Map<number, string>();
    if (found.length === 0) {
      for (const role of Object.keys(global.roles)) {
        program.push(comparison(name, role, global));
        comparisons.set(program.length, role);
      }
      const [body] = Object.keys(global.roles).map((role) => projection(global, role).body ?? []);
      const wrong = body === undefined ? [] : spoilt(body, index);
      program.push(comparison(name, Object.keys(global.roles)[0] ?? "", global, wrong));
      spoiltLines.push(program.length);
    }
    return { name, global, codes, lines: [first, last], comparisons };
  });

/** `body` with one small mistake: the comparison must find it. */
function spoilt(body: ProjectedBody<string>, index: number): ProjectedBody<string> {
  const at = index % body.length;
  const [node] = body.slice(at);
  if (node?.instruction === "Branch") {
    const [first = "", ...others] = Object.entries(node.branches);
    if (typeof first === "string") return [];
    const branches = Object.fromEntries([[first[0], spoilt(first[1], index)], ...others]);
    return body.with(at, { ...node, branches });
  }
  if (node?.instruction === "Loop") {
    return body.with(at, { ...node, steps: spoilt(node.steps, index) });
  }
  if (node?.instruction === "AwaitEvent" && index % 2 === 0) {
    return body.with(at, { ...node, from: "nobody" });
  }
  return body.toSpliced(at, 1);
}

function comparison(
  name: string,
  role: string,
  global: GlobalType<string>,
  body: ProjectedBody<string> = projection(global, role).body ?? [],
): string {
  const shown = JSON.stringify(shownBody(body));
  return `same<Shown<Project<typeof ${name}, "${role}">["body"]>, ${shown}>(true);`;
}

const notationProgram = [
  'import type { Read } from "../test/dsl/agree/notation-type.ts";',
  'import type { Same } from "../test/dsl/agree/shown-type.ts";',
  "declare function same<A, B>(is: Same<A, B>): void;",
];
const sentences = new Set<string>();
for (const notation of fc.sample(notations, { numRuns: 2 * size, seed })) {
  const value = read(notation);
  if ("fault" in value) sentences.add(value.fault.replaceAll(/(?<=[ (])'[^']*'/g, "'…'"));
  notationProgram.push(`same<Read<${JSON.stringify(notation)}>, ${JSON.stringify(value)}>(true);`);
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/program.ts`, `${program.join("\n")}\n`);
  writeFileSync(`${folder}/notations.ts`, `${notationProgram.join("\n")}\n`);
  writeFileSync(
    `${folder}/tsconfig.json`,
    JSON.stringify({ extends: "../tsconfig.json", include: ["*.ts"], exclude: [] }),
  );
});

afterAll(() => {
  if (process.env["AGREE_KEEP"] === undefined) rmSync(folder, { recursive: true, force: true });
});

test(`seed ${seed}: right ones and wrong ones of many kinds`, () => {
  const right = cases.filter(({ comparisons }) => comparisons.size > 0);
  expect(right.length / cases.length).toBeGreaterThan(0.25);
  expect(new Set(cases.flatMap(({ codes }) => codes)).size).toBeGreaterThan(10);
});

for (const version of Object.keys(versions) as Version[]) {
  describe(`TypeScript ${version}, seed ${seed}`, () => {
    let found: readonly Complaint[] = [];

    beforeAll(async () => {
      found = await complaints(version, `${folder}/tsconfig.json`);
    }, 180_000);

    const inside = ({ lines: [first, last] }: Case) =>
      about("program").filter(({ line }) => line >= first && line <= last);

    const about = (file: string) => found.filter((complaint) => complaint.program === file);

    test("refuses what is refused by value, and nothing else", () => {
      const differing = cases.flatMap((each) => {
        const said = inside(each).map(({ text }) => text);
        if (said.length > 0 === each.codes.length > 0) return [];
        return [{ text: sourceOf(each.global, each.name).join("\n"), codes: each.codes, said }];
      });
      expect(differing).toEqual([]);
    });

    test("reads the notations that are read by value, and says what is wrong with the others", () => {
      const differing = about("notations").map(({ line }) => notationProgram[line - 1]);
      expect(differing).toEqual([]);
    });

    test("finds every small mistake in what a role does", () => {
      const lines = new Set(about("program").map(({ line }) => line));
      expect(spoiltLines.filter((line) => !lines.has(line))).toEqual([]);
    });

    test("gives every role the instructions that it has by value", () => {
      const differing = cases.flatMap((each) =>
        [...each.comparisons].flatMap(([line, role]) =>
          about("program").some((complaint) => complaint.line === line)
            ? [
                {
                  text: sourceOf(each.global, each.name).join("\n"),
                  role,
                  value: program[line - 1],
                },
              ]
            : [],
        ),
      );
      expect(differing).toEqual([]);
    });
  });
}
