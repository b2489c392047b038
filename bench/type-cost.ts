/** What the compiler needs for a program: instantiations, check time and memory. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const compilers = { "5.9": "typescript-5.9", "6.0": "typescript-6.0", "7.0": "typescript" };

export type CompilerVersion = keyof typeof compilers;

export interface TypeCost {
  readonly instantiations: number;
  /** Of checking alone. */
  readonly seconds: number;
  /** Of reading and binding, too. */
  readonly total: number;
  readonly megabytes: number;
}

/** Calls `run` with a folder for projects, and removes it. */
export function inBenchFolder<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(join(process.cwd(), ".bench-types-"));
  try {
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures one program, which must be without mistakes: a wrong one stops the compiler early. */
export function costOf(folder: string, version: CompilerVersion, text: string): TypeCost {
  writeFileSync(join(folder, "program.ts"), text);
  const { cost, output } = compile(folder, version, ["program.ts"]);
  if (output.includes("error TS")) throw new Error(`the measured program is wrong:\n${output}`);
  return cost;
}

/** Measures a project of these files and folders; mistakes in it are for the type-check to report. */
export function costOfProject(
  folder: string,
  version: CompilerVersion,
  include: readonly string[],
): TypeCost {
  return compile(folder, version, include).cost;
}

/**
 * Measures these folders as a user of the package has them: copied, their imports of the language
 * and the runtime turned to the built declarations.
 */
export function costAsUsed(
  folder: string,
  version: CompilerVersion,
  sources: readonly string[],
): TypeCost {
  for (const source of sources) {
    const copy = join(folder, "used", source);
    cpSync(source, copy, { recursive: true });
    for (const name of readdirSync(copy, { recursive: true, encoding: "utf8" })) {
      if (name.endsWith(".ts")) importBuilt(join(copy, name));
    }
  }
  return compile(folder, version, ["used"]).cost;
}

/** The copies lie two folders below the root. */
function importBuilt(path: string): void {
  const text = readFileSync(path, "utf8");
  const language = /from "((?:\.\.\/)+)((?:dsl|runtime)\/[^"]*)\.ts"/g;
  writeFileSync(path, text.replace(language, 'from "$1../../dist/$2.js"'));
}

function compile(folder: string, version: CompilerVersion, include: readonly string[]) {
  const options = { extends: "../tsconfig.json", include, exclude: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(options));
  const tsc = join("node_modules", compilers[version], "bin", "tsc");
  // One thread: several would share the work differently each time, and count some of it twice.
  const single = version === "7.0" ? ["--singleThreaded"] : [];
  const args = [tsc, "-p", folder, "--extendedDiagnostics", ...single];
  const output = spawnSync(process.execPath, args, { encoding: "utf8" }).stdout;
  const figure = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(output)?.[1] ?? Number.NaN);
  const cost: TypeCost = {
    instantiations: figure("Instantiations"),
    seconds: figure("Check time"),
    total: figure("Total time"),
    megabytes: figure("Memory used") / 1024,
  };
  return { cost, output };
}

/** What `cost` is above `base`. */
export function above(base: TypeCost, cost: TypeCost): TypeCost {
  return {
    instantiations: cost.instantiations - base.instantiations,
    seconds: cost.seconds - base.seconds,
    total: cost.total - base.total,
    megabytes: cost.megabytes - base.megabytes,
  };
}
