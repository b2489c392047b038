/** A random global type, printed as Scribble and read again, is the same global type. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeChoreography } from "../../../codegen/scribble/index.ts";
import { notationOf } from "../../../codegen/notation-of.ts";
import type { SourceCode } from "../../../codegen/source.ts";
import type { GlobalStep } from "../../../dsl/index.ts";
import { seedFor } from "../../seed.ts";
import { anyItems, printScribble } from "./random-protocol.ts";
import type { Item, Items } from "./random-protocol.ts";
import { read } from "./reading.ts";

const seed = seedFor("test/codegen/scribble/random.test.ts");
const root = fileURLToPath(new URL("../../..", import.meta.url));

function itemsOf(steps: readonly GlobalStep<SourceCode>[]): Items {
  return steps.map((step): Item => {
    switch (step.verb) {
      case "send":
        expect(step.event.text).toBe(step.label);
        return { kind: "send", label: step.label, by: step.by, to: step.to };
      case "choice":
        return {
          kind: "choice",
          by: step.by,
          branches: step.branches.map((branch) => itemsOf(branch.steps)),
        };
      case "rec":
        return { kind: "rec", label: step.label, body: itemsOf(step.steps) };
      case "again":
        return { kind: "again", label: step.label };
      case "parallel":
        return { kind: "parallel", blocks: step.blocks.map((block) => itemsOf(block.steps)) };
      default:
        throw new Error(`a ${step.verb} in Scribble`);
    }
  });
}

/** Choices within choices, until lines have no room. */
const deepProtocol = `global protocol Deep(role A, role B) { ${[1, 2, 3, 4, 5].reduceRight(
  (inner, level) =>
    `choice at A { accepted${level}InThisTurn(Int) from A to B; b${level}() from B to A; ${inner} }
     or { refused${level}InThisTurn(Int) from A to B; }`,
  "end() from B to A;",
)} }`;

describe("a random global type", () => {
  it("is the same again after Scribble, in one protocol or in several", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(anyItems, fc.nat(7), (items, mask) => {
        const text = printScribble(items, (count) => ((mask >> (count % 3)) & 1) === 1);
        for (const [word] of text.matchAll(/\b(?:choice|rec|continue|par|do)\b/g)) kinds.add(word);
        expect(itemsOf(read(text).global.steps)).toEqual(items);
      }),
      { seed, numRuns: 500 },
    );
    expect([...kinds].toSorted()).toEqual(["choice", "continue", "do", "par", "rec"]);
  });

  it("has the same notation on one line and on several", () => {
    fc.assert(
      fc.property(anyItems, fc.integer({ min: 8, max: 100 }), (items, width) => {
        const { steps } = read(printScribble(items, () => false)).global;
        expect(notationOf(steps, width).split(/\s+/).join(" ")).toBe(notationOf(steps));
      }),
      { seed, numRuns: 200 },
    );
  });

  it("is written as the formatter would", () => {
    const folder = mkdtempSync(join(tmpdir(), "aura-scribble-"));
    cpSync(join(root, ".oxfmtrc.json"), join(folder, ".oxfmtrc.json"));
    const samples = fc.sample(anyItems, { seed, numRuns: 100 });
    for (const [index, items] of samples.entries()) {
      const text = writeChoreography(read(printScribble(items, () => false)));
      writeFileSync(join(folder, `sample${index}.ts`), text);
    }
    writeFileSync(join(folder, "deep.ts"), writeChoreography(read(deepProtocol)));
    const oxfmt = join(root, "node_modules/.bin/oxfmt");
    expect(execFileSync(oxfmt, ["--list-different", "."], { cwd: folder, encoding: "utf8" })).toBe(
      "",
    );
    rmSync(folder, { recursive: true });
  });
});
