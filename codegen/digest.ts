/** The digest of a choreography: devices run a session together only if theirs are equal. */
import { createHash } from "node:crypto";
import type { GlobalStep, GlobalType } from "../dsl/index.ts";
import type { SourceCode } from "./source.ts";

/**
 * SHA-256, hex, over the protocol's structure: its name, roles, session type, steps, events and
 * deadlines. The author's functions do not enter, so that mending one does not split a fleet.
 */
export function digestOf(global: GlobalType<SourceCode>): string {
  const { name, roles, session, abort, steps, result } = global;
  const structure = {
    name,
    roles: Object.entries(roles),
    session: session.split(/\s+/).join(""),
    abort: abort.text,
    steps: steps.map(structureOf),
    result,
  };
  return createHash("sha256").update(JSON.stringify(structure)).digest("hex");
}

function structureOf(step: GlobalStep<SourceCode>): readonly (string | number)[] {
  switch (step.verb) {
    case "broadcast":
      return [step.verb, step.label, step.by, step.event.text, step.within.text];
    case "send":
      return [
        ...[step.verb, step.label, step.by, step.to, step.event.text, step.within.text],
        ...(step.sealed === true ? ["sealed"] : []),
      ];
    case "collect":
      return [step.verb, step.label, step.by, step.event.text, step.atLeast, step.within.text];
    case "local":
      return [step.verb, step.label, step.at, step.combines ?? ""];
    case "wait":
      return [step.verb, step.label, step.at, step.epochs.text];
  }
}
