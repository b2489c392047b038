/**
 * Projection by value: what one role does of a global type, G↾r (Honda, Yoshida, Carbone,
 * "Multiparty asynchronous session types", POPL 2008, §4.2). `Project` computes the same in the
 * type system; both treat their cases in the same order, and a generated script, made by this one,
 * must satisfy the other.
 */
import type { GlobalStep, GlobalType } from "./global.ts";
import type { ProjectedNode } from "./projected.ts";
import { everyone } from "./role.ts";

/** What role `role` does in `global`, in order. */
export function project<Code>(
  global: GlobalType<Code>,
  role: string,
): readonly ProjectedNode<Code>[] {
  const steps = global.steps.flatMap((step) => projectStep(step, role));
  return [...steps, { instruction: "Return", label: global.result }];
}

function projectStep<Code>(step: GlobalStep<Code>, role: string): readonly ProjectedNode<Code>[] {
  switch (step.verb) {
    case "broadcast": {
      const { label, by: from, event, within, payload, accept } = step;
      if (role === from) return [{ instruction: "WriteToLedger", label, event, payload }];
      return [{ instruction: "AwaitEvent", label, from, event, within, ...optional({ accept }) }];
    }
    case "send": {
      const { label, by: from, to, sealed, event, within, payload, accept } = step;
      const write = { instruction: "WriteToLedger", label, event, payload } as const;
      if (role === from) return [sealed === true ? { ...write, sealedTo: to } : write];
      if (role !== to) return [];
      const wait = { instruction: "AwaitEvent", label, from, event, within } as const;
      return [{ ...wait, ...(sealed === true ? { sealed } : {}), ...optional({ accept }) }];
    }
    case "collect": {
      const { label, by: from, event, atLeast, within, payload, accept } = step;
      const gather = {
        instruction: "AwaitThreshold",
        label,
        from,
        event,
        atLeast,
        within,
        ...optional({ accept }),
      } as const;
      if (role === from) return [{ instruction: "WriteToLedger", label, event, payload }, gather];
      return [gather];
    }
    case "local": {
      const { label, at, action } = step;
      return role === at || at === everyone ? [{ instruction: "Compute", label, action }] : [];
    }
    case "wait": {
      const { label, at, epochs } = step;
      return role === at || at === everyone ? [{ instruction: "WaitEpochs", label, epochs }] : [];
    }
  }
}

function optional<Code>(field: { accept: Code | undefined }): { accept?: Code } {
  return field.accept === undefined ? {} : { accept: field.accept };
}
