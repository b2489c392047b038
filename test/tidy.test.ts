/** The rules of the house that neither compiler, formatter nor linter keeps. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { ambientUses, hostUses } from "./tidy/ambient.ts";
import { anyTypes, lameTests, notesToSelf, silencedChecks } from "./tidy/bans.ts";
import { castsOf } from "./tidy/casts.ts";
import { wrongImports } from "./tidy/imports.ts";
import { longFiles, longFunctions, maxMedianLines, median } from "./tidy/size.ts";
import * as tree from "./tidy/source.ts";

/** Casts in each folder. The numbers may only fall. */
const castBudget: Readonly<Record<(typeof tree.sourceFolders)[number], number>> = {
  dsl: 4,
  codegen: 0,
  runtime: 5,
  protocols: 0,
  cli: 0,
  examples: 0,
  bench: 0,
};

/** The files that are the platform's clock, timers and randomness for all others. */
const ambientAllowed: Readonly<Record<string, readonly string[]>> = {
  "runtime/time/wall-clock.ts": ["Date.now", "performance.now", "setTimeout", "queueMicrotask"],
  "runtime/crypto/system-entropy.ts": ["getRandomValues"],
};

const all = tree.readSources();
const published: readonly string[] = tree.publishedFolders;
const folders: readonly string[] = tree.sourceFolders;
const sources = all.filter(({ path }) => folders.includes(tree.folderOf(path)));
const written = sources.filter(({ path }) => !tree.isGenerated(path));
/** The tests of types and messages show the compiler what it must refuse. */
const compiled = all.filter(({ path }) => !/^test\/(?:types|messages)\//.test(path));
const inFolder = (folder: string) => all.filter(({ path }) => tree.folderOf(path) === folder);
const textOf = (path: string) => readFileSync(join(tree.root, path), "utf8");

/** Fails with one line a finding: its place, what is wrong, and what to do. */
function expectNone(findings: readonly tree.Finding[]): void {
  expect(tree.report(findings)).toBe("");
}

describe("folders", () => {
  it("import along the arrows only", () => {
    const dependencies = new Set(Object.keys(manifest.dependencies));
    expectNone(all.flatMap((source) => wrongImports(source, dependencies)));
  });

  it("hold files of at most 400 lines", () => {
    expectNone(all.flatMap(longFiles));
  });

  it("hold files of 150 lines in the middle", () => {
    const middle = median(written.map(tree.linesOf));
    console.info(`tidy: ${written.length} source files, ${middle} lines in the middle`);
    expect(middle, "split the longest files").toBeLessThanOrEqual(maxMedianLines);
  });

  it("hold functions of at most 70 lines", () => {
    expectNone(all.flatMap(longFunctions));
  });
});

describe("sources", () => {
  it("take time and randomness from their caller", () => {
    expectNone(
      sources.flatMap((source) => {
        const inBench = tree.folderOf(source.path) === "bench" ? ["performance.now"] : [];
        return ambientUses(source, ambientAllowed[source.path] ?? inBench);
      }),
    );
  });

  it("are free of one platform's objects in dsl/ and protocols/", () => {
    expectNone([...inFolder("dsl"), ...inFolder("protocols")].flatMap(hostUses));
  });

  it("have no any", () => {
    expectNone(compiled.flatMap(anyTypes));
  });

  it("silence no check", () => {
    expectNone(compiled.flatMap(silencedChecks));
  });

  it("hold no notes to self", () => {
    expectNone(all.flatMap(notesToSelf));
  });

  it.each(tree.sourceFolders)("keep the budget of casts in %s/", (folder) => {
    const casts = inFolder(folder).flatMap(castsOf);
    const todo =
      casts.length > castBudget[folder]
        ? "narrow the value instead of casting it"
        : "lower castBudget in test/tidy.test.ts";
    expect(casts.length, `${todo}:\n${tree.report(casts)}\n`).toBe(castBudget[folder]);
  });
});

describe("tests", () => {
  it("all run", () => {
    expectNone(all.flatMap(lameTests));
  });
});

describe("the package", () => {
  it("has an entry in the changelog for its version", () => {
    expect(textOf("CHANGELOG.md"), "say in CHANGELOG.md what changed for users").toMatch(
      new RegExp(`^## ${manifest.version.replaceAll(".", "\\.")}( |$)`, "m"),
    );
  });

  it("exports every folder that it publishes and no other", () => {
    const exported = Object.keys(manifest.exports).filter((name) => name !== "./package.json");
    const more = ["./runtime/conformance", "./runtime/node", "./runtime/schema"];
    const expected = [...published.map((folder) => `./${folder}`), ...more];
    expect(exported.toSorted()).toEqual(expected.toSorted());
  });

  it.each([
    ["README.md", 250],
    ["CONTRIBUTING.md", 80],
  ])("keeps %s to %i lines", (path, limit) => {
    expect(existsSync(join(tree.root, path)), `write ${path}`).toBe(true);
    expect(textOf(path).trimEnd().split("\n").length).toBeLessThanOrEqual(limit);
  });
});
