/**
 * What the compiler says of wrong programs, word for word, on TypeScript 5.9, 6.0 and 7.0.
 *
 * `UPDATE_GOLDENS=1 npx vitest run test/messages` writes the goldens anew; read the difference.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { complaints, versions } from "./compilers.ts";
import type { Complaint, Version } from "./compilers.ts";
import { dkdMutants, dkdSource } from "./mutants.ts";
import { readme, readmeChoreography, readmeMutants, readmeSource } from "./readme.ts";

const folder = "test/messages";
const cases = `${folder}/cases`;
const right = dkdSource("protocols/dkd/choreography.ts");
const mutants = dkdMutants(right);

/** Hand-written wrong programs; the line with the mistake ends in this mark. */
const mark = "// mistake";
const programs = readdirSync(`${folder}/programs`)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => {
    const text = readFileSync(`${folder}/programs/${name}`, "utf8");
    const lines = text.split("\n").flatMap((line, i) => (line.endsWith(mark) ? [i + 1] : []));
    return { name: name.slice(0, -3), lines };
  });

beforeAll(() => {
  rmSync(cases, { recursive: true, force: true });
  mkdirSync(cases, { recursive: true });
  writeFileSync(`${cases}/right.ts`, right);
  writeFileSync(`${cases}/readme-right.ts`, readmeSource());
  for (const { name, text } of [...mutants, ...readmeMutants()])
    writeFileSync(`${cases}/${name}.ts`, text);
});

afterAll(() => rmSync(cases, { recursive: true, force: true }));

for (const version of Object.keys(versions) as Version[]) {
  describe(`TypeScript ${version}`, () => {
    let found: readonly Complaint[] = [];

    beforeAll(async () => {
      found = await complaints(version, `${folder}/tsconfig.json`);
    }, 180_000);

    const about = (program: string) => found.filter((complaint) => complaint.program === program);

    test("the right program is accepted", () => {
      expect(about("right")).toEqual([]);
      expect(about("readme-right")).toEqual([]);
    });

    test("the README quotes the compiler", () => {
      expect(readmeChoreography().length).toBeLessThanOrEqual(15);
      for (const { name, line } of readmeMutants()) {
        const [complaint] = about(name);
        expect(complaint?.line, name).toBe(line);
        expect(readme).toContain(`\n${complaint?.text.replace(/^[\d:]+ /, "")}\n`);
      }
    });

    test.each(mutants.map(({ name, line }) => [name, line] as const))(
      "refuses DKD %s on its own line",
      (name, line) => {
        expect(about(name).map((complaint) => complaint.line)).toContain(line);
      },
    );

    test("one step out of order gives one message", () => {
      const order = mutants.filter(({ name }) => /^(swap|without|twice)-/.test(name));
      expect(order.length).toBe(20);
      for (const { name } of order) expect(about(name), name).toHaveLength(1);
    });

    test.each(programs.map(({ name, lines }) => [name, lines] as const))(
      "refuses %s on the marked lines and nowhere else",
      (name, lines) => {
        expect(lines.length).toBeGreaterThan(0);
        expect([...new Set(about(name).map((complaint) => complaint.line))]).toEqual(lines);
      },
    );

    test("says one thing of one mistake", () => {
      for (const { name, lines } of programs) {
        // Two roles of a callee that one role plays are told at both.
        const twice = name === "nested" ? 1 : 0;
        expect(about(name), name).toHaveLength(lines.length + twice);
      }
    });

    test("says it in short, and never prints a chain", () => {
      // What a whole object of options lacks, the compiler says with the types of all that it has.
      const lacks = /^[\d:]+ error TS2345: Argument of type '\{|^ *Property '\w+' is missing /;
      const lines = programs
        .flatMap(({ name }) => about(name))
        .flatMap(({ text }) => text.split("\n"));
      expect(lines.filter((line) => line.length > 400 && !lacks.test(line))).toEqual([]);
      expect(lines.filter((line) => line.length > 800)).toEqual([]);
      expect(found.filter(({ text }) => text.includes("Chain<"))).toEqual([]);
    });

    test("word for word", () => {
      const said = found.map(({ program, text }) => `${program}.ts:${text}`).join("\n");
      const golden = `${folder}/expected/${version}.txt`;
      if (process.env["UPDATE_GOLDENS"] === "1" || !existsSync(golden)) {
        expect(process.env["CI"], "a golden is missing: run with UPDATE_GOLDENS=1").toBeUndefined();
        mkdirSync(`${folder}/expected`, { recursive: true });
        writeFileSync(golden, `${said}\n`);
      }
      expect(`${said}\n`).toBe(readFileSync(golden, "utf8"));
    });
  });
}
