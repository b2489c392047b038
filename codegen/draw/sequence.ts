/** The global type as a Mermaid sequence diagram: who tells whom what, and in which order. */
import { everyone } from "../../dsl/index.ts";
import type { Branch, GlobalStep, GlobalType } from "../../dsl/index.ts";
import { escaped, nested, participant } from "./mermaid.ts";

/** The text of the diagram. */
export function drawSequence<Code>(global: GlobalType<Code>): string {
  const roles = Object.keys(global.roles);
  const participants = roles.map((role) => {
    const name = global.roles[role] === "many" ? `${role}*` : role;
    return `participant ${participant(role)}${name === participant(role) ? "" : ` as ${name}`}`;
  });
  const end =
    global.result === undefined ? [] : [noteOver(roles, `the result is ${global.result}`)];
  const steps = drawSteps(global.steps, { roles, kinds: global.roles });
  const lines = [`title ${escaped(global.name)}`, ...participants, ...steps, ...end];
  return `${["sequenceDiagram", ...nested(lines)].join("\n")}\n`;
}

interface Stage {
  readonly roles: readonly string[];
  readonly kinds: Readonly<Record<string, "one" | "many">>;
}

function drawSteps<Code>(steps: readonly GlobalStep<Code>[], stage: Stage): readonly string[] {
  return steps.flatMap((step) => drawStep(step, stage));
}

function drawStep<Code>(step: GlobalStep<Code>, stage: Stage): readonly string[] {
  const { roles } = stage;
  switch (step.verb) {
    case "broadcast":
      return arrows(step.by, roles, `${step.label}${mark(step.onTimeout)}`);
    case "send":
      return arrows(step.by, [step.to], `${step.label}${mark(step.onTimeout)}${sealed(step)}`);
    case "collect":
      return arrows(step.by, roles, `${step.label}*${mark(step.onTimeout)} ${quorum(step)}`, stage);
    case "distribute": {
      const text = `${step.label}*${mark(step.onTimeout)} ${quorum(step)}${sealed(step)}`;
      return arrows(step.by, [step.to], text, stage);
    }
    case "local":
      return [noteOver(at(step.at, roles), step.label)];
    case "wait":
      return [noteOver(at(step.at, roles), `${step.label} (sleep)`)];
    case "check":
      return [noteOver(at(step.at, roles), `${step.label} (is ${step.of} there?)`)];
    case "choice": {
      const who = step.by === everyone ? "everyone decides alike" : `${step.by} decides`;
      return drawParts("alt", "else", step.branches, `(${who})`, stage);
    }
    case "rec": {
      const turns = `${step.label}, up to ${step.atMost} turns`;
      return [`loop ${escaped(turns)}`, ...nested(drawSteps(step.steps, stage)), "end"];
    }
    case "again":
      return [noteOver(roles, `${step.label} once more`)];
    case "parallel":
      return drawParts("par", "and", step.blocks, "", stage);
    case "call":
      return [noteOver(cast(step, roles), `${step.label}${mark(step.onAbort)} = ${running(step)}`)];
    case "acquire":
      return [noteOver(cast(step, roles), `${step.label} = take ${step.lock} by ${running(step)}`)];
    case "release":
      return [noteOver(cast(step, roles), `${step.label} = give ${step.lock} by ${running(step)}`)];
    case "abort":
      return arrows(step.by, roles, `abort, ${step.reason}`, undefined, "-x");
  }
}

/** An arrow to each of `to`; to itself where a family is told by its members, or nobody else is. */
function arrows(
  from: string,
  to: readonly string[],
  text: string,
  stage?: Stage,
  arrow = "->>",
): readonly string[] {
  const amongThemselves = stage?.kinds[from] === "many";
  const others = to.filter((role) => role !== from || amongThemselves);
  const receivers = others.length === 0 ? [from] : others;
  return receivers.map(
    (role) => `${participant(from)}${arrow}${participant(role)}: ${escaped(text)}`,
  );
}

function noteOver(roles: readonly string[], text: string): string {
  const [first, last] = [roles[0], roles.at(-1)];
  const ends = [...new Set([first, last])].flatMap((role) =>
    role === undefined ? [] : [participant(role)],
  );
  return `Note over ${ends.join(",")}: ${escaped(text)}`;
}

function drawParts<Code>(
  first: string,
  others: string,
  parts: readonly Branch<Code>[],
  remark: string,
  stage: Stage,
): readonly string[] {
  const lines = parts.flatMap(({ label, steps }, index) => [
    `${index === 0 ? first : others} ${escaped(`${label} ${index === 0 ? remark : ""}`.trim())}`,
    ...nested(drawSteps(steps, stage)),
  ]);
  return [...lines, "end"];
}

function at(place: string, roles: readonly string[]): readonly string[] {
  return place === everyone ? roles : [place];
}

interface Nested {
  readonly callee: { readonly name: string };
  readonly roles: Readonly<Record<string, string>>;
}

/** The roles that play in a nested choreography, in the order in which they stand. */
function cast({ roles }: Nested, all: readonly string[]): readonly string[] {
  const playing = new Set(Object.values(roles));
  return all.filter((role) => playing.has(role));
}

function running({ callee, roles }: Nested): string {
  const parts = Object.entries(roles).map(([theirs, ours]) => `${theirs} = ${ours}`);
  return `${callee.name}(${parts.join(", ")})`;
}

function mark(absent: "absent" | undefined): string {
  return absent === undefined ? "" : "?";
}

function sealed(step: { readonly sealed?: true }): string {
  return step.sealed === true ? " (sealed)" : "";
}

function quorum({ atLeast }: { readonly atLeast: number | string }): string {
  return atLeast === "all" ? "(all)" : `(at least ${atLeast})`;
}
