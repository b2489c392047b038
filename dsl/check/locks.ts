/**
 * Whether every lock is taken once and given back once on every path (C15), and whether locks are
 * always taken in one order, so that nobody waits for a lock of somebody who waits for his.
 */
import type { Acquire, Choice, GlobalStep, Parallel, Rec, Release } from "../global.ts";
import { problemAt } from "./problem.ts";
import type { Fault, Part, Problem } from "./problem.ts";
import type { Steps } from "./walk.ts";
import { allSteps } from "./walk.ts";

/** The locks that are held, in the order in which they were taken; `undefined` after the end. */
type Held<Code> = ReadonlyMap<string, Acquire<Code>> | undefined;

export function checkLocks<Code>(steps: Steps<Code>): readonly Problem<Code>[] {
  const walk = new LockWalk<Code>();
  const held = walk.sequence(steps, new Map());
  for (const [lock, taken] of held ?? []) {
    walk.refuse(taken, {
      code: "AURA1508",
      what: `the lock '${lock}' is still held at the end`,
      todo: "Release it on every path",
    });
  }
  return walk.problems;
}

class LockWalk<Code> {
  readonly problems: Problem<Code>[] = [];
  /** Lock → the locks that are taken while it is held, each with the step that does. */
  readonly #above = new Map<string, Map<string, Acquire<Code>>>();
  /** What was held at the start of each recursion that is around. */
  readonly #starts = new Map<string, Held<Code>>();

  refuse(at: Part<Code>, fault: Fault<Code>): void {
    this.problems.push(problemAt(at, fault));
  }

  sequence(steps: Steps<Code>, held: Held<Code>): Held<Code> {
    let now = held;
    for (const step of steps) now = now === undefined ? undefined : this.#after(step, now);
    return now;
  }

  #after(step: GlobalStep<Code>, held: NonNullable<Held<Code>>): Held<Code> {
    switch (step.verb) {
      case "choice":
        return this.#choice(step, held);
      case "rec":
        return this.#rec(step, held);
      case "again":
        return this.#leave(step, held, this.#starts.get(step.label), "goes again");
      case "parallel":
        return this.#parallel(step, held);
      case "acquire":
        return this.#acquire(step, held);
      case "release":
        return this.#release(step, held);
      case "abort":
        return this.#leave(step, held, new Map(), "aborts");
      default:
        return held;
    }
  }

  /** Every way through a choice that comes to its end must hold the same locks there. */
  #choice(step: Choice<Code>, held: NonNullable<Held<Code>>): Held<Code> {
    const ends = step.branches
      .map((branch) => ({ branch, held: this.sequence(branch.steps, held) }))
      .flatMap((end) => (end.held === undefined ? [] : [{ branch: end.branch, held: end.held }]));
    const [first, ...others] = ends;
    if (first === undefined) return undefined;
    for (const other of others) {
      for (const lock of differing(first.held, other.held)) {
        const [holds, not] = first.held.has(lock) ? [first, other] : [other, first];
        this.refuse(step, {
          code: "AURA1509",
          what: `the lock '${lock}' is held after '${holds.branch.label}' and not after '${not.branch.label}'`,
          todo: "Release it in every branch, or in none and after the choice",
          also: [holds.branch, not.branch],
        });
      }
    }
    // One mistake gives one problem: go on with what all ways hold.
    const common = [...first.held].filter(([lock]) => others.every((end) => end.held.has(lock)));
    return new Map(common);
  }

  #rec(step: Rec<Code>, held: NonNullable<Held<Code>>): Held<Code> {
    this.#starts.set(step.label, held);
    const after = this.sequence(step.steps, held);
    this.#starts.delete(step.label);
    return after;
  }

  #leave(
    step: GlobalStep<Code>,
    held: NonNullable<Held<Code>>,
    wanted: Held<Code>,
    does: string,
  ): undefined {
    for (const lock of differing(held, wanted ?? held)) {
      const taken = held.get(lock);
      this.refuse(step, {
        code: "AURA1510",
        what:
          taken === undefined
            ? `the session ${does} without the lock '${lock}' that it began the turn with`
            : `the session ${does} while the lock '${lock}' is held`,
        todo: taken === undefined ? "Acquire it again before" : "Release it before",
        also: taken === undefined ? [] : [taken],
      });
    }
    return undefined;
  }

  #parallel(step: Parallel<Code>, held: NonNullable<Held<Code>>): Held<Code> {
    const users = new Map<string, GlobalStep<Code>>();
    for (const block of step.blocks) {
      const uses = allSteps(block.steps).filter(isLockStep);
      for (const use of uses) {
        const other = users.get(use.lock);
        if (other === undefined) continue;
        this.refuse(use, {
          code: "AURA1511",
          what: `two blocks of '${step.label}' use the lock '${use.lock}' side by side`,
          todo: "Take the lock around the parallel, or in one block only",
          also: [other],
        });
        return held;
      }
      for (const use of uses) users.set(use.lock, use);
    }
    const after = new Map(held);
    for (const block of step.blocks) {
      const end = this.sequence(block.steps, held);
      if (end === undefined) continue;
      for (const lock of held.keys()) if (!end.has(lock)) after.delete(lock);
      for (const [lock, taken] of end) after.set(lock, taken);
    }
    return after;
  }

  #acquire(step: Acquire<Code>, held: NonNullable<Held<Code>>): Held<Code> {
    const taken = held.get(step.lock);
    if (taken !== undefined) {
      this.refuse(step, {
        code: "AURA1506",
        what: `the lock '${step.lock}' is held already`,
        todo: "Release it first, or take it once",
        also: [taken],
      });
      return held;
    }
    for (const lower of held.keys()) this.#rank(lower, step);
    return new Map(held).set(step.lock, step);
  }

  /** `step` takes its lock while `lower` is held: nobody may take them the other way round. */
  #rank(lower: string, step: Acquire<Code>): void {
    const opposite = this.#wayFrom(step.lock, lower, new Set());
    if (opposite !== undefined) {
      this.refuse(step, {
        code: "AURA1512",
        what: `the lock '${step.lock}' is taken while '${lower}' is held, and elsewhere the other way round`,
        todo: "Take the locks in one order everywhere: else two sessions wait for each other",
        also: [opposite],
      });
      return;
    }
    const above = this.#above.get(lower) ?? new Map<string, Acquire<Code>>();
    if (!above.has(step.lock)) above.set(step.lock, step);
    this.#above.set(lower, above);
  }

  /** The first step of a way by which `to` is taken above `from`. */
  #wayFrom(from: string, to: string, seen: Set<string>): Acquire<Code> | undefined {
    if (seen.has(from)) return undefined;
    seen.add(from);
    for (const [lock, step] of this.#above.get(from) ?? []) {
      if (lock === to || this.#wayFrom(lock, to, seen) !== undefined) return step;
    }
    return undefined;
  }

  #release(step: Release<Code>, held: NonNullable<Held<Code>>): Held<Code> {
    const taken = held.get(step.lock);
    if (taken === undefined) {
      this.refuse(step, {
        code: "AURA1507",
        what: `the lock '${step.lock}' is not held here`,
        todo: "Acquire it first on every path, and release it once",
      });
      return held;
    }
    this.#giveBack(step, taken);
    return new Map([...held].filter(([lock]) => lock !== step.lock));
  }

  /** Who took part when the lock was taken holds it until it takes part in giving it back. */
  #giveBack(step: Release<Code>, taken: Acquire<Code>): void {
    const takers = new Set(Object.values(taken.roles));
    const givers = new Set(Object.values(step.roles));
    const left = [...takers].find((role) => !givers.has(role));
    const odd = left ?? [...givers].find((role) => !takers.has(role));
    if (odd === undefined) return;
    this.refuse(step, {
      code: "AURA1513",
      what:
        left === undefined
          ? `'${odd}' releases the lock '${step.lock}', and took no part in taking it`
          : `'${odd}' takes the lock '${step.lock}', and takes no part in releasing it`,
      todo: "Let the same roles take part in both",
      also: [taken],
    });
  }
}

function isLockStep<Code>(step: GlobalStep<Code>): step is Acquire<Code> | Release<Code> {
  return step.verb === "acquire" || step.verb === "release";
}

function differing<Code>(
  a: NonNullable<Held<Code>>,
  b: NonNullable<Held<Code>>,
): readonly string[] {
  return [
    ...[...a.keys()].filter((lock) => !b.has(lock)),
    ...[...b.keys()].filter((lock) => !a.has(lock)),
  ];
}
