/** Random small global types with choices, recursions, parallels and aborts, between three roles. */
import fc from "fast-check";
import type { GlobalStep, GlobalType } from "../../dsl/index.ts";
import * as make from "./steps.ts";

interface RawStep {
  readonly kind: "step";
  readonly verb: number;
  readonly by: string;
  readonly to: string;
  /** Whether it is the one event that `by` sends `to` at several places. */
  readonly shared: boolean;
}

interface RawBranch {
  readonly tells: string;
  readonly items: readonly RawItem[];
  /** Which loop it goes back to, if any is there; whether it is an abort instead. */
  readonly back: number;
}

interface RawChoice {
  readonly kind: "choice";
  readonly by: string;
  readonly branches: readonly RawBranch[];
}

interface RawRec {
  readonly kind: "rec";
  readonly before: readonly RawItem[];
  readonly turn: RawChoice;
}

interface RawParallel {
  readonly kind: "parallel";
  readonly blocks: readonly (readonly RawStep[])[];
}

type RawItem = RawStep | RawChoice | RawRec | RawParallel;

const roles = ["p", "q", "r"];
const role = fc.constantFrom(...roles);
const rawStep: fc.Arbitrary<RawStep> = fc.record({
  kind: fc.constant("step" as const),
  verb: fc.nat(9),
  by: role,
  to: role,
  shared: fc.boolean(),
});

const rawParallel: fc.Arbitrary<RawParallel> = fc.record({
  kind: fc.constant("parallel" as const),
  blocks: fc.array(fc.array(rawStep, { minLength: 1, maxLength: 2 }), {
    minLength: 2,
    maxLength: 2,
  }),
});

const raw = fc.letrec<{
  item: RawItem;
  items: readonly RawItem[];
  choice: RawChoice;
  rec: RawRec;
}>((tie) => ({
  item: fc.oneof(
    { maxDepth: 3, depthIdentifier: "item" },
    { weight: 4, arbitrary: rawStep },
    { weight: 3, arbitrary: tie("choice") },
    { weight: 2, arbitrary: tie("rec") },
    { weight: 1, arbitrary: rawParallel },
  ),
  items: fc.array(tie("item"), { maxLength: 2, depthIdentifier: "item" }),
  choice: fc.record({
    kind: fc.constant("choice" as const),
    by: fc.constantFrom("p", "p", "p", "q", "r", "everyone"),
    branches: fc.array(
      fc.record({
        tells: fc.constantFrom("p", "q", "r", "everyone"),
        items: tie("items"),
        back: fc.nat(7),
      }),
      { minLength: 2, maxLength: 3 },
    ),
  }),
  rec: fc.record({
    kind: fc.constant("rec" as const),
    before: tie("items"),
    turn: tie("choice"),
  }),
}));

/** Every loop has a branch that leaves it. */
export const globalType: fc.Arbitrary<GlobalType<string>> = fc
  .array(raw.item, { minLength: 1, maxLength: 3 })
  .map((items) => {
    let labels = 0;
    const fresh = () => {
      labels += 1;
      return `L${labels}`;
    };
    return make.between(...items.flatMap((item) => build(item, [], fresh)));
  });

type Fresh = () => string;

function build(item: RawItem, loops: readonly string[], fresh: Fresh): make.Steps {
  switch (item.kind) {
    case "step":
      return [buildStep(item, fresh)];
    case "choice":
      return [buildChoice(item, loops, fresh, false)];
    case "rec": {
      const label = fresh();
      const inside = [label, ...loops];
      const before = item.before.flatMap((each) => build(each, inside, fresh));
      return [make.rec(label, ...before, buildChoice(item.turn, inside, fresh, true))];
    }
    case "parallel":
      return [
        make.parallel(...item.blocks.map((block) => block.map((step) => alone(step, fresh)))),
      ];
  }
}

function buildStep({ verb, by, to, shared }: RawStep, fresh: Fresh): GlobalStep<string> {
  const label = shared ? `S${by}${to}` : fresh();
  if (by !== to) return make.send(label, by, to);
  if (verb < 5) return make.broadcast(label, by);
  return { verb: "local", label, at: by, action: label };
}

/** A step whose label is its own: the blocks of a parallel share none. */
function alone(step: RawStep, fresh: Fresh): GlobalStep<string> {
  return buildStep({ ...step, shared: false }, fresh);
}

/** In a turn of a loop the first branch goes back to it and the last one leaves it. */
function buildChoice(
  { by, branches }: RawChoice,
  loops: readonly string[],
  fresh: Fresh,
  isTurn: boolean,
): GlobalStep<string> {
  const built = branches.map(({ tells, items, back }, index) => {
    const [isFirst, isLast] = [index === 0, index === branches.length - 1];
    const teller = by === "everyone" ? "p" : by;
    const first = fresh();
    const tell =
      tells === "everyone" || tells === teller
        ? make.broadcast(first, teller)
        : make.send(first, teller, tells);
    const steps = [tell, ...items.flatMap((each) => build(each, loops, fresh))];
    if (isTurn && isLast) return steps;
    if (back === 7) return isFirst ? steps : [...steps, make.abort(teller)];
    const loop = isTurn && isFirst ? loops[0] : loops[back];
    return loop === undefined ? steps : [...steps, make.again(loop)];
  });
  return make.choice(by, ...built);
}
