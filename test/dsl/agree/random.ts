/** Random choreographies of most verbs, right ones and ones that break a rule. */
import fc from "fast-check";
import { notationOf } from "../../../codegen/notation-of.ts";
import type { Branch, GlobalStep, GlobalType } from "../../../dsl/index.ts";
import { globalType } from "../global-type.ts";

type Step = GlobalStep<string>;
type Steps = readonly Step[];

/** Where each number of a draw decides one thing. */
interface Draw {
  readonly kinds: readonly number[];
  readonly mistake: number;
  readonly at: number;
  readonly role: number;
  readonly result: number;
}

const draw: fc.Arbitrary<Draw> = fc.record({
  kinds: fc.array(fc.nat(39), { minLength: 13, maxLength: 13 }),
  mistake: fc.nat(27),
  at: fc.nat(1000),
  role: fc.nat(1000),
  result: fc.nat(7),
});

/** Roles `p`, `q` and `r` play one device each; `f` is a family. */
export const choreographies: fc.Arbitrary<GlobalType<string>> = fc
  .tuple(
    globalType.filter(({ steps }) => count(steps) <= 12),
    draw,
  )
  .map(([plain, drawn]) => {
    const steps = decorated(apart(plain.steps, new Set(), drawn.at % 20 === 0), drawn, false);
    const session = notationOf(steps);
    const ones = { p: "one", q: "one", r: "one" } as const;
    // A family that takes no part is not told of choices either: it is there now and then.
    const needed = /"f"/.test(JSON.stringify(steps)) || drawn.role % 8 === 0;
    const roles = needed ? ({ ...ones, f: "many" } as const) : ones;
    const right = { name: "random", roles, session, abort: "Abort", steps };
    return withResult(mistaken(right, drawn), drawn);
  });

/** The author's events and functions, by name. */
const sent = { event: "First", payload: "first", within: "within" };

/**
 * A label that comes again on the way is another one, with `x`es: the notation refuses it, which is
 * one mistake of many.
 */
function apart(steps: Steps, seen: Set<string>, twice: boolean): Steps {
  return steps.map((step) => {
    if (step.verb === "choice") {
      const before = new Set(seen);
      const branches = step.branches.map((branch) => {
        const own = new Set(before);
        const changed = apart(branch.steps, own, twice);
        for (const label of own) seen.add(label);
        return { ...branch, steps: changed };
      });
      return { ...step, branches };
    }
    if (step.verb === "parallel") {
      const blocks = step.blocks.map((each) => ({
        ...each,
        steps: apart(each.steps, seen, twice),
      }));
      return { ...step, blocks };
    }
    if (step.verb === "rec") return { ...step, steps: apart(step.steps, seen, twice) };
    if (step.verb === "again" || step.verb === "abort") return step;
    let { label } = step;
    while (seen.has(label) && !twice) label = `${label}x`;
    seen.add(label);
    return { ...step, label };
  });
}

/** Some steps become steps of the other verbs; steps of one label become the same. */
function decorated(
  steps: Steps,
  drawn: Draw,
  isBranch: boolean,
  before: readonly Step[] = [],
): Steps {
  const done: Step[] = [];
  for (const [index, step] of steps.entries()) {
    done.push(decoratedOne(step, drawn, isBranch && index === 0, [...before, ...done]));
  }
  return done;
}

function decoratedOne(step: Step, drawn: Draw, isFirst: boolean, before: readonly Step[]): Step {
  const parts = (all: readonly Branch<string>[], inBranch: boolean) =>
    all.map((part) => ({ ...part, steps: decorated(part.steps, drawn, inBranch, before) }));
  if (step.verb === "choice") return { ...step, branches: parts(step.branches, true) };
  if (step.verb === "parallel") return { ...step, blocks: parts(step.blocks, false) };
  if (step.verb === "rec") return { ...step, steps: decorated(step.steps, drawn, isFirst, before) };
  const kind = drawn.kinds[hash(step.label) % drawn.kinds.length] ?? 0;
  const source = before.findLast((each) => "payload" in each && each.label.startsWith("L"));
  if (kind > 36 && !isFirst && "payload" in step && source !== undefined) {
    // The look is at who is told: that is not for the types to see.
    const at = source.verb === "send" ? source.to : "by" in source ? source.by : "p";
    return { verb: "check", label: step.label, at, of: source.label };
  }
  return decoratedStep(step, kind, isFirst);
}

function decoratedStep(step: Step, kind: number, isFirst: boolean): Step {
  if (step.verb === "abort") return { ...step, reason: "enough" };
  if (step.verb === "local")
    return { ...step, action: "value", ...(kind < 9 ? { at: "everyone" } : {}) };
  if (step.verb !== "send" && step.verb !== "broadcast") return step;
  const plain = { ...step, ...sent };
  const { label } = step;
  if (kind === 0) return { ...plain, accept: "accept" };
  if (kind === 1 && plain.verb === "send") return { ...plain, sealed: true };
  if (kind < 5 && plain.verb === "send") return { ...plain, to: "f" };
  if (isFirst) return plain;
  if (kind < 8) return { ...plain, onTimeout: "absent" };
  if (kind === 8) return { verb: "collect", label, by: "f", atLeast: 2, ...sent };
  if (kind === 9) return { verb: "collect", label, by: "f", atLeast: "all", ...sent };
  if (kind === 10) return { verb: "distribute", label, by: "f", to: "f", atLeast: 2, ...sent };
  if (kind === 11) return { verb: "wait", label, at: plain.by, epochs: "within" };
  return plain;
}

function hash(label: string): number {
  return Array.from(label).reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973, 7);
}

/** Nothing, mostly; or one of the mistakes that authors make. */
function mistaken(right: GlobalType<string>, drawn: Draw): GlobalType<string> {
  const size = count(right.steps);
  const at = drawn.at % size;
  const role = ["p", "q", "r", "f"][drawn.role % 4] ?? "p";
  const edit = edits[drawn.mistake - 14];
  if (edit === undefined) return right;
  const steps = editAt(right.steps, { left: at }, (all, index) => edit(all, index, role));
  return { ...right, steps };
}

type Edit = (steps: Steps, index: number, role: string) => Steps;

/** Changes the one step, or the order around it; the session stays as it was. */
const edits: readonly Edit[] = [
  (steps, index) => steps.toSpliced(index, 1),
  (steps, index) => steps.toSpliced(index, 0, ...steps.slice(index, index + 1)),
  (steps, index) => steps.toSpliced(index, 2, ...steps.slice(index, index + 2).toReversed()),
  edited((step, role) => ("by" in step ? { ...step, by: role } : step)),
  edited((step, role) => ("by" in step ? { ...step, by: role } : step)),
  edited((step, role) => (step.verb === "send" ? { ...step, to: role } : step)),
  edited((step, role) => (step.verb === "send" ? { ...step, to: role } : step)),
  edited((step) => ("event" in step ? { ...step, event: "Second", payload: "second" } : step)),
  edited((step) => ("payload" in step ? { ...step, onTimeout: "absent" } : step)),
  edited((step) => (isEvent(step) ? { ...step, onTimeout: undefined } : step)),
  edited((step) => ({ ...step, label: `${step.label}x` })),
  edited((step) => (step.verb === "choice" ? { ...step, by: "everyone" } : step)),
  edited((step) => (step.verb === "choice" ? { ...step, branches: step.branches.slice(1) } : step)),
  edited((step) =>
    step.verb === "choice"
      ? { ...step, branches: step.branches.map((each) => ({ ...each, label: `${each.label}x` })) }
      : step,
  ),
];

function isEvent(step: Step): boolean {
  return "payload" in step;
}

/** A field that is `undefined` is left out: an author does not write it. */
function edited(change: (step: Step, role: string) => object): Edit {
  return (steps, index, role) =>
    steps.map((step, at) => {
      if (at !== index) return step;
      const fields = Object.entries<unknown>({ ...change(step, role) });
      const result: unknown = Object.fromEntries(fields.filter(([, value]) => value !== undefined));
      return result as Step;
    });
}

function count(steps: Steps): number {
  return steps.reduce(
    (sum, step) => sum + 1 + inner(step).reduce((all, part) => all + count(part), 0),
    0,
  );
}

function inner(step: Step): readonly Steps[] {
  if (step.verb === "choice") return step.branches.map((branch) => branch.steps);
  if (step.verb === "parallel") return step.blocks.map((block) => block.steps);
  return step.verb === "rec" ? [step.steps] : [];
}

/** `edit` at the step that is `left`-th in the text. */
function editAt(
  steps: Steps,
  place: { left: number },
  edit: (steps: Steps, index: number) => Steps,
): Steps {
  const done: Step[] = [];
  for (const [index, step] of steps.entries()) {
    if (place.left === 0) {
      place.left = -1;
      return [...done, ...edit(steps, index).slice(index)];
    }
    if (place.left < 0) {
      done.push(step);
      continue;
    }
    place.left -= 1;
    const into = (branch: Branch<string>) => ({
      ...branch,
      steps: editAt(branch.steps, place, edit),
    });
    if (step.verb === "choice") done.push({ ...step, branches: step.branches.map(into) });
    else if (step.verb === "parallel") done.push({ ...step, blocks: step.blocks.map(into) });
    else if (step.verb === "rec") done.push({ ...step, steps: editAt(step.steps, place, edit) });
    else done.push(step);
  }
  return done;
}

/** A result now and then, most of them known to all. */
function withResult(global: GlobalType<string>, { result, at }: Draw): GlobalType<string> {
  if (result > 2) return global;
  const all = labels(global.steps, result === 0);
  const label = all[at % Math.max(all.length, 1)];
  return label === undefined ? global : { ...global, result: label };
}

function labels(steps: Steps, deep: boolean): readonly string[] {
  return steps.flatMap((step) =>
    inner(step).length > 0
      ? deep || step.verb !== "choice"
        ? inner(step).flatMap((part) => labels(part, deep))
        : []
      : step.verb === "again" || step.verb === "abort"
        ? []
        : [step.label],
  );
}
