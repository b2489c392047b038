/**
 * What each role knows where: whether a step's value is known to everyone, is the same on all
 * devices, and is there at all. What a branch makes known may be missing after the choice.
 */
import type { Check, GlobalStep, GlobalType, Local } from "../global.ts";
import { problemAt } from "./problem.ts";
import type { Fault, Problem } from "./problem.ts";
import { goesOn } from "./recursion.ts";
import type { EventStep, Steps } from "./walk.ts";
import { allSteps, isAbsentable, isEventStep, partsOf, receiversOf, rolesAt } from "./walk.ts";

/** One value that is known. */
interface Fact {
  readonly audience: readonly string[];
  /** Devices may hold different values. */
  readonly view: boolean;
  /** Learned in a branch: there is none where another is taken. */
  readonly inBranch: boolean;
  readonly collected: boolean;
}

type Facts = ReadonlyMap<string, Fact>;

/** The rules of knowledge that the steps in `judged` break; with `complete`, the result's too. */
export function checkKnowledge<Code>(
  global: GlobalType<Code>,
  judged: ReadonlySet<GlobalStep<Code>>,
  complete: boolean,
): readonly Problem<Code>[] {
  const walk = new KnowledgeWalk(global, judged);
  const known = walk.sequence(global.steps, new Map(), new Set());
  if (!complete || global.result === undefined) return walk.problems;
  const end = resultFaults<Code>(global.result, known, Object.keys(global.roles));
  return [...walk.problems, ...end.map((fault) => problemAt<Code>("end", fault))];
}

class KnowledgeWalk<Code> {
  readonly problems: Problem<Code>[] = [];
  readonly #kinds: GlobalType<Code>["roles"];
  readonly #roles: readonly string[];
  readonly #judged: ReadonlySet<GlobalStep<Code>>;
  readonly #events: ReadonlyMap<string, EventStep<Code>>;

  constructor(global: GlobalType<Code>, judged: ReadonlySet<GlobalStep<Code>>) {
    this.#kinds = global.roles;
    this.#roles = Object.keys(global.roles);
    this.#judged = judged;
    const events = allSteps(global.steps).filter(isEventStep);
    this.#events = new Map(events.map((step) => [step.label, step]));
  }

  /**
   * @param known what the steps before made known
   * @param written labels of the events that can be on the ledger before the first of `steps`
   */
  sequence(steps: Steps<Code>, known: Facts, written: Set<string>): Facts {
    let facts = known;
    for (const step of steps) {
      if (!this.#judged.has(step)) return facts;
      const faults = this.#faults(step, facts, written);
      this.problems.push(...faults.map((fault) => problemAt(step, fault)));
      facts = this.#after(step, facts, written);
      if (isEventStep(step)) written.add(step.label);
    }
    return facts;
  }

  #faults(step: GlobalStep<Code>, facts: Facts, written: ReadonlySet<string>) {
    if (step.verb === "local") return combinesFaults<Code>(step, facts);
    return step.verb === "check" ? this.#checkFaults(step, written) : [];
  }

  #checkFaults(step: Check, written: ReadonlySet<string>): readonly Fault<Code>[] {
    const source = this.#events.get(step.of);
    if (source === undefined) {
      const what = `'${step.of}' is not a step with an event`;
      const todo = "Name a broadcast, send, collect or distribute that comes before";
      return [{ code: "AURA1204", what, todo }];
    }
    const also = [source];
    if (!written.has(step.of)) {
      const what = `the event of '${step.of}' can never be on the ledger here`;
      return [{ code: "AURA1702", what, todo: "Look for a step that can come before", also }];
    }
    const told = source.by === step.at || receiversOf(source, this.#roles).includes(step.at);
    if (told) return [];
    const what = `'${step.at}' looks for '${step.of}', which is not for it`;
    const todo = `Look at a receiver of '${step.of}', or broadcast it`;
    return [{ code: "AURA1205", what, todo, role: step.at, also }];
  }

  #after(step: GlobalStep<Code>, facts: Facts, written: Set<string>): Facts {
    switch (step.verb) {
      case "broadcast":
      case "send":
      case "collect":
      case "distribute":
      case "local":
      case "check":
      case "call":
      case "acquire":
      case "release":
        return learned(step.label, this.#factOf(step, facts), facts);
      case "wait":
      case "again":
      case "abort":
        return facts;
      case "choice":
        return this.#afterChoice(step, facts, written);
      case "rec":
        // What a later step of the body wrote is there in the next turn.
        addEvents(step.steps, written);
        return this.sequence(step.steps, facts, written);
      case "parallel": {
        // The blocks run side by side, so each may find what the others write.
        for (const block of step.blocks) addEvents(block.steps, written);
        const each = step.blocks.map((block) => this.sequence(block.steps, facts, written));
        return new Map(each.flatMap((block) => [...block]));
      }
    }
  }

  #afterChoice(step: GlobalStep<Code>, facts: Facts, written: Set<string>): Facts {
    const before = new Set(written);
    const after = new Map(facts);
    const goingOn = partsOf(step).filter(({ steps }) => steps.every(goesOn));
    for (const branch of partsOf(step)) {
      const own = new Set(before);
      // What follows the choice follows that branch, where it is the only one that goes on.
      const isTaken = goingOn.length === 1 && goingOn[0] === branch;
      for (const [label, fact] of this.sequence(branch.steps, facts, own)) {
        if (isTaken) after.set(label, fact);
        else if (!after.has(label)) after.set(label, { ...fact, inBranch: true });
      }
      for (const label of own) written.add(label);
    }
    return after;
  }

  #factOf(
    step: Exclude<
      GlobalStep<Code>,
      { verb: "wait" | "choice" | "rec" | "again" | "parallel" | "abort" }
    >,
    facts: Facts,
  ): Fact {
    const absent = isAbsentable(step);
    const plain = { view: absent, inBranch: false, collected: false };
    switch (step.verb) {
      case "broadcast":
        return { ...plain, audience: this.#roles };
      case "send":
        return { ...plain, audience: [step.by, step.to], view: absent || this.#isFamily(step.to) };
      case "collect": {
        const view = absent || step.atLeast !== "all";
        return { ...plain, audience: this.#roles, view, collected: true };
      }
      case "distribute":
        return { ...plain, audience: [step.by, step.to], view: true };
      case "local":
        return {
          ...plain,
          audience: rolesAt(step.at, this.#roles),
          view: this.#isTainted(step, facts),
        };
      case "check":
        return { ...plain, audience: [step.at], view: true };
      case "call":
      case "acquire":
      case "release":
        return {
          ...plain,
          audience: step.callee.result === undefined ? [] : Object.values(step.roles),
        };
    }
  }

  #isFamily(role: string): boolean {
    return this.#kinds[role] === "many";
  }

  /** What is computed where a View is known may be another value on another device. */
  #isTainted(step: Local<Code>, facts: Facts): boolean {
    if (step.combines !== undefined) return false;
    return this.#isFamily(step.at) || [...facts.values()].some((fact) => fact.view);
  }
}

function learned(label: string, fact: Fact, facts: Facts): Facts {
  return new Map(facts).set(label, fact);
}

function addEvents<Code>(steps: Steps<Code>, written: Set<string>): void {
  for (const step of allSteps(steps)) if (isEventStep(step)) written.add(step.label);
}

function combinesFaults<Code>({ combines }: Local<Code>, facts: Facts): readonly Fault<Code>[] {
  if (combines === undefined) return [];
  const fact = facts.get(combines);
  if (fact?.collected === true && !fact.inBranch) return [];
  const what = `'${combines}' is not a collect that comes before this step`;
  return [
    { code: "AURA1203", what, todo: "Name a collect whose every quorum gives the same value" },
  ];
}

function resultFaults<Code>(
  result: string,
  known: Facts,
  roles: readonly string[],
): readonly Fault<Code>[] {
  const fact = known.get(result);
  if (fact === undefined || !roles.every((role) => fact.audience.includes(role))) {
    const what = `the result '${result}' is not known to everyone`;
    const todo = "Return the label of a broadcast, or of a local step at everyone";
    return [{ code: "AURA1201", what, todo }];
  }
  if (fact.view) {
    const what = `the result '${result}' is a View: devices may hold different ones`;
    return [{ code: "AURA1202", what, todo: "Combine it in a local step, or broadcast one" }];
  }
  if (!fact.inBranch) return [];
  const what = `the result '${result}' is learned in a branch, and missing where another is taken`;
  const todo = "Return what every branch makes known, by a step before or after the choice";
  return [{ code: "AURA1206", what, todo }];
}
