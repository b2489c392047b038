/** The README's choreography, right and in the two wrong versions whose refusal it quotes. */
import { readFileSync } from "node:fs";
import type { Mutant } from "./mutants.ts";

export const readme = readFileSync("README.md", "utf8");

/** The choreography of the first block, importing from the sources. */
export function readmeSource(): string {
  const [, block] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  if (block === undefined) throw new Error("README.md has no block of ts");
  return block
    .replace('"aura-choreography/runtime/schema"', '"../../../runtime/schema.ts"')
    .replace(/"aura-choreography\/(\w+)"/g, '"../../../$1/index.ts"');
}

/** Its lines, from `choreography(` to `returns(`. */
export function readmeChoreography(): readonly string[] {
  const lines = readmeSource().trimEnd().split("\n");
  return lines.slice(lines.findIndex((line) => line.includes("choreography(")));
}

/** The two mistakes that the README tells of. */
export function readmeMutants(): readonly Mutant[] {
  const source = readmeSource();
  const without = source.replace(/^ {2}\.collect\("Vote".*\n/m, "");
  const fewer = source.replace('atLeast: "all"', "atLeast: 3");
  return [
    { name: "readme-without-vote", text: without, line: lineOf(without, '.local("Tally"') },
    { name: "readme-of-a-view", text: fewer, line: lineOf(fewer, '.returns("Tally"') },
  ];
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split("\n").length;
}
