/** The digest of a choreography: devices run a session together only if theirs are equal. */
import { createHash } from "node:crypto";
import type { GlobalStep, GlobalType } from "../dsl/index.ts";
import type { SourceCode } from "./source.ts";

/**
 * SHA-256, hex, over the protocol's structure: its name, roles, session type, steps, events and
 * deadlines. The author's functions do not enter, nor the sentence of an abort, so that mending one
 * does not split a fleet; nor does what a nested choreography is made of, which has its own digest.
 */
export function digestOf(global: GlobalType<SourceCode>): string {
  const { name, roles, session, abort, steps, result } = global;
  const structure = {
    name,
    roles: Object.entries(roles),
    session: session.replaceAll("→", ".").split(/\s+/).join(""),
    abort: abort.text,
    steps: steps.map(structureOf),
    result,
  };
  return createHash("sha256").update(JSON.stringify(structure)).digest("hex");
}

type Structure = string | number | readonly Structure[];

function structureOf(step: GlobalStep<SourceCode>): Structure {
  switch (step.verb) {
    case "broadcast": {
      const { verb, label, by, event, within } = step;
      return [verb, label, by, event.text, within.text, ...marksOf(step)];
    }
    case "send": {
      const { verb, label, by, to, event, within } = step;
      return [verb, label, by, to, event.text, within.text, ...marksOf(step)];
    }
    case "collect": {
      const { verb, label, by, event, atLeast, within } = step;
      return [verb, label, by, event.text, atLeast, within.text, ...marksOf(step)];
    }
    case "distribute": {
      const { verb, label, by, to, event, atLeast, within } = step;
      return [verb, label, by, to, event.text, atLeast, within.text, ...marksOf(step)];
    }
    case "local":
      return [step.verb, step.label, step.at, step.combines ?? ""];
    case "wait":
      return [step.verb, step.label, step.at, step.epochs.text];
    case "check":
      return [step.verb, step.label, step.at, step.of];
    case "choice":
      return [step.verb, step.label, step.by, step.branches.map(structureOfPart)];
    case "rec":
      return [step.verb, step.label, step.atMost, step.steps.map(structureOf)];
    case "again":
      return [step.verb, step.label];
    case "parallel":
      return [step.verb, step.label, step.blocks.map(structureOfPart)];
    case "call": {
      const { verb, label, callee, roles, onAbort } = step;
      return [verb, label, callee.name, Object.entries(roles), ...(onAbort ? [onAbort] : [])];
    }
    case "acquire":
    case "release":
      return [step.verb, step.label, step.lock, step.callee.name, Object.entries(step.roles)];
    case "abort":
      return [step.verb, step.by, step.within.text];
  }
}

function structureOfPart(part: {
  readonly label: string;
  readonly steps: readonly GlobalStep<SourceCode>[];
}): Structure {
  return [part.label, part.steps.map(structureOf)];
}

/** What a step has beside its verb's own, where it has it. */
function marksOf(step: { readonly sealed?: true; readonly onTimeout?: "absent" }) {
  return [...(step.sealed ? ["sealed"] : []), ...(step.onTimeout ? [step.onTimeout] : [])];
}
