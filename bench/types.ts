/**
 * What the types cost the compiler: instantiations, time and memory for programs of more and more
 * steps with all their projections, above an empty file, on each compiler; and for all protocols
 * and examples together, above an empty project: against the sources of the language, and against
 * its built declarations, which is what a user has.
 */
import { above, compilers, costAsUsed, costOf, costOfProject, inBenchFolder } from "./type-cost.ts";
import type { CompilerVersion, TypeCost } from "./type-cost.ts";
import { blocks, empty, families, linear, nested, recursions } from "./type-programs.ts";
import type { TypeProgram } from "./type-programs.ts";

const programs: readonly TypeProgram[] = [
  ...[10, 50, 100, 200, 400].map(linear),
  ...[1, 2, 3, 4, 5, 6].map(nested),
  ...[10, 50].map(families),
  ...[4, 8].map(blocks),
  ...[4, 8].map(recursions),
];

/** Prints a row for each compiler and program. */
export function benchTypes(print: (line: string) => void): void {
  print("compiler  program        instantiations  per step  check s  total s  memory MB");
  inBenchFolder((folder) => {
    for (const version of Object.keys(compilers).filter(isVersion)) {
      const base = costOf(folder, version, empty.text);
      const linears = new Map<number, number>();
      for (const { name, steps, text } of programs) {
        const cost = above(base, costOf(folder, version, text));
        if (name === "linear") linears.set(steps, cost.instantiations);
        const per = (cost.instantiations / steps).toFixed(0);
        print(row(version, `${name} ${steps}`, cost, per));
      }
      const ratio = (linears.get(400) ?? Number.NaN) / (linears.get(100) ?? Number.NaN);
      print(`${version.padEnd(9)} linear 400:100 is ${ratio.toFixed(2)}`);
      const none = costOf(folder, version, "export {};");
      const sources = costOfProject(folder, version, ["../protocols", "../examples"]);
      print(row(version, "all, sources", above(none, sources), ""));
      const used = costAsUsed(folder, version, ["protocols", "examples"]);
      print(row(version, "all, as used", above(none, used), ""));
    }
  });
}

function isVersion(version: string): version is CompilerVersion {
  return Object.hasOwn(compilers, version);
}

function row(version: string, name: string, cost: TypeCost, per: string): string {
  return [
    version.padEnd(9),
    name.padEnd(14),
    String(cost.instantiations).padStart(14),
    per.padStart(9),
    cost.seconds.toFixed(2).padStart(8),
    cost.total.toFixed(2).padStart(8),
    cost.megabytes.toFixed(0).padStart(10),
  ].join(" ");
}
