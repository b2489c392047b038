/** The chain that runs and the source that is read are one protocol, with one projection. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { Project } from "ts-morph";
import { describe, expect, it } from "vitest";
import { readChoreographies } from "../../codegen/read.ts";
import { checkGlobal, project } from "../../dsl/index.ts";
import type { GlobalStep, GlobalType, ProtocolError } from "../../dsl/index.ts";
import { dkd } from "../../protocols/dkd/choreography.ts";
import { genesis } from "../../protocols/genesis/choreography.ts";
import { poll } from "../codegen/fixtures/poll.ts";
import { protocol, sourceOf } from "./arbitrary.ts";
import { write } from "./untyped.ts";

const workspace = new Project({ compilerOptions: { noLib: true, noResolve: true } });

/** The only choreography of `text`, as the generator reads it, each piece of code as its text. */
function read(text: string): GlobalType<string> {
  const refused: ProtocolError[] = [];
  const file = workspace.createSourceFile("/choreography.ts", text, { overwrite: true });
  const [found, ...others] = readChoreographies(file, refused);
  expect([...refused, ...others]).toEqual([]);
  if (found === undefined) throw new Error("the source holds no choreography");
  const { abort, steps, ...global } = found.global;
  return { ...global, abort: abort.text, steps: steps.map(withTexts) };
}

function withTexts(step: GlobalStep<{ readonly text: string }>): GlobalStep<string> {
  const texts = Object.entries<unknown>({ ...step }).map(([name, value]) => [
    name,
    typeof value === "object" && value !== null && "text" in value ? value.text : value,
  ]);
  const fields: unknown = Object.fromEntries(texts);
  return fields as GlobalStep<string>;
}

/** `global` as its source should have it: each function and event by the name that it has. */
function named(global: GlobalType<unknown>): unknown {
  const { name, roles, session, abort, steps, result } = global;
  const nameOf = (field: string, value: unknown): unknown => {
    if (field === "within") return `epochs(${String(value)})`;
    return hasName(value) ? value.name : value;
  };
  return {
    ...{ name, roles, session, result },
    abort: nameOf("abort", abort),
    steps: steps.map((step) =>
      Object.fromEntries(
        Object.entries(step).map(([field, value]) => [field, nameOf(field, value)]),
      ),
    ),
  };
}

function hasName(value: unknown): value is { readonly name: string } {
  return (
    (typeof value === "function" || typeof value === "object") && value !== null && "name" in value
  );
}

describe("a random protocol", () => {
  it("is the same, written as a chain and read from its source", () => {
    fc.assert(
      fc.property(protocol, (global) => {
        expect(write(global)).toEqual(global);
        expect(read(sourceOf(global))).toEqual(global);
      }),
      { numRuns: 60 },
    );
  });

  it("has the same projection at every role, from the chain and from the source", () => {
    fc.assert(
      fc.property(protocol, (global) => {
        const [chain, source] = [write(global), read(sourceOf(global))];
        for (const role of Object.keys(global.roles)) {
          expect(project(source, role)).toEqual(project(chain, role));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is refused at the step out of order, where two are swapped", () => {
    fc.assert(
      fc.property(protocol, fc.nat(), fc.nat(), (global, a, b) => {
        const { steps } = global;
        const [i, j] = [a % steps.length, b % steps.length].toSorted((x, y) => x - y);
        fc.pre(i !== j && i !== undefined && j !== undefined);
        const [first, second] = [steps[i], steps[j]];
        fc.pre(first !== undefined && second !== undefined);
        const wrong = { ...global, steps: steps.with(i, second).with(j, first) };
        expect(checkGlobal(wrong)[0]).toMatchObject({
          at: second,
          what: `the session expects the step '${first.label}' here, not '${second.label}'`,
        });
      }),
    );
  });

  it("is refused where a step is left out or repeated", () => {
    fc.assert(
      fc.property(protocol, fc.nat(), (global, at) => {
        const i = at % global.steps.length;
        const [without, twice] = [
          { ...global, steps: global.steps.toSpliced(i, 1) },
          { ...global, steps: global.steps.toSpliced(i, 0, ...global.steps.slice(i, i + 1)) },
        ];
        expect(checkGlobal(global)).toEqual([]);
        const isLast = i === global.steps.length - 1;
        expect(checkGlobal(without)[0]?.at).toBe(isLast ? "end" : without.steps[i]);
        expect(checkGlobal(twice)[0]?.at).toBe(twice.steps[i + 1]);
        expect(() => write(without)).toThrow("the session");
      }),
    );
  });
});

describe("the repository's choreographies", () => {
  it.each([
    ["dkd", dkd],
    ["genesis", genesis],
  ])("%s is read as what it is when it runs", (folder, choreography) => {
    const source = readFileSync(`protocols/${folder}/choreography.ts`, "utf8");
    expect(read(source)).toEqual(named(choreography));
  });

  it("the fixture, with functions inside, has the same steps when it runs", () => {
    const source = read(readFileSync("test/codegen/fixtures/poll.ts", "utf8"));
    const shape = ({ roles, session, result, steps }: GlobalType<unknown>) => ({
      ...{ roles, session, result },
      steps: steps.map((step) => {
        const names = Object.keys(step).toSorted();
        const who = "by" in step ? step.by : "at" in step ? step.at : "";
        const detail = "atLeast" in step ? step.atLeast : "combines" in step && step.combines;
        return { verb: step.verb, label: step.label, who, detail, names };
      }),
    });
    expect(shape(source)).toEqual(shape(poll));
  });
});
