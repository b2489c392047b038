/** The language without its types: for protocols that are made at random, or made wrong. */
import { choreography, many, one, type } from "../../dsl/index.ts";
import type { AbortEvent, Branch, GlobalStep, GlobalType } from "../../dsl/index.ts";

type Options = Readonly<Record<string, unknown>>;
type Part = (chain: UntypedChain) => UntypedChain;
type Parts = Readonly<Record<string, Part>>;
type SimpleVerb = Exclude<GlobalStep<unknown>["verb"], "rec" | "again" | "parallel">;

type UntypedChain = Readonly<
  Record<SimpleVerb, (label: string, options: Options) => UntypedChain>
> & {
  rec(label: string, options: Options, body: Part): UntypedChain;
  again(label: string): UntypedChain;
  parallel(label: string, blocks: Parts): UntypedChain;
  returns(label: string): GlobalType<unknown>;
};

/** Opens a choreography as a program does that nobody type-checked. */
export function open(global: Pick<GlobalType<unknown>, "name" | "roles" | "session" | "abort">) {
  const roles = Object.fromEntries(
    Object.entries(global.roles).map(([role, kind]) => [role, kind === "one" ? one : many]),
  );
  const abort = global.abort as AbortEvent;
  const head = { roles, session: global.session, params: type<object>(), abort };
  return choreography(global.name, head) as unknown as UntypedChain;
}

/** Calls the verbs that make `global`. */
export function write(global: GlobalType<unknown>): GlobalType<unknown> {
  return global.steps.reduce(take, open(global)).returns(global.result ?? "nothing");
}

function take(chain: UntypedChain, step: GlobalStep<unknown>): UntypedChain {
  switch (step.verb) {
    case "choice": {
      const { verb, label, branches, ...options } = step;
      return chain[verb](label, { ...options, branches: partsOf(branches) });
    }
    case "rec": {
      const { label, steps, ...options } = step;
      return chain.rec(label, options, (inner) => steps.reduce(take, inner));
    }
    case "again":
      return chain.again(step.label);
    case "parallel":
      return chain.parallel(step.label, partsOf(step.blocks));
    default: {
      const { verb, label, ...options } = step;
      return chain[verb](label, options);
    }
  }
}

function partsOf(parts: readonly Branch<unknown>[]): Parts {
  return Object.fromEntries(
    parts.map(({ label, steps }) => [label, (inner: UntypedChain) => steps.reduce(take, inner)]),
  );
}
