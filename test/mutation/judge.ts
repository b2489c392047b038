/** What the compilers and the generator's checks say of programs. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { checkFiles } from "../../codegen/check-files.ts";
import { complaints } from "../messages/compilers.ts";
import type { Complaint, Version } from "../messages/compilers.ts";

/** Where programs are compiled; git knows nothing of it. */
export const cases = "test/mutation/cases";

/** The compiler that judges what the generator accepts: it is much faster than the others. */
export const fastest: Version = "7.0";
export const sampling: readonly Version[] = ["5.9", "6.0"];

/** Writes `programs`, by name, and nothing else, to the folder of cases. */
export function writeCases(programs: ReadonlyMap<string, string>): void {
  removeCases();
  mkdirSync(cases, { recursive: true });
  for (const [name, text] of programs) writeFileSync(fileOf(name), text);
}

export function removeCases(): void {
  rmSync(cases, { recursive: true, force: true });
}

/** What compiler `version` says of `programs`, by name; nothing of those that it accepts. */
export async function compile(
  version: Version,
  programs: readonly string[],
): Promise<ReadonlyMap<string, readonly Complaint[]>> {
  const config = `${cases}/tsconfig.${version}.json`;
  const files = programs.map((name) => `${name}.ts`);
  writeFileSync(config, JSON.stringify({ extends: "../../../tsconfig.json", files, include: [] }));
  const said = await complaints(version, config);
  const known = new Set(programs);
  const stray = said.find(({ program }) => !known.has(program));
  if (stray !== undefined) throw new Error(`${stray.program} is not of the cases: ${stray.text}`);
  const found = new Map<string, Complaint[]>();
  for (const each of said) found.set(each.program, [...(found.get(each.program) ?? []), each]);
  return found;
}

/** All that stand side by side in one folder have the name of the choreography that they are of. */
const sameName = "AURA1803";

/** How many files the generator reads at once: it works through all of them after each. */
const batch = 8;

/** The codes of the rules that `programs` break, by name; without those that break none. */
export function check(programs: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (let from = 0; from < programs.length; from += batch) {
    const some = programs.slice(from, from + batch);
    const reports = checkFiles({ files: some.map(fileOf), cwd: process.cwd() });
    for (const [index, { diagnostics }] of reports.entries()) {
      const codes = diagnostics.map(({ code }) => code).filter((code) => code !== sameName);
      if (codes.length > 0) found.set(some[index] ?? "", codes);
    }
  }
  return found;
}

function fileOf(program: string): string {
  return `${cases}/${program}.ts`;
}
