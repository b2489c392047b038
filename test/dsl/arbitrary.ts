/** Random well-formed protocols, and their source text. What would be code is a name. */
import fc from "fast-check";
import { everyone } from "../../dsl/index.ts";
import type { GlobalStep, GlobalType } from "../../dsl/index.ts";

type Roles = GlobalType<string>["roles"];

/** What a random step is made of; the numbers choose among what fits there. */
interface Draw {
  readonly label: string;
  readonly verb: number;
  readonly role: number;
  readonly receiver: number;
  readonly atLeast: number | string;
  readonly combines: number;
  readonly accepts: boolean;
  readonly everywhere: boolean;
}

const roleName = fc.constantFrom("a", "chair", "member", "constructor", "device2", "allOfThem");
const label = fc.stringMatching(/^[A-Z][A-Za-z0-9_]{0,6}$/);

const rolesOf: fc.Arbitrary<Roles> = fc
  .uniqueArray(fc.tuple(roleName, fc.constantFrom<"one" | "many">("one", "many")), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 4,
  })
  .map((roles) => Object.fromEntries(roles));

const draw: fc.Arbitrary<Draw> = fc.record({
  label,
  verb: fc.nat(4),
  role: fc.nat(11),
  receiver: fc.nat(11),
  atLeast: fc.oneof(fc.integer({ min: 2, max: 9 }), fc.constantFrom("all", "threshold")),
  combines: fc.nat(5),
  accepts: fc.boolean(),
  everywhere: fc.boolean(),
});

/** Protocols of one to four roles and two to twelve steps. */
export const protocol: fc.Arbitrary<GlobalType<string>> = fc
  .tuple(
    rolesOf,
    fc.uniqueArray(draw, { selector: (each) => each.label, minLength: 2, maxLength: 12 }),
  )
  .map(([roles, draws]) => assemble(roles, draws));

function assemble(roles: Roles, draws: readonly Draw[]): GlobalType<string> {
  const steps: GlobalStep<string>[] = [];
  draws.forEach((each, index) => {
    const isLast = index === draws.length - 1;
    // Everyone must know and agree on the result: nobody computes it alone or is told alone, and no
    // view is one.
    steps.push(
      stepOf(isLast ? { ...each, verb: each.verb % 2, atLeast: "all" } : each, roles, steps),
    );
  });
  return {
    name: "random",
    roles,
    session: steps
      .map(({ verb, label: name }) => (verb === "collect" ? `${name}*` : name))
      .join(" . "),
    abort: "Abort",
    steps,
    result: steps.at(-1)?.label ?? "",
  };
}

function stepOf(
  each: Draw,
  roles: Roles,
  before: readonly GlobalStep<string>[],
): GlobalStep<string> {
  const [ones, families] = [rolesOfKind(roles, "one"), rolesOfKind(roles, "many")];
  const { label: name } = each;
  const accept = each.accepts ? { accept: `check${name}` } : {};
  const common = {
    event: `Event${name}`,
    within: `within${name}`,
    payload: `make${name}`,
    ...accept,
  };
  if (each.verb === 2) {
    const collects = before.filter(({ verb }) => verb === "collect");
    const combined = pick(["", ...collects.map((step) => step.label)], each.combines);
    const at = each.everywhere ? everyone : pick(Object.keys(roles), each.role);
    const combines = combined === "" ? {} : { combines: combined };
    return { verb: "local", label: name, at, action: `act${name}`, ...combines };
  }
  if (each.verb === 4) {
    const at = each.everywhere ? everyone : pick(Object.keys(roles), each.role);
    return { verb: "wait", label: name, at, epochs: `span${name}` };
  }
  const by = pick(ones, each.role);
  if (each.verb === 3 && ones.length > 1) {
    const others = ones.filter((role) => role !== by);
    return { verb: "send", label: name, by, to: pick(others, each.receiver), ...common };
  }
  if (families.length === 0 || (each.verb === 0 && ones.length > 0)) {
    return { verb: "broadcast", label: name, by, ...common };
  }
  const family = pick(families, each.role);
  return { verb: "collect", label: name, by: family, atLeast: each.atLeast, ...common };
}

function rolesOfKind(roles: Roles, wanted: "one" | "many"): readonly string[] {
  return Object.entries(roles).flatMap(([role, kind]) => (kind === wanted ? [role] : []));
}

function pick(items: readonly string[], index: number): string {
  return items[index % items.length] ?? "";
}

/** The source of `global`: an author's file, with every name imported. */
export function sourceOf(global: GlobalType<string>): string {
  const names = global.steps.flatMap((step) =>
    Object.entries(step).flatMap(([field, value]) => (isCode(field) ? [String(value)] : [])),
  );
  const roles = Object.entries(global.roles).map(([role, kind]) => `${role}: ${kind}`);
  return [
    'import { choreography, everyone, many, one, type } from "aura-choreography/dsl";',
    `import { ${[global.abort, ...names].join(", ")} } from "./parts.ts";`,
    "",
    `export const random = choreography(${JSON.stringify(global.name)}, {`,
    `  roles: { ${roles.join(", ")} },`,
    `  session: ${JSON.stringify(global.session)},`,
    "  params: type<object>(),",
    `  abort: ${global.abort},`,
    "})",
    ...global.steps.map(
      ({ verb, label: name, ...options }) =>
        `  .${verb}(${JSON.stringify(name)}, ${printed(options)})`,
    ),
    `  .returns(${JSON.stringify(global.result)});`,
    "",
  ].join("\n");
}

function printed(options: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(options).map(([field, value]) =>
    isCode(field) || value === everyone
      ? `${field}: ${String(value)}`
      : `${field}: ${JSON.stringify(value)}`,
  );
  return `{ ${fields.join(", ")} }`;
}

function isCode(field: string): boolean {
  return ["event", "within", "accept", "payload", "action", "epochs"].includes(field);
}
