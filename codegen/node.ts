/** A role's instructions as they are written: the fields of each, and the lists inside it. */
import type { ProjectedBody, ProjectedNode } from "../dsl/index.ts";
import { describeNode } from "./describe.ts";
import type { StepsByLabel } from "./describe.ts";
import { quoted } from "./print.ts";
import type { Written } from "./print.ts";
import type { CalleeScripts, ImportedName, SourceCode } from "./source.ts";

/** A nested choreography's script, as an instruction names it. */
export type NameOfScript = (scripts: CalleeScripts, role: string) => string;

/** `body` as a list, with a comment before each instruction. */
export function writeBody(
  body: ProjectedBody<SourceCode>,
  steps: StepsByLabel,
  nameOfScript: NameOfScript,
): Written {
  return {
    items: body.map((node) => ({
      comment: describeNode(node, steps),
      value: {
        fields: fieldsOf(node, (inner) => writeBody(inner, steps, nameOfScript), nameOfScript),
      },
    })),
  };
}

type Fields = readonly (readonly [string, Written])[];
type WriteBody = (body: ProjectedBody<SourceCode>) => Written;

function fieldsOf(
  node: ProjectedNode<SourceCode>,
  write: WriteBody,
  nameOfScript: NameOfScript,
): Fields {
  switch (node.instruction) {
    case "Branch": {
      const { branches, ...rest } = node;
      return [...flatFields(rest), ["branches", { fields: partsOf(branches, write) }]];
    }
    case "Loop": {
      const { steps, ...rest } = node;
      return [...flatFields(rest), ["steps", write(steps)]];
    }
    case "Fork": {
      const { blocks, ...rest } = node;
      return [...flatFields(rest), ["blocks", { fields: partsOf(blocks, write) }]];
    }
    case "RunSubProtocol": {
      const { instruction, label, choreography, as, cast, params, ...rest } = node;
      const { scripts } = choreography;
      return [
        ...flatFields({ instruction, label }),
        ["script", scripts === undefined ? as : nameOfScript(scripts, as)],
        ["cast", { fields: flatFields(cast) }],
        ...flatFields({ params, ...rest }),
      ];
    }
    default:
      return flatFields(node);
  }
}

function partsOf(
  parts: Readonly<Record<string, ProjectedBody<SourceCode>>>,
  write: WriteBody,
): Fields {
  return Object.entries(parts).map(([label, body]) => [label, write(body)]);
}

function flatFields(node: object): Fields {
  return Object.entries<unknown>({ ...node }).map(([name, value]) => [name, written(value)]);
}

function written(value: unknown): string {
  if (isCode(value)) return value.text;
  return typeof value === "string" ? quoted(value) : JSON.stringify(value);
}

function isCode(value: unknown): value is SourceCode {
  return typeof value === "object" && value !== null && "text" in value && "names" in value;
}

/** The names that the instructions of `body` take from elsewhere. */
export function namesOf(body: ProjectedBody<SourceCode>): readonly ImportedName[] {
  return body.flatMap((node) => [
    ...Object.values<unknown>({ ...node })
      .filter(isCode)
      .flatMap((code) => code.names),
    ...bodiesIn(node).flatMap(namesOf),
  ]);
}

/** The nested choreographies that the instructions of `body` run, and as whom. */
export function runsOf(
  body: ProjectedBody<SourceCode>,
): readonly { readonly scripts: CalleeScripts; readonly role: string }[] {
  return body.flatMap((node) => {
    if (node.instruction !== "RunSubProtocol") return bodiesIn(node).flatMap(runsOf);
    const { scripts } = node.choreography;
    return scripts === undefined ? [] : [{ scripts, role: node.as }];
  });
}

/** The lists of instructions inside `node`. */
function bodiesIn(node: ProjectedNode<SourceCode>): readonly ProjectedBody<SourceCode>[] {
  switch (node.instruction) {
    case "Branch":
      return Object.values(node.branches);
    case "Loop":
      return [node.steps];
    case "Fork":
      return Object.values(node.blocks);
    default:
      return [];
  }
}
