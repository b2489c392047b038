/** Runs the type tests with tsd, whose compiler is TypeScript 5.9. */
import { createRequire } from "node:module";
import { expect, test } from "vitest";

// tsd is CommonJS with a `default` export, which import maps differently under Node and vitest.
const { default: tsd }: typeof import("tsd") = createRequire(import.meta.url)("tsd");

test("every rule of the language holds in the types", { timeout: 240_000 }, async () => {
  const diagnostics = await tsd({
    cwd: process.cwd(),
    typingsFile: "dsl/index.ts",
    testFiles: ["test/types/*.test-d.ts"],
  });
  // tsd also checks how package.json publishes the typings; publint and attw do that here.
  const found = diagnostics
    .filter(({ fileName }) => !fileName.endsWith("package.json"))
    .map(({ fileName, line, column, message }) => `${fileName}:${line}:${column} ${message}`);
  expect(found).toEqual([]);
});
