/** What one role does at a step that holds no other steps. */
import { ProtocolError } from "../errors.ts";
import type {
  Acquire,
  Again,
  Call,
  Check,
  Choice,
  GlobalStep,
  GlobalType,
  Parallel,
  Rec,
  Release,
} from "../global.ts";
import type { ProjectedBody, ProjectedCall } from "./projected.ts";
import { everyone } from "../role.ts";

/** A step that holds no others and that the next step follows. */
export type PlainStep<Code> = Exclude<
  GlobalStep<Code>,
  Choice<Code> | Rec<Code> | Again | Parallel<Code> | { readonly verb: "abort" }
>;

/** What `role` does at `step`; nothing where it takes no part. */
export function projectStep<Code>(
  step: PlainStep<Code>,
  role: string,
  global: GlobalType<Code>,
): ProjectedBody<Code> {
  switch (step.verb) {
    case "broadcast": {
      const { label, by: from, event, within, payload } = step;
      if (role === from) return [{ instruction: "WriteToLedger", label, event, payload }];
      return [{ instruction: "AwaitEvent", label, from, event, within, ...optional(step) }];
    }
    case "send": {
      const { label, by: from, to, sealed, event, within, payload } = step;
      const each = global.roles[to] === "many";
      if (role === from) {
        const write = { instruction: "WriteToLedger", label, event, payload } as const;
        return [{ ...write, ...(sealed && { sealedTo: to }), ...(each && { toEach: to }) }];
      }
      if (role !== to) return [];
      const wait = { instruction: "AwaitEvent", label, from, event, within } as const;
      const addressed = each && ({ addressed: true } as const);
      return [{ ...wait, ...(sealed && { sealed }), ...addressed, ...optional(step) }];
    }
    case "collect": {
      const { label, by: from, event, atLeast, within, payload } = step;
      const wait = { instruction: "AwaitThreshold", label, from, event, atLeast, within } as const;
      const gather = { ...wait, ...optional(step) };
      if (role === from) return [{ instruction: "WriteToLedger", label, event, payload }, gather];
      return [gather];
    }
    case "distribute": {
      const { label, by: from, to, event, atLeast, within, payload, sealed } = step;
      const write = { instruction: "WriteToLedger", label, event, payload } as const;
      const wait = { instruction: "AwaitThreshold", label, from, event, atLeast, within } as const;
      const given = { ...write, ...(sealed && { sealedTo: to }), toEach: to };
      const taken = {
        ...wait,
        ...(sealed && { sealed }),
        addressed: true,
        ...optional(step),
      } as const;
      return [...(role === from ? [given] : []), ...(role === to ? [taken] : [])];
    }
    case "local": {
      const { label, at, action } = step;
      return role === at || at === everyone ? [{ instruction: "Compute", label, action }] : [];
    }
    case "wait": {
      const { label, at, epochs } = step;
      return role === at || at === everyone ? [{ instruction: "WaitEpochs", label, epochs }] : [];
    }
    case "check":
      return role === step.at || step.at === everyone ? [look(step, global)] : [];
    case "call":
      return run(step, role, step.onAbort);
    case "acquire":
    case "release":
      return run(step, role, undefined);
  }
}

function optional<Code>(step: { readonly onTimeout?: "absent"; readonly accept?: Code }): {
  readonly onTimeout?: "absent";
  readonly accept?: Code;
} {
  const { onTimeout, accept } = step;
  return {
    ...(onTimeout === undefined ? {} : { onTimeout }),
    ...(accept === undefined ? {} : { accept }),
  };
}

function look<Code>({ label, of }: Check, global: GlobalType<Code>) {
  const seen = findStep(global.steps, of);
  switch (seen?.verb) {
    case "broadcast":
    case "send":
      return { instruction: "CheckForEvent", label, of, from: seen.by, event: seen.event } as const;
    case "collect":
    case "distribute": {
      const { by: from, event } = seen;
      return { instruction: "CheckForEvent", label, of, from, event, collected: true } as const;
    }
    default:
      throw new ProtocolError({
        code: "NotProjectable",
        what: `the check '${label}' looks for '${of}', which puts no event on the ledger`,
        todo: "Name an earlier broadcast, send, collect or distribute",
        where: { protocol: global.name, step: label },
      });
  }
}

/** The first step of the label `label`, at any depth. */
function findStep<Code>(
  steps: readonly GlobalStep<Code>[],
  label: string,
): GlobalStep<Code> | undefined {
  for (const step of steps) {
    const found = step.label === label ? step : findStep(insideOf(step), label);
    if (found !== undefined && found.verb !== "rec" && found.verb !== "again") return found;
  }
  return undefined;
}

function insideOf<Code>(step: GlobalStep<Code>): readonly GlobalStep<Code>[] {
  switch (step.verb) {
    case "choice":
      return step.branches.flatMap((branch) => branch.steps);
    case "rec":
      return step.steps;
    case "parallel":
      return step.blocks.flatMap((block) => block.steps);
    default:
      return [];
  }
}

function run<Code>(
  { label, choreography, callee, roles, params }: Call<Code> | Acquire<Code> | Release<Code>,
  role: string,
  onAbort: "absent" | undefined,
): readonly ProjectedCall<Code>[] {
  const as = Object.keys(roles).find((name) => roles[name] === role);
  if (as === undefined) return [];
  const call = {
    instruction: "RunSubProtocol",
    label,
    choreography,
    as,
    cast: roles,
    params,
  } as const;
  const families = Object.keys(callee.roles).filter((name) => callee.roles[name] === "many");
  return [
    {
      ...call,
      ...(families.length === 0 ? {} : { families }),
      ...(onAbort === undefined ? {} : { onAbort }),
    },
  ];
}
