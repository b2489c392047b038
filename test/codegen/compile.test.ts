/**
 * Generated scripts as three compilers see them: the right ones are accepted, and a script that
 * was edited so that it leaves the protocol is refused.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { complaints, versions } from "../messages/compilers.ts";
import type { Complaint, Version } from "../messages/compilers.ts";
import { rightNested, wrongNested } from "./nested-mutants.ts";
import { equalScripts, wrongScripts } from "./script-mutants.ts";

const folder = "test/codegen";
const mutants = `${folder}/.tmp-mutants`;
const right = readFileSync("protocols/dkd/generated/dkd.participant.ts", "utf8").replaceAll(
  /from "\.\.\/(?!\.\.)/g,
  'from "../../../protocols/dkd/',
);
const flat = wrongScripts(right);
const wrong = [...flat, ...wrongNested];
const equal = [...equalScripts(right), ...rightNested];

beforeAll(() => {
  rmSync(mutants, { recursive: true, force: true });
  mkdirSync(mutants, { recursive: true });
  for (const { name, text } of [{ name: "right", text: right }, ...wrong, ...equal]) {
    writeFileSync(`${mutants}/${name}.ts`, text);
  }
});

afterAll(() => rmSync(mutants, { recursive: true, force: true }));

it("tries every way to leave the protocol", () => {
  const names = flat.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  // Eight nodes: seven pairs of neighbours swapped, each left out, each repeated.
  expect(names.filter((name) => /^(?:swap|drop|double)-\d$/.test(name))).toHaveLength(23);
  expect(names.length).toBeGreaterThan(80);
});

for (const version of Object.keys(versions) as Version[]) {
  describe(`TypeScript ${version}`, () => {
    let found: readonly Complaint[] = [];

    beforeAll(async () => {
      found = await complaints(version, `${folder}/tsconfig.json`);
    }, 180_000);

    it("accepts the right scripts, those of the fixture among them", () => {
      const names = new Set(wrong.map(({ name }) => name));
      expect(found.filter(({ program }) => !names.has(program))).toEqual([]);
    });

    it.each(wrong.map(({ name }) => name))("refuses %s", (name) => {
      expect(found.filter(({ program }) => program === name)).not.toEqual([]);
    });
  });
}
