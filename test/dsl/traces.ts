/**
 * What a role can be seen to do, twice: of the global type, whose steps at others are erased, and
 * of the role's own instructions. Neither knows of the projection. Sequences are cut at a length,
 * so that the sets are finite whatever the loops.
 */
import type { GlobalStep, GlobalType, ProjectedBody, ProjectedNode } from "../../dsl/index.ts";

const longest = 6;

/** One run: what is seen of it, and how it goes on. */
interface Run {
  readonly seen: readonly string[];
  /** `falls` through, goes `again:X`, `ends`, is `cut`, or is `aborted` by another. */
  readonly exit: string;
}

type Runs = ReadonlyMap<string, Run>;

function runs(list: readonly Run[]): Runs {
  const short = list.map(({ seen, exit }) =>
    seen.length > longest ? { seen: seen.slice(0, longest), exit: "cut" } : { seen, exit },
  );
  return new Map(short.map((run) => [`${run.seen.join(" ")} ${run.exit}`, run]));
}

const nothing = runs([{ seen: [], exit: "falls" }]);

function act(...seen: readonly string[]): Runs {
  return runs([{ seen, exit: "falls" }]);
}

function leave(exit: string, ...seen: readonly string[]): Runs {
  return runs([{ seen, exit }]);
}

function sequence(first: Runs, second: Runs): Runs {
  return runs(
    [...first.values()].flatMap((run) =>
      run.exit === "falls"
        ? [...second.values()].map(({ seen, exit }) => ({ seen: [...run.seen, ...seen], exit }))
        : [run],
    ),
  );
}

function either(all: readonly Runs[]): Runs {
  return runs(all.flatMap((each) => [...each.values()]));
}

function loop(label: string, body: Runs): Runs {
  const left: Run[] = [];
  const starts = new Map<string, readonly string[]>([["", []]]);
  // A map's loop reaches what is added on the way.
  for (const start of starts.values()) {
    for (const { seen, exit } of body.values()) {
      const all = [...start, ...seen];
      if (exit === `again:${label}` && all.length <= longest) starts.set(all.join(" "), all);
      else left.push({ seen: all, exit: exit === `again:${label}` ? "cut" : exit });
    }
  }
  return runs(left);
}

/** Blocks whose actions come in any order between them; all of them fall through. */
function shuffle(all: readonly Runs[]): Runs {
  return all.reduce<Runs>(
    (some, more) =>
      runs(
        [...some.values()].flatMap((a) =>
          [...more.values()].flatMap((b) => {
            const exit = [a.exit, b.exit].find((each) => each !== "falls") ?? "falls";
            return mix(a.seen, b.seen).map((seen) => ({ seen, exit }));
          }),
        ),
      ),
    nothing,
  );
}

function mix(a: readonly string[], b: readonly string[]): readonly (readonly string[])[] {
  const [[x, ...as], [y, ...bs]] = [a, b];
  if (x === undefined) return [b];
  if (y === undefined) return [a];
  return [...mix(as, b).map((rest) => [x, ...rest]), ...mix(a, bs).map((rest) => [y, ...rest])];
}

/** What `role` does in the runs of `global` that nobody else aborts. */
export function globalTraces(global: GlobalType<string>, role: string): ReadonlySet<string> {
  return finished(sequence(stepsRuns(global.steps, role), leave("ends")));
}

function stepsRuns(steps: readonly GlobalStep<string>[], role: string): Runs {
  return steps.map((step) => stepRuns(step, role)).reduce(sequence, nothing);
}

function stepRuns(step: GlobalStep<string>, role: string): Runs {
  switch (step.verb) {
    case "broadcast":
      return act(step.by === role ? `!${step.label}` : `?${step.label}`);
    case "send":
      if (step.by === role) return act(`!${step.label}`);
      return step.to === role ? act(`?${step.label}`) : nothing;
    case "local":
      return step.at === role || step.at === "everyone" ? act(step.label) : nothing;
    case "choice": {
      const decides = step.by === role || step.by === "everyone";
      return either(
        step.branches.map(({ label, steps }) =>
          sequence(decides ? act(`decide:${label}`) : nothing, stepsRuns(steps, role)),
        ),
      );
    }
    case "rec":
      return loop(step.label, stepsRuns(step.steps, role));
    case "again":
      return leave(`again:${step.label}`);
    case "parallel":
      return shuffle(step.blocks.map(({ steps }) => stepsRuns(steps, role)));
    case "abort":
      return step.by === role ? leave("ends", "abort") : leave("aborted");
    default:
      throw new Error(`${step.verb} has no traces here`);
  }
}

/** What the instructions do, of the runs that nobody else aborts. */
export function localTraces(body: ProjectedBody<string>): ReadonlySet<string> {
  return finished(bodyRuns(body));
}

function bodyRuns(body: ProjectedBody<string>): Runs {
  return body.map(nodeRuns).reduce(sequence, nothing);
}

function nodeRuns(node: ProjectedNode<string>): Runs {
  switch (node.instruction) {
    case "WriteToLedger":
      return act(`!${node.label}`);
    case "AwaitEvent":
      return act(`?${node.label}`);
    case "Compute":
      return act(node.label);
    case "Branch": {
      const decides = !("from" in node);
      return either(
        Object.entries(node.branches).map(([label, steps]) =>
          sequence(decides ? act(`decide:${label}`) : nothing, offered(node, label, steps)),
        ),
      );
    }
    case "Loop":
      return loop(node.label, bodyRuns(node.steps));
    case "Again":
      return leave(`again:${node.label}`);
    case "Fork":
      return shuffle(Object.values(node.blocks).map(bodyRuns));
    case "Abort":
      return leave("ends", "abort");
    case "AwaitAbort":
      return leave("aborted");
    case "Return":
      return leave("ends");
    default:
      throw new Error(`${node.instruction} has no traces here`);
  }
}

/** An alternative of an offer begins with the event that it is named by, and with no other. */
function offered(node: ProjectedNode<string>, label: string, steps: ProjectedBody<string>): Runs {
  const all = bodyRuns(steps);
  if (node.instruction !== "Branch" || !("from" in node)) return all;
  const firsts = [...all.values()].flatMap(({ seen }) => seen.slice(0, 1));
  const isLoop = steps[0]?.instruction === "Loop";
  if (!isLoop && firsts.some((first) => first !== `?${label}`)) {
    throw new Error(`the alternative '${label}' begins with ${firsts.join(", ")}`);
  }
  // A loop stands under each of its first events: here, the runs that begin with this one.
  return runs([...all.values()].filter(({ seen }) => seen[0] === `?${label}`));
}

function finished(all: Runs): ReadonlySet<string> {
  return new Set([...all].flatMap(([name, { exit }]) => (exit === "aborted" ? [] : [name])));
}
