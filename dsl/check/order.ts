/** Whether the steps are those that the session expects, in its order. */
import type { Branch, Choice, GlobalStep, Parallel } from "../global.ts";
import type { SessionBranch, SessionItem, SessionStep, SessionTree } from "../session/tree.ts";
import { longFormFaults } from "./long-form.ts";
import { nearest } from "./nearest.ts";
import { problemAt } from "./problem.ts";
import type { Fault, Part, Problem } from "./problem.ts";
import type { Steps } from "./walk.ts";
import { isAbsentable, isEventStep } from "./walk.ts";

/** What is out of order, and the steps that are in order, which alone other rules judge. */
export interface Order<Code> {
  readonly problems: readonly Problem<Code>[];
  readonly judged: ReadonlySet<GlobalStep<Code>>;
  /** Whether the chain itself is in order up to its end. */
  readonly complete: boolean;
}

export function checkOrder<Code>(steps: Steps<Code>, session: SessionTree): Order<Code> {
  const walk = new OrderWalk<Code>();
  const complete = walk.sequence(steps, session, "end");
  return { problems: walk.problems, judged: walk.judged, complete };
}

class OrderWalk<Code> {
  readonly problems: Problem<Code>[] = [];
  readonly judged = new Set<GlobalStep<Code>>();
  #bound: readonly string[] = [];

  /** One mistake gives one problem: what follows a step out of order is not judged by it. */
  sequence(steps: Steps<Code>, items: SessionTree, end: Part<Code>): boolean {
    for (const [index, step] of steps.entries()) {
      const fault = this.#placeFault(step, items[index], steps[index - 1]);
      if (fault !== undefined) {
        this.problems.push(problemAt(step, fault));
        return false;
      }
      const item = items[index];
      if (item !== undefined) this.#inside(step, item);
    }
    const missing = items[steps.length];
    if (missing === undefined) return true;
    const before = end === "end" ? "returns" : "the end of its block";
    this.problems.push(
      problemAt(end, {
        code: "AURA1002",
        what: `the session still expects the step '${missing.label}'`,
        todo: `Add the step before ${before}`,
      }),
    );
    return false;
  }

  #placeFault(
    step: GlobalStep<Code>,
    item: SessionItem | undefined,
    before: GlobalStep<Code> | undefined,
  ): Fault<Code> | undefined {
    if (step.verb === "again" && !this.#bound.includes(step.label)) return unbound(step.label);
    if (item === undefined) return excess(step, before);
    if (step.label !== item.label) {
      return {
        code: "AURA1001",
        what: `the session expects the step '${item.label}' here, not '${step.label}'`,
        todo: "Put the steps in the session's order",
      };
    }
    return item.kind === "step" ? verbFault(step, item) : kindFault(step, item);
  }

  /** The step is at its place; now its marks, and what is inside it. */
  #inside(step: GlobalStep<Code>, item: SessionItem): void {
    this.judged.add(step);
    if (item.kind === "step") {
      const faults = [...markFault(step, item), ...longFormFaults(step, item)];
      this.problems.push(...faults.map((fault) => problemAt(step, fault)));
    } else if (step.verb === "abort" && item.kind === "abort") {
      const faults = longFormFaults(step, item);
      this.problems.push(...faults.map((fault) => problemAt(step, fault)));
    } else if (step.verb === "choice" && item.kind === "choice") {
      this.#parts(step, step.branches, item.branches);
    } else if (step.verb === "rec" && item.kind === "rec") {
      const outer = this.#bound;
      this.#bound = [...outer, step.label];
      this.sequence(step.steps, item.items, step);
      this.#bound = outer;
    } else if (step.verb === "parallel" && item.kind === "parallel") {
      this.#parts(step, step.blocks, item.blocks);
    }
  }

  #parts(
    step: Choice<Code> | Parallel<Code>,
    parts: readonly Branch<Code>[],
    expected: readonly SessionBranch[],
  ): void {
    const word = step.verb === "choice" ? "branch" : "block";
    const names = expected.map(({ label }) => label);
    for (const part of parts) {
      const wanted = expected.find(({ label }) => label === part.label);
      if (wanted !== undefined) this.sequence(part.steps, wanted.items, part);
      else {
        const unused = names.filter((name) => !parts.some(({ label }) => label === name));
        this.problems.push(problemAt(part, strayPart(part.label, step, word, unused)));
      }
    }
    const stray = parts.filter(({ label }) => !names.includes(label)).length;
    const missing = names.filter((name) => !parts.some(({ label }) => label === name));
    // A misspelt branch is one mistake, not one too many and one too few.
    for (const name of missing.slice(stray)) {
      this.problems.push(
        problemAt(step, {
          code: "AURA1301",
          what: `there is no ${word} '${name}'`,
          todo: `Add it to the ${step.verb}, or take it out of the session`,
        }),
      );
    }
  }
}

function strayPart<Code>(
  label: string,
  step: Choice<Code> | Parallel<Code>,
  word: string,
  unused: readonly string[],
): Fault<Code> {
  const meant = nearest(label, unused) ?? unused[0];
  return {
    code: "AURA1302",
    what: `the session has no ${word} '${label}' here`,
    todo:
      meant === undefined
        ? `Take the ${word} out, or add it to the session`
        : `Name it by its first label in the session: '${meant}'`,
  };
}

function unbound<Code>(label: string): Fault<Code> {
  return {
    code: "AURA1401",
    what: `'${label}' goes again, and no recursion of that name is around it`,
    todo: `Put it inside .rec("${label}", …), or name the recursion that is around it`,
  };
}

function excess<Code>(step: GlobalStep<Code>, before: GlobalStep<Code> | undefined): Fault<Code> {
  if (before?.verb === "again" || before?.verb === "abort") {
    const ends = before.verb === "again" ? `goes again to '${before.label}'` : "aborts";
    return {
      code: "AURA1403",
      what: `the step '${step.label}' comes after its block ${ends}`,
      todo: "Remove the step, or put it before",
      also: [before],
    };
  }
  return {
    code: "AURA1003",
    what: `the step '${step.label}' comes after the session's end`,
    todo: "Remove the step, or name it in the session",
  };
}

const composites: ReadonlySet<string> = new Set(["choice", "rec", "again", "parallel", "abort"]);

function verbFault<Code>(step: GlobalStep<Code>, item: SessionStep): Fault<Code> | undefined {
  if (composites.has(step.verb)) {
    return {
      code: "AURA1010",
      what: `'${item.label}' is one step of the session, and ${step.verb} is not`,
      todo: "Write it with the verb of a step, or change the session",
    };
  }
  const ofFamily = step.verb === "collect" || step.verb === "distribute";
  if (item.star && !ofFamily) {
    return {
      code: "AURA1004",
      what: `'${step.label}*' is a step of every member of a family`,
      todo: "Write it with collect or distribute",
    };
  }
  if (item.star || !ofFamily) return undefined;
  return {
    code: "AURA1005",
    what: `'${step.label}' is a step of one role`,
    todo: `Write it with broadcast, send, local or wait, or '${step.label}*' in the session`,
  };
}

function kindFault<Code>(
  step: GlobalStep<Code>,
  item: Exclude<SessionItem, SessionStep>,
): Fault<Code> | undefined {
  if (step.verb === item.kind) return undefined;
  const them = item.kind === "parallel" ? "them" : "it";
  return { code: "AURA1010", what: described(item), todo: `Write ${them} with ${item.kind}` };
}

function described(item: Exclude<SessionItem, SessionStep>): string {
  switch (item.kind) {
    case "choice":
      return `'${item.label}' is a choice`;
    case "rec":
      return `'rec ${item.label}' is a recursion`;
    case "again":
      return `'${item.label}' goes back to 'rec ${item.label}'`;
    case "parallel":
      return `'${item.label}' are blocks side by side`;
    case "abort":
      return "the session is given up here";
  }
}

function markFault<Code>(step: GlobalStep<Code>, item: SessionStep): readonly Fault<Code>[] {
  const absent = isAbsentable(step);
  if (absent === item.optional) return [];
  const marked = `${item.label}${item.star ? "*" : ""}`;
  if (absent) {
    return [
      {
        code: "AURA1006",
        what: `'${item.label}' cannot be missing`,
        todo: `Write '${marked}?' in the session`,
      },
    ];
  }
  const option = step.verb === "call" ? "onAbort" : "onTimeout";
  const can = step.verb === "call" || isEventStep(step);
  return [
    {
      code: "AURA1007",
      what: `'${marked}?' may be missing${can ? "" : `, and ${step.verb} always gives a value`}`,
      todo: can
        ? `Say so with ${option}: "absent", or write '${marked}' in the session`
        : `Write '${marked}' in the session`,
    },
  ];
}
