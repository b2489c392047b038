/** The language without its types: for protocols that are made at random, or made wrong. */
import { choreography, many, one, type } from "../../dsl/index.ts";
import type { AbortEvent, GlobalStep, GlobalType } from "../../dsl/index.ts";

interface UntypedChain {
  broadcast(label: string, options: unknown): UntypedChain;
  send(label: string, options: unknown): UntypedChain;
  collect(label: string, options: unknown): UntypedChain;
  local(label: string, options: unknown): UntypedChain;
  wait(label: string, options: unknown): UntypedChain;
  returns(label: string): GlobalType<unknown>;
}

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

const verbs = ["broadcast", "send", "collect", "local", "wait"] as const;

function take(chain: UntypedChain, step: GlobalStep<unknown>): UntypedChain {
  const verb = verbs.find((each) => each === step.verb);
  if (verb === undefined) throw new Error(`${step.verb} is not written here`);
  const { verb: _verb, label, ...options } = step;
  return chain[verb](label, options);
}
