/** Programs whose types are measured. Each is a choreography with the projection to every role. */

/** A program by its name, and by how much it is divided to compare sizes. */
export interface TypeProgram {
  readonly name: string;
  readonly steps: number;
  readonly text: string;
}

const preamble = [
  'import { choreography, epochs, event, many, one, type } from "../dsl/index.ts";',
  'import type { AbortPayload, PayloadSchema, Project } from "../dsl/index.ts";',
  "declare function schema<T>(): PayloadSchema<T>;",
  "interface Params { readonly quorum: number }",
  "interface Saying { readonly text: string }",
  'const Said = event("Said", schema<Saying>(), "device");',
  'const Abort = event("Abort", schema<AbortPayload>(), "device");',
];

const said = 'event: Said, payload: () => ({ text: "" }), within: epochs(1)';

/** What every program costs before it says anything: the imports and the declarations. */
export const empty: TypeProgram = { name: "empty", steps: 0, text: preamble.join("\n") };

/** A chain of `length` steps, each by a role or a family to all, from what the last made known. */
export function linear(length: number): TypeProgram {
  const steps = range(length).map((i) => {
    const before = i === 0 ? "params" : `Step${i - 1}`;
    const options = `event: Said, payload: ({ ${before} }) => ({ text: String(${before}) }), within: epochs(1)`;
    return i % 2 === 1
      ? `.collect("Step${i}", { by: "crowd", ${options}, atLeast: "quorum" })`
      : `.broadcast("Step${i}", { by: "${i % 4 === 0 ? "left" : "right"}", ${options} })`;
  });
  const session = range(length).map((i) => (i % 2 === 1 ? `Step${i}*` : `Step${i}`));
  return program("linear", length, session.join(" . "), steps.join("\n  "), "Step0");
}

/** Binary choices within each other; the leaves are two to the power of `depth`. */
export function nested(depth: number): TypeProgram {
  const tell = (label: string): string => `.broadcast("${label}", { by: "left", ${said} })`;
  const session = (left: number, path: string): string =>
    left === 0
      ? `End${path}`
      : `{ A${path} . ${session(left - 1, `${path}a`)} | B${path} . ${session(left - 1, `${path}b`)} }`;
  const branch = (first: string, left: number, path: string): string =>
    `${first}: (chain) => chain${tell(first)}${steps(left, path)}`;
  const steps = (left: number, path: string): string =>
    left === 0
      ? tell(`End${path}`)
      : `.choice("A${path} | B${path}", { by: "left", decide: () => "A${path}", branches: { ${branch(`A${path}`, left - 1, `${path}a`)}, ${branch(`B${path}`, left - 1, `${path}b`)} } })`;
  return program("nested", depth, session(depth, ""), steps(depth, ""));
}

/** Families: to each of one, from each to each, and from each to all, `length` steps in turn. */
export function families(length: number): TypeProgram {
  const step = (i: number): string =>
    i % 3 === 0
      ? `.send("Step${i}", { by: "left", to: "crowd", ${said}, sealed: true })`
      : i % 3 === 1
        ? `.distribute("Step${i}", { by: "crowd", to: "crowd", ${said}, atLeast: "all" })`
        : `.collect("Step${i}", { by: "crowd", ${said}, atLeast: 2 })`;
  const session = range(length).map((i) => (i % 3 === 0 ? `Step${i}` : `Step${i}*`));
  return program("families", length, session.join(" . "), range(length).map(step).join("\n  "));
}

/** `count` blocks of two steps side by side. */
export function blocks(count: number): TypeProgram {
  const block = (i: number): string =>
    `Ask${i}: (chain) => chain.send("Ask${i}", { by: "left", to: "right", ${said} }).send("Tell${i}", { by: "right", to: "left", ${said} })`;
  const session = range(count).map((i) => `Ask${i} . Tell${i}`);
  const label = range(count).map((i) => `Ask${i}`);
  const steps = `.parallel("${label.join(" || ")}", { ${range(count).map(block).join(", ")} })`;
  return program("parallel", count, `( ${session.join(" || ")} )`, steps);
}

/** `count` recursions one after the other, each of which a choice leaves. */
export function recursions(count: number): TypeProgram {
  const tell = (label: string): string => `.broadcast("${label}", { by: "left", ${said} })`;
  const loop = (i: number): string =>
    `.rec("Loop${i}", { atMost: 5 }, (chain) => chain.broadcast("Turn${i}", { by: "right", ${said} }).choice("More${i} | Stop${i}", { by: "left", decide: () => "More${i}", branches: { More${i}: (more) => more${tell(`More${i}`)}.again("Loop${i}"), Stop${i}: (stop) => stop${tell(`Stop${i}`)} } }))`;
  const session = range(count).map(
    (i) => `rec Loop${i} { Turn${i} . { More${i} . Loop${i} | Stop${i} } }`,
  );
  return program("rec", count, session.join(" . "), range(count).map(loop).join("\n  "));
}

function program(
  name: string,
  steps: number,
  session: string,
  chain: string,
  result = "nothing",
): TypeProgram {
  const roles = ["left", "right", "crowd"];
  const text = [
    ...preamble,
    'export const measured = choreography("measured", {',
    "  roles: { left: one, right: one, crowd: many },",
    `  session: "${session}",`,
    "  params: type<Params>(),",
    "  abort: Abort,",
    "})",
    `  ${chain}`,
    `  .returns("${result}");`,
    ...roles.map((role) => `export declare const ${role}: Project<typeof measured, "${role}">;`),
    `export const use = [${roles.map((role) => `${role}.body`).join(", ")}];`,
  ].join("\n");
  return { name, steps, text };
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, i) => i);
}
