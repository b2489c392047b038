/** Random choreographies as the program of an author: one file, checked by one compiler run. */
import type { Branch, GlobalStep, GlobalType } from "../../../dsl/index.ts";

type Steps = readonly GlobalStep<string>[];

/** What every program begins with; code is named, and events are `First` and `Second`. */
export const prelude = [
  'import { choreography, epochs, event, everyone, many, one, type } from "../dsl/index.ts";',
  'import type { AbortPayload, PayloadSchema, Project } from "../dsl/index.ts";',
  'import type { Same, Shown } from "../test/dsl/agree/shown-type.ts";',
  "declare function schema<T>(): PayloadSchema<T>;",
  "declare function same<A, B>(is: Same<A, B>): void;",
  'const Abort = event("Abort", schema<AbortPayload>(), "device");',
  'const First = event("First", schema<{ readonly first: number }>(), "device");',
  'const Second = event("Second", schema<{ readonly second: number }>(), "device");',
  "const within = epochs(5);",
  "const first = () => ({ first: 1 });",
  "const second = () => ({ second: 1 });",
  "const value = () => 1;",
  "const accept = () => ({ accepted: true }) as const;",
  "const head = { params: type<object>(), abort: Abort };",
];

/** The choreography `global` as the constant `name`. */
export function sourceOf(global: GlobalType<string>, name: string): readonly string[] {
  const roles = Object.entries(global.roles).map(([role, kind]) => `${role}: ${kind}`);
  const session = JSON.stringify(global.session);
  return [
    `export const ${name} = choreography("${name}", { ...head, roles: { ${roles.join(", ")} }, session: ${session} })`,
    ...chain(global.steps, "  "),
    `  .returns("${global.result ?? "nothing"}");`,
  ];
}

/** Each step on lines of its own, so that a message tells the step. */
function chain(steps: Steps, indent: string): readonly string[] {
  return steps.flatMap((step) => call(step, indent));
}

function call(step: GlobalStep<string>, indent: string): readonly string[] {
  const start = `${indent}.${step.verb}("${step.label}"`;
  switch (step.verb) {
    case "choice": {
      const by = step.by === "everyone" ? "everyone" : `"${step.by}"`;
      const decide = `() => "${step.branches[0]?.label ?? ""}"`;
      return [
        `${start}, { by: ${by}, decide: ${decide}, branches: {`,
        ...parts(step.branches, indent),
        `${indent}} })`,
      ];
    }
    case "rec":
      return [
        `${start}, { atMost: ${step.atMost} }, (b) => b`,
        ...chain(step.steps, `${indent}  `),
        `${indent})`,
      ];
    case "again":
      return [`${start})`];
    case "parallel":
      return [`${start}, {`, ...parts(step.blocks, indent), `${indent}})`];
    default: {
      const { verb: _verb, label: _label, ...options } = step;
      return [`${start}, { ${Object.entries(options).map(option).join(", ")} })`];
    }
  }
}

function parts(branches: readonly Branch<string>[], indent: string): readonly string[] {
  return branches.flatMap(({ label, steps }) => [
    `${indent}  ${label}: (b) => b`,
    ...chain(steps, `${indent}    `),
    `${indent}  ,`,
  ]);
}

/** Fields whose value is code: it is written as it is. */
const code = new Set(["event", "payload", "within", "accept", "action", "epochs"]);

function option([field, value]: readonly [string, unknown]): string {
  const text = code.has(field) || value === "everyone" ? String(value) : JSON.stringify(value);
  return `${field}: ${text}`;
}
