/** Scribble read in a test, and shown in short. */
import { ProtocolError } from "../../../dsl/index.ts";
import type { GlobalStep } from "../../../dsl/index.ts";
import type { SourceCode } from "../../../codegen/source.ts";
import { readScribble } from "../../../codegen/scribble/index.ts";
import type { ImportedChoreography } from "../../../codegen/scribble/index.ts";

export const file = "test.scr";

/** The last choreography of `text`. */
export function read(text: string): ImportedChoreography {
  const last = readScribble(text, file).at(-1);
  if (last === undefined) throw new Error("nothing was read");
  return last;
}

/** The last choreography of a protocol between A, B and C with this body. */
export function readBody(body: string): ImportedChoreography {
  return read(`global protocol P(role A, role B, role C) { ${body} }`);
}

/** What `text` is refused with. */
export function refusalOf(text: string): string {
  try {
    readScribble(text, file);
  } catch (error) {
    if (error instanceof ProtocolError && error.code === "InvalidInput") return error.message;
    throw error;
  }
  return "not refused";
}

/** Each step in a line: what the session notation leaves out is seen here. */
export function outline(steps: readonly GlobalStep<SourceCode>[], indent = ""): readonly string[] {
  return steps.flatMap((step) => {
    switch (step.verb) {
      case "send":
        return [`${indent}${step.label}: ${step.by} -> ${step.to} ${step.event.text}`];
      case "choice":
        return [
          `${indent}choice ${step.label} at ${step.by}`,
          ...step.branches.flatMap(({ label, steps: inner }) => [
            `${indent}- ${label}`,
            ...outline(inner, `${indent}  `),
          ]),
        ];
      case "rec":
        return [`${indent}rec ${step.label}`, ...outline(step.steps, `${indent}  `)];
      case "parallel":
        return [
          `${indent}parallel ${step.label}`,
          ...step.blocks.flatMap(({ label, steps: inner }) => [
            `${indent}- ${label}`,
            ...outline(inner, `${indent}  `),
          ]),
        ];
      default:
        return [`${indent}${step.verb} ${step.label}`];
    }
  });
}
