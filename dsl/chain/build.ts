/** The chain at run time: plain data that grows by a step a call, checked when it ends. */
import { checkGlobal } from "../check.ts";
import { ProtocolError } from "../errors.ts";
import type { Branch, Callee, GlobalStep, GlobalType } from "../global.ts";
import { optionFault } from "./option-names.ts";
import type { Roles } from "../role.ts";

type OpenType = Omit<GlobalType<unknown>, "result">;

/** The options of every verb, seen without their types. */
type StepOptions = Readonly<Record<string, unknown>>;

/** A part of a chain, seen without its types: it takes its own chain and gives it back. */
type UntypedPart = (chain: UntypedChain) => UntypedChain;

/** The verbs, seen without their types. */
export interface UntypedChain {
  broadcast(label: string, options: StepOptions): UntypedChain;
  send(label: string, options: StepOptions): UntypedChain;
  collect(label: string, options: StepOptions): UntypedChain;
  distribute(label: string, options: StepOptions): UntypedChain;
  local(label: string, options: StepOptions): UntypedChain;
  wait(label: string, options: StepOptions): UntypedChain;
  check(label: string, options: StepOptions): UntypedChain;
  choice(label: string, options: UntypedChoice): UntypedChain;
  rec(label: string, options: StepOptions, body: UntypedPart): UntypedChain;
  again(label: string): UntypedChain;
  parallel(label: string, blocks: Readonly<Record<string, UntypedPart>>): UntypedChain;
  call(label: string, options: UntypedCall): UntypedChain;
  acquire(label: string, options: UntypedCall): UntypedChain;
  release(label: string, options: UntypedCall): UntypedChain;
  abort(label: string, options: StepOptions): UntypedChain;
  returns(label: string): GlobalType<unknown>;
  /** The steps so far: what a part gives back. */
  readonly steps: readonly GlobalStep<unknown>[];
}

interface UntypedChoice extends StepOptions {
  readonly branches: Readonly<Record<string, UntypedPart>>;
}

interface UntypedCall extends StepOptions {
  readonly choreography: GlobalType<unknown>;
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
  const add = (step: StepOptions): UntypedChain => {
    const frozen: unknown = Object.freeze(step);
    // The boundary of the steps: what a verb was given is what its node holds.
    return extend({
      ...open,
      steps: Object.freeze([...open.steps, frozen as GlobalStep<unknown>]),
    });
  };
  const checked = (verb: string, label: string, options: StepOptions): StepOptions => {
    const fault = optionFault(verb, Object.keys(options));
    if (fault === undefined) return { ...options, verb, label };
    const { what, todo } = fault;
    const where = { protocol: open.name, step: label };
    throw new ProtocolError({ code: "InvalidDeclaration", what, todo, where });
  };
  const simple = (verb: string) => (label: string, options: StepOptions) =>
    add(checked(verb, label, options));
  const calling = (verb: string) => (label: string, options: UntypedCall) =>
    add({ ...checked(verb, label, options), callee: calleeOf(options.choreography) });
  const part = (label: string, body: UntypedPart): Branch<unknown> => {
    const { steps } = body(extend({ ...open, steps: Object.freeze([]) }));
    return Object.freeze({ label, steps });
  };
  const parts = (bodies: Readonly<Record<string, UntypedPart>>) =>
    Object.freeze(Object.entries(bodies).map(([label, body]) => part(label, body)));
  return Object.freeze({
    broadcast: simple("broadcast"),
    send: simple("send"),
    collect: simple("collect"),
    distribute: simple("distribute"),
    local: simple("local"),
    wait: simple("wait"),
    check: simple("check"),
    choice: (label: string, options: UntypedChoice) =>
      add({ ...checked("choice", label, options), branches: parts(options.branches) }),
    rec: (label: string, options: StepOptions, body: UntypedPart) =>
      add({ ...checked("rec", label, options), steps: part(label, body).steps }),
    again: (label: string) => add({ verb: "again", label }),
    parallel: (label: string, blocks: Readonly<Record<string, UntypedPart>>) =>
      add({ verb: "parallel", label, blocks: parts(blocks) }),
    call: calling("call"),
    acquire: calling("acquire"),
    release: calling("release"),
    abort: simple("abort"),
    returns: (label: string) => finish(label === nothing ? open : { ...open, result: label }),
    steps: open.steps,
  });
}

/** What a choreography without a result returns; labels start with a capital letter. */
const nothing = "nothing";

function calleeOf({ name, roles, result, steps }: GlobalType<unknown>): Callee {
  const calls = [...new Set(steps.flatMap(callsIn))];
  return Object.freeze({ name, roles, calls, ...(result === undefined ? {} : { result }) });
}

/** Names of the choreographies that a step calls, directly or through its callee. */
function callsIn(step: GlobalStep<unknown>): readonly string[] {
  switch (step.verb) {
    case "choice":
      return step.branches.flatMap(({ steps }) => steps.flatMap(callsIn));
    case "rec":
      return step.steps.flatMap(callsIn);
    case "parallel":
      return step.blocks.flatMap(({ steps }) => steps.flatMap(callsIn));
    case "call":
    case "acquire":
    case "release":
      return [step.callee.name, ...step.callee.calls];
    default:
      return [];
  }
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
