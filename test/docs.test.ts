/** Every example in the documents and docstrings compiles; those marked `run` succeed. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compileErrors, writeExamples } from "./docs/compile.ts";
import { examplesOfDocument, examplesOfSource } from "./docs/extract.ts";
import type { Example } from "./docs/extract.ts";
import { publishedFolders, report, root } from "./tidy/source.ts";

function readBelow(folder: string, ending: string): readonly (readonly [string, string])[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), "utf8")]);
}

const readme = readdirSync(root)
  .filter((name) => name === "README.md")
  .map((name) => [name, readFileSync(join(root, name), "utf8")] as const);
const documents = [...readme, ...readBelow("docs", ".md")];
const sources = publishedFolders.flatMap((folder) => readBelow(folder, ".ts"));
const examples = [
  ...documents.flatMap(([file, text]) => examplesOfDocument(file, text)),
  ...sources.flatMap(([file, text]) => examplesOfSource(file, text)),
];
const workspace = writeExamples(examples);
afterAll(workspace.remove);

describe("examples in documents and docstrings", () => {
  it("compile", async () => {
    console.info(`docs: ${examples.length} examples`);
    expect(report(await compileErrors(examples, workspace))).toBe("");
  });

  const runs = [...examples.entries()].filter(([, example]) => example.run);
  it.each(runs.map(([index, { file, line }]) => [`${file}:${line}`, index] as const))(
    "run: %s",
    async (_place, index) => {
      await expect(import(workspace.path(index))).resolves.toBeDefined();
    },
  );
});

describe("extraction", () => {
  it("takes the blocks of ts out of a document", () => {
    const text = "# Title\n\n```ts\na;\nb;\n```\n\n```sh\nnpm test\n```\n\n````ts run\n```\n````\n";
    expect(examplesOfDocument("d.md", text)).toEqual([
      { file: "d.md", line: 4, code: "a;\nb;", run: false },
      { file: "d.md", line: 13, code: "```", run: true },
    ]);
  });

  it("refuses a block that is never closed, or marked with an unknown word", () => {
    expect(() => examplesOfDocument("d.md", "a\n```ts\nb;\n")).toThrow("d.md:2");
    expect(() => examplesOfDocument("d.md", "```ts rnu\nb;\n```\n")).toThrow('d.md:1: "rnu"');
  });

  it("takes the examples out of docstrings", () => {
    const text = [
      "/**",
      " * Adds. `@example` in the text is none.",
      " *",
      " * @example",
      " * ```ts run",
      " * f({",
      " *   a: 1,",
      " * });",
      " * ```",
      " * @returns a sum",
      " */",
      "function f() {}",
      "const s = '/** @example a */';",
      "/** @example",
      " * g(); */",
      "const g = 1;",
    ];
    expect(examplesOfSource("s.ts", text.join("\n"))).toEqual([
      { file: "s.ts", line: 6, code: "f({\n  a: 1,\n});", run: true },
      { file: "s.ts", line: 15, code: "g();", run: false },
    ]);
  });
});

describe("a good example", () => {
  const code = [
    'import { epochs } from "aura-choreography/dsl";',
    "const count: number = epochs(3);",
    'if (count !== 3) throw new Error("not three");',
  ].join("\n");
  const good: readonly Example[] = [{ file: "d.md", line: 1, code, run: true }];
  const goodWorkspace = writeExamples(good);
  afterAll(goodWorkspace.remove);

  it("compiles and runs against the sources of this package", async () => {
    expect(report(await compileErrors(good, goodWorkspace))).toBe("");
    await expect(import(goodWorkspace.path(0))).resolves.toBeDefined();
  });
});

describe("a broken example", () => {
  const broken: readonly Example[] = [
    { file: "d.md", line: 10, code: "const a = 1;\nconst b: string = a;", run: false },
    { file: "d.md", line: 20, code: "const a = 2;", run: false },
    {
      file: "d.md",
      line: 30,
      code: 'import { nothing } from "aura-choreography/dsl";',
      run: false,
    },
    { file: "d.md", line: 40, code: 'throw new Error("it ran");', run: true },
  ];
  const brokenWorkspace = writeExamples(broken);
  afterAll(brokenWorkspace.remove);

  it("is found, at its line in the document", async () => {
    expect(report(await compileErrors(broken, brokenWorkspace)).split("\n")).toEqual([
      "d.md:11: Type 'number' is not assignable to type 'string'. Mend the example.",
      expect.stringContaining("d.md:30: Module"),
    ]);
  });

  it("fails when it is run", async () => {
    await expect(import(brokenWorkspace.path(3))).rejects.toThrow("it ran");
  });
});
