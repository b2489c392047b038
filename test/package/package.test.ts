/** The package as its users get it. Reads dist/, which `npm run build` makes. */
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { publishedFolders, root } from "../tidy/source.ts";

/** Output of Node, run in the repository; a failure throws with what it wrote. */
function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" });
}

/** Names that `aura-choreography/<folder>` exports, to a program outside of vitest. */
function exportsOf(folder: string): readonly string[] {
  const script = `console.log(Object.keys(await import("${manifest.name}/${folder}")).join("\\n"))`;
  return node("--input-type=module", "--eval", script).trim().split("\n").toSorted();
}

describe("the built package", () => {
  it("is there", () => {
    expect(statSync(join(root, "dist"), { throwIfNoEntry: false }), "npm run build").toBeDefined();
  });

  it.each(publishedFolders)("exports %s as its sources do", async (folder) => {
    const sources: object = await import(`../../${folder}/index.ts`);
    expect(exportsOf(folder)).toEqual(Object.keys(sources).toSorted());
  });

  it("is declared without the declarations of a library", () => {
    const entries = ["dsl/index", "protocols/index", "runtime/index", "runtime/node"];
    const files = [...entries, "runtime/conformance", "runtime/schema"].map((entry) =>
      join(root, "dist", `${entry}.d.ts`),
    );
    const options = { module: ts.ModuleKind.NodeNext, noLib: true, types: [] };
    const read = ts.createProgram(files, options).getSourceFiles();
    const libraries = read.filter(({ fileName }) => fileName.includes("/node_modules/"));
    expect(read.length).toBeGreaterThan(files.length);
    expect(libraries.map(({ fileName }) => fileName)).toEqual([]);
  });

  it("exports its manifest", () => {
    const script = `console.log(import.meta.resolve("${manifest.name}/package.json"))`;
    expect(node("--input-type=module", "--eval", script)).toContain("/package.json");
  });

  it("has the command aura", () => {
    const path = join(root, manifest.bin.aura);
    expect(readFileSync(path, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(node(path, "--help")).toMatch(/^Usage: aura /);
  });

  it("brings its build, its licence and its documents, and nothing else", () => {
    const packing = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [{ files }]: [{ files: readonly { path: string }[] }] = JSON.parse(packing);
    const tops = files.map(({ path }) =>
      path.split("/").slice(0, path.startsWith("dist/") ? 2 : 1),
    );
    expect(new Set(tops.map((top) => top.join("/")))).toEqual(
      new Set([
        ...["CHANGELOG.md", "LICENSE", "README.md", "package.json"],
        ...[...publishedFolders, "cli"].map((folder) => `dist/${folder}`),
      ]),
    );
  });
});
