/**
 * Every choreography of protocols/ and examples/, made wrong in every way that the operators know:
 * the generator refuses it, or the compiler does, or a proof shows that it is the same protocol.
 *
 * The generator judges all mutants, and TypeScript 7.0 those that it accepts. A sample of all, the
 * same each time, goes to 5.9, 6.0 and 7.0 too: there all three must refuse the same.
 * `MUTATION_SAMPLE=1 npx vitest run test/mutation` takes all for the sample: it lasts minutes.
 */
import { existsSync, readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChoreographies } from "../../codegen/generate.ts";
import type { Version } from "../messages/compilers.ts";
import { audit, pairName, summary } from "./audit.ts";
import type { Outcome, Verdicts } from "./audit.ts";
import { cases, check, compile, fastest, removeCases, sampling, writeCases } from "./judge.ts";
import { specimens } from "./mutants.ts";
import { sameStructure } from "./proof.ts";

/** Every how manieth mutant is of the sample. */
const stride = Number(process.env["MUTATION_SAMPLE"] ?? 40);

const programs = "test/mutation/programs";
const all = specimens(
  [
    ...["protocols", "examples"].flatMap(findChoreographies),
    ...readdirSync(programs).map((name) => `${programs}/${name}`),
  ],
  cases,
);
const controls = all.flatMap((specimen) => specimen.controls);
const mutants = all.flatMap((specimen) => specimen.mutants);
const sample = mutants.filter((_, index) => index % stride === 0);

let verdicts: Verdicts = {
  compiled: new Map(),
  codes: new Map(),
  alike: new Set(),
  same: new Set(),
};

beforeAll(async () => {
  const typings = all.map(({ typing }) => typing);
  writeCases(
    new Map([...controls, ...mutants, ...typings].map((each) => [each.program, each.text])),
  );
  const right = controls.map(({ program }) => program);
  const everything = [...right, ...mutants.map(({ program }) => program)];
  const codes = check(everything);
  const sampled = new Set(sample.map(({ program }) => program));
  const judged = everything.filter((program) => !codes.has(program) || sampled.has(program));
  const said = await compile(fastest, [...judged, ...typings.map(({ program }) => program)]);
  const compiled = new Map<Version, Outcome>([[fastest, outcome(judged, said)]]);
  for (const version of sampling) {
    const given = [...right, ...sample.map(({ program }) => program)];
    compiled.set(version, outcome(given, await compile(version, given)));
  }
  const alike = all.flatMap(({ source, typing, pairs }) => {
    const different = new Set(said.get(typing.program)?.map(({ line }) => line));
    return [...pairs].flatMap(([line, pair]) =>
      different.has(line) ? [] : pairName(source, pair),
    );
  });
  const same = all.flatMap((specimen) => [...sameStructure(specimen)]);
  verdicts = { compiled, codes, alike: new Set(alike), same: new Set(same) };
}, 600_000);

afterAll(() => {
  if (process.env["KEEP_CASES"] === undefined) removeCases();
});

function outcome(given: readonly string[], said: ReadonlyMap<string, unknown>): Outcome {
  return { given: new Set(given), refused: new Set(given.filter((name) => said.has(name))) };
}

test("no mutant survives without a proof of equivalence", () => {
  console.info(summary(all, verdicts));
  expect(audit(all, verdicts).join("\n")).toBe("");
});

test("the compilers agree on what they refuse", () => {
  const disputed = sample.flatMap(({ source, name, program }) => {
    const judges = [...verdicts.compiled].filter(([, { given }]) => given.has(program));
    const refusing = judges.filter(([, { refused }]) => refused.has(program));
    if (refusing.length === 0 || refusing.length === judges.length) return [];
    return [
      `${source}: '${name}' is refused by ${refusing.map(([version]) => version).join()} only`,
    ];
  });
  expect(disputed.join("\n")).toBe("");
});

test("every choreography has mutants of its own", () => {
  expect(all.filter(({ source }) => !source.startsWith(programs)).length).toBeGreaterThanOrEqual(3);
  for (const { source, mutants: own } of all) {
    expect(existsSync(source)).toBe(true);
    expect(own.length, source).toBeGreaterThan(20);
  }
});

test("an oracle that accepts everything is found out", () => {
  const accepting = new Map(
    [...verdicts.compiled].map(([version, { given }]) => [
      version,
      { given, refused: new Set<string>() },
    ]),
  );
  const blind: Verdicts = {
    compiled: accepting,
    codes: new Map(),
    alike: new Set(),
    same: new Set(),
  };
  expect(audit(all, blind).length).toBe(mutants.length);
});

test("an oracle that refuses everything is found out", () => {
  const refusing = new Map(
    [...verdicts.compiled].map(([version, { given }]) => [version, { given, refused: given }]),
  );
  const found = audit(all, { ...verdicts, compiled: refusing });
  for (const { source } of all) {
    expect(found.some((line) => line.startsWith(`${source}: TypeScript`))).toBe(true);
  }
});
