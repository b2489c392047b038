/** The chain at run time: plain data that grows by a step a call, checked when it ends. */
import { checkGlobal } from "./check.ts";
import { ProtocolError } from "./errors.ts";
import type { GlobalStep, GlobalType } from "./global.ts";
import type { Roles } from "./role.ts";

type OpenType = Omit<GlobalType<unknown>, "result">;

/** The options of every verb, seen without their types. */
type StepOptions = Readonly<Record<string, unknown>>;

/** The verbs, seen without their types. */
export interface UntypedChain {
  broadcast(label: string, options: StepOptions): UntypedChain;
  send(label: string, options: StepOptions): UntypedChain;
  collect(label: string, options: StepOptions): UntypedChain;
  local(label: string, options: StepOptions): UntypedChain;
  wait(label: string, options: StepOptions): UntypedChain;
  returns(label: string): GlobalType<unknown>;
}

/** A chain of `name` without steps; `Chain` says which calls its author may make. */
export function buildChain(
  name: string,
  roles: Roles,
  session: string,
  abort: unknown,
): UntypedChain {
  const kinds = Object.entries(roles).map(([role, { kind }]) => [role, kind] as const);
  const byName = Object.freeze(Object.fromEntries(kinds));
  return extend({ name, roles: byName, session, abort, steps: Object.freeze([]) });
}

function extend(open: OpenType): UntypedChain {
  const add = (verb: string) => (label: string, options: StepOptions) => {
    const step: unknown = Object.freeze({ ...options, verb, label });
    return extend({ ...open, steps: Object.freeze([...open.steps, step as GlobalStep<unknown>]) });
  };
  return Object.freeze({
    broadcast: add("broadcast"),
    send: add("send"),
    collect: add("collect"),
    local: add("local"),
    wait: add("wait"),
    returns: (label: string) => finish({ ...open, result: label }),
  });
}

function finish(global: GlobalType<unknown>): GlobalType<unknown> {
  const [problem] = checkGlobal(global);
  if (problem === undefined) return Object.freeze(global);
  const { what, todo, step } = problem;
  throw new ProtocolError({
    code: "InvalidDeclaration",
    what,
    todo,
    where: { protocol: global.name, ...(step === undefined ? {} : { step }) },
  });
}
