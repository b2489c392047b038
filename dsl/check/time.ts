/** Whether every wait ends (C10), and no wait is shorter than what it waits for (C11). */
import type { GlobalStep, GlobalType } from "../global.ts";
import { everyone } from "../role.ts";
import { spanOf } from "./code.ts";
import { Lags } from "./lags.ts";
import { problemAt } from "./problem.ts";
import type { Fault, Problem } from "./problem.ts";
import type { EventStep, Steps } from "./walk.ts";
import { isEventStep, partsOf, receiversOf } from "./walk.ts";

/** What one step says of time. */
export function timeFaults<Code>(step: GlobalStep<Code>): readonly Fault<Code>[] {
  // A program that was not type-checked can leave an option out.
  if ((isEventStep(step) || step.verb === "abort") && step.within === undefined) {
    const what = `'${step.label}' does not say how long the others wait`;
    return [{ code: "AURA1601", what, todo: "Add within: epochs(…)" }, ...reasonFaults(step)];
  }
  if (step.verb === "wait" && step.epochs === undefined) {
    const what = `'${step.label}' does not say how long it sleeps`;
    return [{ code: "AURA1601", what, todo: "Add epochs: epochs(…)" }];
  }
  return reasonFaults(step);
}

function reasonFaults<Code>(step: GlobalStep<Code>): readonly Fault<Code>[] {
  if (step.verb !== "abort") return [];
  const { reason } = step;
  if (typeof reason === "string" && reason.trim() !== "" && !reason.trim().endsWith(".")) return [];
  const what = "the abort's reason is not a sentence without its full stop";
  return [{ code: "AURA1603", what, todo: 'Write reason: "why the session is given up"' }];
}

/**
 * The waits that are too short though nobody is faulty. Only what is certain is told: spans that
 * are not written as numbers count as nothing, and messages as immediate.
 */
export function checkTimes<Code>(global: GlobalType<Code>): readonly Problem<Code>[] {
  const walk = new TimeWalk<Code>(Object.keys(global.roles));
  walk.sequence(global.steps, Lags.none(Object.keys(global.roles)));
  return [...walk.found.values()];
}

class TimeWalk<Code> {
  /** By step: a body that is walked twice says it once. */
  readonly found = new Map<GlobalStep<Code>, Problem<Code>>();
  readonly #roles: readonly string[];
  readonly #agains = new Map<string, Lags>();

  constructor(roles: readonly string[]) {
    this.#roles = roles;
  }

  /** How far the roles are apart after `steps`; `undefined` where no way comes to their end. */
  sequence(steps: Steps<Code>, lags: Lags): Lags | undefined {
    let now: Lags | undefined = lags;
    for (const step of steps) now = now === undefined ? undefined : this.#after(step, now);
    return now;
  }

  #after(step: GlobalStep<Code>, lags: Lags): Lags | undefined {
    switch (step.verb) {
      case "broadcast":
      case "send":
      case "collect":
      case "distribute":
        return this.#received(step, lags);
      case "wait": {
        const span = spanOf(step.epochs) ?? 0;
        return step.at === everyone ? lags : lags.sleep(step.at, span);
      }
      case "rec": {
        const once = this.sequence(step.steps, lags);
        const again = this.#agains.get(step.label);
        this.#agains.delete(step.label);
        if (again === undefined || step.atMost === 1) return once;
        const twice = this.sequence(step.steps, lags.or(again));
        this.#agains.delete(step.label);
        return once === undefined ? twice : once.or(twice);
      }
      case "again":
        this.#agains.set(step.label, lags.or(this.#agains.get(step.label)));
        return undefined;
      case "abort":
        for (const role of this.#roles) this.#judge(step, step.by, role, lags);
        return undefined;
      case "choice":
      case "parallel": {
        const ends = partsOf(step).flatMap((part) => this.sequence(part.steps, lags) ?? []);
        return ends.reduce<Lags | undefined>((all, end) => end.or(all), undefined);
      }
      default:
        return lags;
    }
  }

  #received(step: EventStep<Code>, lags: Lags): Lags {
    const receivers = receiversOf(step, this.#roles);
    if (step.onTimeout === "absent") {
      return lags.mayTimeOut(receivers, step.by, spanOf(step.within) ?? 0);
    }
    for (const role of receivers) this.#judge(step, step.by, role, lags);
    return receivers.reduce((now, role) => now.receive(role, step.by), lags);
  }

  #judge(
    step: EventStep<Code> | Extract<GlobalStep<Code>, { verb: "abort" }>,
    by: string,
    role: string,
    lags: Lags,
  ): void {
    const within = spanOf(step.within);
    const late = lags.behind(by, role);
    if (within === undefined || late <= within || this.found.has(step)) return;
    const whose = by === role ? `another '${by}'` : `'${by}'`;
    const what = `'${role}' waits ${within} epochs for '${step.label}', and ${whose} can be ${late} epochs behind it`;
    const todo = `Make within ${late} epochs or more, or the waits of '${by}' before it shorter`;
    this.found.set(step, problemAt(step, { code: "AURA1602", what, todo, role }));
  }
}
