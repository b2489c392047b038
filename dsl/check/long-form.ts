/** Whether a step is what the long form in the session says of it. */
import type { DiagnosticCode } from "../diagnostics.ts";
import type { Collect, Distribute, GlobalStep } from "../global.ts";
import type { SessionAbort, SessionStep } from "../session/tree.ts";
import { eventName } from "./code.ts";
import type { Fault } from "./problem.ts";
import { isEventStep, ownerOf } from "./walk.ts";

export function longFormFaults<Code>(
  step: GlobalStep<Code>,
  item: SessionStep | SessionAbort,
): readonly Fault<Code>[] {
  const { label } = item;
  const roles = difference<Code>("AURA1008", "role", item.role, ownerOf(step), label);
  if (item.kind === "abort") return roles;
  const event = isEventStep(step) ? eventName(step.event) : undefined;
  return [
    ...roles,
    ...difference<Code>("AURA1008", "receiver", item.to, receiverOf(step), label),
    ...castFaults(step, item),
    ...difference<Code>("AURA1009", "event", item.event, event, label),
    ...quorumFaults(step, item),
  ];
}

/** The one role, or the family, that an event is for; what is for everyone has none. */
function receiverOf<Code>(step: GlobalStep<Code>): string | undefined {
  return step.verb === "send" || step.verb === "distribute" ? step.to : undefined;
}

function castFaults<Code>(step: GlobalStep<Code>, item: SessionStep): readonly Fault<Code>[] {
  const isCall = step.verb === "call" || step.verb === "acquire" || step.verb === "release";
  const roles = new Map(isCall ? Object.entries(step.roles) : []);
  return Object.entries(item.cast ?? {}).flatMap(([played, by]) =>
    difference<Code>("AURA1008", `player of '${played}'`, by, roles.get(played), item.label),
  );
}

function quorumFaults<Code>(
  step: GlobalStep<Code>,
  { quorum, label }: SessionStep,
): readonly Fault<Code>[] {
  // A step of another verb has its own message.
  if (step.verb !== "collect" && step.verb !== "distribute") return [];
  if (quorum === undefined && step.atLeast === 1) return [fastest(step)];
  const wanted = quorum === "any" ? 1 : quorum;
  if (wanted === undefined || wanted === step.atLeast) return [];
  const says = quorum === "any" ? "any one" : "all";
  const written = JSON.stringify(step.atLeast);
  return [
    {
      code: "AURA1019",
      what: `the session waits for ${says} in '${label}', and the step has atLeast: ${written}`,
      todo: `Write atLeast: ${JSON.stringify(wanted)}, or leave '${quorum}' out of the session`,
    },
  ];
}

/** One of a family is whoever is fastest: a protocol that means that says so. */
function fastest<Code>({ label, by }: Collect<Code> | Distribute<Code>): Fault<Code> {
  return {
    code: "AURA1703",
    what: `atLeast is 1, so '${label}' goes on with whoever of '${by}' is first`,
    todo: `Write '${label}{any p ∈ ${by}}' in the session if any one will do, or wait for "all", for 2 or more, or for as many as a parameter says`,
  };
}

function difference<Code>(
  code: DiagnosticCode,
  word: string,
  said: string | undefined,
  is: string | undefined,
  label: string,
): readonly Fault<Code>[] {
  if (said === undefined || said === is) return [];
  const what =
    is === undefined
      ? `the session names the ${word} '${said}' for '${label}', and the step has none`
      : `the session names the ${word} '${said}' for '${label}', and the step's is '${is}'`;
  return [{ code, what, todo: `Name the same ${word} in both, or leave it out of the session` }];
}
