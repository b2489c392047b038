/** Compares what became of the mutants with what is said of them, and counts. */
import type { Version } from "../messages/compilers.ts";
import { kinds } from "./change.ts";
import type { Mutant, Specimen } from "./mutants.ts";

/** What became of programs, by their names. */
export interface Verdicts {
  /** Programs that each compiler was given, and those of them that it refused. */
  readonly compiled: ReadonlyMap<Version, Outcome>;
  /** The rules that programs break by the generator's checks. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
  /** Pairs of events whose payloads are of one type, as `source: one, other`. */
  readonly alike: ReadonlySet<string>;
  /** Programs of the same structure as the right one, of events of one schema. */
  readonly same: ReadonlySet<string>;
}

export interface Outcome {
  readonly given: ReadonlySet<string>;
  readonly refused: ReadonlySet<string>;
}

type Fate = "tsc" | "generator" | "proved" | "survived";

/** A program is refused by the types only if every compiler that saw it refuses it. */
function isRefusedByTypes(program: string, { compiled }: Verdicts): boolean {
  const judges = [...compiled.values()].filter(({ given }) => given.has(program));
  return judges.length > 0 && judges.every(({ refused }) => refused.has(program));
}

function fateOf(mutant: Mutant, verdicts: Verdicts): Fate {
  if (isRefusedByTypes(mutant.program, verdicts)) return "tsc";
  if (verdicts.codes.has(mutant.program)) return "generator";
  const { unless, source } = mutant;
  const isAlike = unless !== undefined && verdicts.alike.has(pairName(source, unless));
  return isAlike && verdicts.same.has(mutant.program) ? "proved" : "survived";
}

export function pairName(source: string, { one, other }: { one: string; other: string }): string {
  return `${source}: ${one}, ${other}`;
}

/** What is wrong: right programs that are refused, and wrong ones that are not. */
export function audit(all: readonly Specimen[], verdicts: Verdicts): readonly string[] {
  return all.flatMap((specimen) => [
    ...refusedControls(specimen, verdicts),
    ...specimen.mutants
      .filter((mutant) => fateOf(mutant, verdicts) === "survived")
      .map(({ source, name }) => `${source}: '${name}' survived, and nothing proves it right`),
  ]);
}

function refusedControls({ source, controls }: Specimen, verdicts: Verdicts): readonly string[] {
  return controls.flatMap(({ program }) => [
    ...[...verdicts.compiled]
      .filter(([, { refused }]) => refused.has(program))
      .map(([version]) => `${source}: TypeScript ${version} refuses ${program}, which is right`),
    ...(verdicts.codes.get(program) ?? []).map(
      (code) => `${source}: the generator refuses ${program}, which is right: ${code}`,
    ),
  ]);
}

/** A line for each choreography: its mutants, and what became of them. */
export function summary(all: readonly Specimen[], verdicts: Verdicts): string {
  const head = ["", "mutants", "tsc", "generator", "proved", "survived"];
  const rows = all.map(({ source, mutants }) => [source, ...counts(mutants, verdicts)]);
  const everything = all.flatMap(({ mutants }) => mutants);
  const byKind = kinds.map((kind) => [
    kind,
    ...counts(
      everything.filter((mutant) => mutant.kind === kind),
      verdicts,
    ),
  ]);
  const total = ["all", ...counts(everything, verdicts)];
  return [head, ...rows, total, head, ...byKind].map(line).join("\n");
}

const fates: readonly Fate[] = ["tsc", "generator", "proved", "survived"];

function counts(mutants: readonly Mutant[], verdicts: Verdicts): readonly string[] {
  const found = mutants.map((mutant) => fateOf(mutant, verdicts));
  const each = fates.map((fate) => found.filter((other) => other === fate).length);
  return [mutants.length, ...each].map(String);
}

function line([name = "", ...cells]: readonly string[]): string {
  return [name.padEnd(44), ...cells.map((cell) => cell.padStart(10))].join("");
}
