/**
 * What the types cost the compiler: instantiations, time and memory for chains of more and more
 * steps with all their projections, above an empty file, on each compiler.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const compilers = { "5.9": "typescript-5.9", "6.0": "typescript-6.0", "7.0": "typescript" };
const lengths = [10, 50, 100, 200, 400];

interface Cost {
  readonly instantiations: number;
  readonly seconds: number;
  readonly megabytes: number;
}

/** Prints a row for each compiler and length. */
export function benchTypes(print: (line: string) => void): void {
  const folder = mkdtempSync(join(process.cwd(), ".bench-types-"));
  try {
    print("compiler  steps  instantiations  per step  check s  memory MB");
    for (const [version, compiler] of Object.entries(compilers)) {
      const empty = measure(folder, compiler, program(0));
      let at100 = 0;
      for (const length of lengths) {
        const cost = measure(folder, compiler, program(length));
        const own = cost.instantiations - empty.instantiations;
        if (length === 100) at100 = own;
        const cells = [
          version.padEnd(8),
          String(length).padStart(6),
          String(own).padStart(15),
          (own / length).toFixed(0).padStart(9),
          (cost.seconds - empty.seconds).toFixed(2).padStart(8),
          (cost.megabytes - empty.megabytes).toFixed(0).padStart(10),
        ];
        print(cells.join(" "));
        if (length === 400) print(`${version.padEnd(8)} 400:100 is ${(own / at100).toFixed(2)}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A choreography of `length` steps over three roles, and the projection to each. */
function program(length: number): string {
  const labels = Array.from({ length }, (_, i) => `Step${i}`);
  const session = labels.map((label, i) => (i % 2 === 1 ? `${label}*` : label)).join(" . ");
  const steps = labels.map((label, i) => step(label, i));
  const body = [
    'import { choreography, epochs, event, many, one, type } from "../dsl/index.ts";',
    'import type { AbortPayload, PayloadSchema, Project } from "../dsl/index.ts";',
    "declare function schema<T>(): PayloadSchema<T>;",
    "interface Params { readonly quorum: number }",
    "interface Saying { readonly text: string }",
    'const Said = event("Said", schema<Saying>(), "device");',
    'const Abort = event("Abort", schema<AbortPayload>(), "device");',
  ];
  if (length === 0) return body.join("\n");
  return [
    ...body,
    'export const long = choreography("long", {',
    "  roles: { left: one, right: one, crowd: many },",
    `  session: "${session}",`,
    "  params: type<Params>(),",
    "  abort: Abort,",
    "})",
    ...steps,
    `  .returns("${labels[0]}");`,
    'export declare const left: Project<typeof long, "left">;',
    'export declare const right: Project<typeof long, "right">;',
    'export declare const crowd: Project<typeof long, "crowd">;',
    "export const use = [left.body, right.body, crowd.body];",
  ].join("\n");
}

function step(label: string, i: number): string {
  const before = i === 0 ? "params" : `Step${i - 1}`;
  const payload = `payload: ({ ${before} }) => ({ text: String(${before}) })`;
  if (i % 2 === 1) {
    return `  .collect("${label}", { by: "crowd", event: Said, ${payload}, atLeast: "quorum", within: epochs(1) })`;
  }
  const by = i % 4 === 0 ? "left" : "right";
  return `  .broadcast("${label}", { by: "${by}", event: Said, ${payload}, within: epochs(1) })`;
}

function measure(folder: string, compiler: string, text: string): Cost {
  writeFileSync(join(folder, "program.ts"), text);
  const options = { extends: "../tsconfig.json", include: ["program.ts"], exclude: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(options));
  const tsc = join("node_modules", compiler, "bin", "tsc");
  const single = compiler === "typescript" ? ["--singleThreaded"] : [];
  const args = [tsc, "-p", folder, "--extendedDiagnostics", ...single];
  const output = execFileSync(process.execPath, args, { encoding: "utf8" });
  const figure = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(output)?.[1] ?? Number.NaN);
  return {
    instantiations: figure("Instantiations"),
    seconds: figure("Check time"),
    megabytes: figure("Memory used") / 1024,
  };
}
