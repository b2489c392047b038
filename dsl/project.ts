/**
 * Projection: what one role does of a global type, G↾r (Honda, Yoshida, Carbone, "Multiparty
 * asynchronous session types", POPL 2008, §4.2). `Project` computes it in the type system and
 * `project` by value; both treat their cases in the same order, and a generated script, made by
 * the second, must satisfy the first.
 */
import type { ChoreographyType, HeadType } from "./choreography.ts";
import type { ActionContext } from "./context.ts";
import type { AnyEvent, PayloadOf } from "./event.ts";
import type { BroadcastStep, CollectStep, GlobalStep, GlobalType, LocalStep } from "./global.ts";
import type {
  Accept,
  AwaitNode,
  ComputeNode,
  Done,
  LocalType,
  ReturnNode,
  Then,
  ThresholdNode,
  WriteNode,
} from "./local.ts";
import type { Snoc } from "./notation.ts";
import { everyone } from "./role.ts";
import type { Everyone, RoleName, Roles } from "./role.ts";

/** What role `Role` does in choreography `G`. */
export type Project<G, Role extends RolesOf<G>> =
  G extends ChoreographyType<infer Head, infer Steps, infer Result>
    ? LocalType<Head["name"], Role, Fold<Steps, Head, Role, Then<ReturnNode<Result>, Done>>>
    : never;

type RolesOf<G> = G extends ChoreographyType<infer Head, unknown, string>
  ? RoleName<Head["roles"]>
  : never;

type Fold<Steps, Head extends HeadType, Role extends string, Next> =
  Steps extends Snoc<infer Init, infer Step>
    ? Fold<Init, Head, Role, ProjectStep<Step, Head, Role, Next>>
    : Next;

type ProjectStep<Step, Head extends HeadType, Role extends string, Next> =
  Step extends BroadcastStep<infer L, infer By, infer E extends AnyEvent, infer Facts>
    ? Role extends By
      ? Then<WriteNode<L, E, ContextAt<Head, Facts, Role>>, Next>
      : Then<AwaitNode<By, L, E, AcceptAt<Head, Facts, E>>, Next>
    : Step extends CollectStep<
          infer L,
          infer By,
          infer E extends AnyEvent,
          infer Count extends number | string,
          infer Facts
        >
      ? Role extends By
        ? Then<
            WriteNode<L, E, ContextAt<Head, Facts, Role>>,
            Then<ThresholdNode<By, L, E, Count, AcceptAt<Head, Facts, E>>, Next>
          >
        : Then<ThresholdNode<By, L, E, Count, AcceptAt<Head, Facts, E>>, Next>
      : Step extends LocalStep<infer L, infer At, unknown, infer Result, infer Facts>
        ? Role extends At
          ? Then<ComputeNode<L, Result, ContextAt<Head, Facts, Role>>, Next>
          : At extends Everyone
            ? Then<ComputeNode<L, Result, SharedContext<Head, Facts>>, Next>
            : Next
        : never;

/** A check of event `E` where `Facts` are known to all. */
type AcceptAt<Head extends HeadType, Facts, E extends AnyEvent> = Accept<
  PayloadOf<E>,
  SharedContext<Head, Facts>
>;

/** What an action of role `Role` is given where `Facts` are known. */
export type ContextAt<Head extends HeadType, Facts, Role extends string> = ActionContext<
  Head["params"],
  Head["device"],
  Head["roles"]
> &
  Facts[Role & keyof Facts];

/** What an action that any role may run is given: the facts that all of them know. */
export type SharedContext<Head extends HeadType, Facts> = ContextAt<
  Head,
  Facts,
  RoleName<Head["roles"] & Roles>
>;

/** One instruction of a role, by value; the fields of `Code` are the author's own. */
export type ProjectedNode<Code> =
  | { readonly instruction: "WriteToLedger"; readonly label: string; readonly event: Code; readonly payload: Code }
  | {
      readonly instruction: "AwaitEvent";
      readonly label: string;
      readonly from: string;
      readonly event: Code;
      readonly within: Code;
      readonly accept?: Code;
    }
  | {
      readonly instruction: "AwaitThreshold";
      readonly label: string;
      readonly from: string;
      readonly event: Code;
      readonly atLeast: number | string;
      readonly within: Code;
      readonly accept?: Code;
    }
  | { readonly instruction: "Compute"; readonly label: string; readonly action: Code }
  | { readonly instruction: "Return"; readonly label: string };

/** What role `role` does in `global`, in order. */
export function project<Code>(global: GlobalType<Code>, role: string): readonly ProjectedNode<Code>[] {
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
  }
}

function optional<Code>(field: { accept: Code | undefined }): { accept?: Code } {
  return field.accept === undefined ? {} : { accept: field.accept };
}
