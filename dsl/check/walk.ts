/** Ways through the steps of a choreography. */
import type { Branch, GlobalStep } from "../global.ts";
import { everyone } from "../role.ts";
import type { Part } from "./problem.ts";

export type Steps<Code> = readonly GlobalStep<Code>[];

/** The branches, blocks or body inside `step`, in order. */
export function partsOf<Code>(step: GlobalStep<Code>): readonly Branch<Code>[] {
  switch (step.verb) {
    case "choice":
      return step.branches;
    case "rec":
      return [{ label: step.label, steps: step.steps }];
    case "parallel":
      return step.blocks;
    default:
      return [];
  }
}

/** All steps, each before those inside it. */
export function allSteps<Code>(steps: Steps<Code>): readonly GlobalStep<Code>[] {
  return steps.flatMap((step) => [
    step,
    ...partsOf(step).flatMap((part) => allSteps<Code>(part.steps)),
  ]);
}

/** Where each part stands in the text: the order in which problems are told. */
export function textOrder<Code>(steps: Steps<Code>): ReadonlyMap<Part<Code>, number> {
  const order = new Map<Part<Code>, number>([
    ["head", 0],
    ["session", 1],
  ]);
  const visit = (list: Steps<Code>): void => {
    for (const step of list) {
      order.set(step, order.size);
      for (const part of partsOf(step)) {
        order.set(part, order.size);
        visit(part.steps);
      }
    }
  };
  visit(steps);
  return order.set("end", order.size);
}

/** The role that a step is of: who writes, computes, sleeps, looks or decides; `everyone` too. */
export function ownerOf<Code>(step: GlobalStep<Code>): string | undefined {
  switch (step.verb) {
    case "broadcast":
    case "send":
    case "collect":
    case "distribute":
    case "choice":
    case "abort":
      return step.by;
    case "local":
    case "wait":
    case "check":
      return step.at;
    default:
      return undefined;
  }
}

/** The steps that put an event on the ledger. */
export type EventStep<Code> = Extract<
  GlobalStep<Code>,
  { verb: "broadcast" | "send" | "collect" | "distribute" }
>;

export function isEventStep<Code>(step: GlobalStep<Code>): step is EventStep<Code> {
  return ["broadcast", "send", "collect", "distribute"].includes(step.verb);
}

/** The roles that wait for the event of `step`; the members of a family wait for each other. */
export function receiversOf<Code>(
  step: EventStep<Code>,
  roles: readonly string[],
): readonly string[] {
  switch (step.verb) {
    case "broadcast":
      return roles.filter((role) => role !== step.by);
    case "send":
    case "distribute":
      return [step.to];
    case "collect":
      return roles;
  }
}

/** Whether a step may be missing: its wait or its callee's abort ends with no value. */
export function isAbsentable<Code>(step: GlobalStep<Code>): boolean {
  switch (step.verb) {
    case "broadcast":
    case "send":
    case "collect":
    case "distribute":
      return step.onTimeout === "absent";
    case "call":
      return step.onAbort === "absent";
    default:
      return false;
  }
}

/** The roles that `at` stands for. */
export function rolesAt(at: string, roles: readonly string[]): readonly string[] {
  return at === everyone ? roles : [at];
}
