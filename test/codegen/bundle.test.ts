/** A role's bundle runs, and holds that role's code only: function by function, not by file. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Script } from "../../dsl/index.ts";
import { root } from "../tidy/source.ts";

const folder = mkdtempSync(join(tmpdir(), "aura-bundle-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Bundle {
  readonly text: string;
  /** Modules of this repository that the bundler read. */
  readonly modules: readonly string[];
  readonly exports: Readonly<Record<string, Script>>;
}

/** Bundles the script of DKD's `role` with all that it imports, packages included, and loads it. */
async function bundle(role: string): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [`protocols/dkd/generated/dkd.${role}.ts`],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    logLevel: "silent",
  });
  const text = outputFiles.map((file) => file.text).join("");
  const path = join(folder, `${role}.mjs`);
  writeFileSync(path, text);
  const exports: Readonly<Record<string, Script>> = await import(pathToFileURL(path).href);
  const modules = Object.keys(metafile.inputs).filter((name) => !name.includes("node_modules"));
  return { text, modules, exports };
}

const own = {
  coordinator: { functions: ["initiate", "finalize", "sealBlind"], checks: [] },
  participant: {
    functions: ["commit", "reveal", "ownEvaluation"],
    checks: ["agreesOnKey", "sealsBlind"],
  },
};

describe.each([
  ["coordinator", "participant"],
  ["participant", "coordinator"],
] as const)("the bundle of DKD's %s", (role, other) => {
  let made: Bundle;
  beforeAll(async () => {
    made = await bundle(role);
  });

  // A bundler adds a number to a name that it meets twice.
  const defines = (name: string) => new RegExp(`function ${name}\\d*\\(`).test(made.text);

  it("has the functions that its steps run", () => {
    const { functions, checks } = own[role];
    expect(
      [...functions, ...checks, "aggregate", "opensCommitment"].filter((name) => !defines(name)),
    ).toEqual([]);
  });

  it(`has none that only the ${other}'s steps run`, () => {
    const { functions, checks } = own[other];
    expect([...functions, ...checks].filter(defines)).toEqual([]);
  });

  it(`is made without the choreography, and without the ${other}'s modules`, () => {
    expect(made.modules).toContain(`protocols/dkd/actions/${role}.ts`);
    expect(made.modules).not.toContain("protocols/dkd/choreography.ts");
    expect(made.modules).not.toContain(`protocols/dkd/actions/${other}.ts`);
    expect(made.modules).not.toContain(`protocols/dkd/generated/dkd.${other}.ts`);
    expect(made.modules.filter((name) => /^(?:codegen|test|examples)\//.test(name))).toEqual([]);
  });

  it("runs: it is the script, step for step", async () => {
    const source: Readonly<Record<string, Script>> = await import(
      `../../protocols/dkd/generated/dkd.${role}.ts`
    );
    const shape = (script: Script | undefined) =>
      script?.steps.map(({ instruction, label }) => `${instruction} ${label}`);
    expect(Object.keys(made.exports)).toEqual([role]);
    expect(shape(made.exports[role])).toEqual(shape(source[role]));
    expect(made.exports[role]?.steps.length).toBeGreaterThan(5);
    expect(made.exports[role]?.digest).toBe(source[role]?.digest);
  });
});
