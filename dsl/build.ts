/** The chain at run time: plain data that grows by a step a call, checked when it ends. */
import { checkGlobal } from "./check.ts";
import type { Chain, ChoreographyOptions, Head } from "./choreography.ts";
import { ProtocolError } from "./errors.ts";
import type { GlobalStep, GlobalType } from "./global.ts";
import type { Ended, Nil, ParseSession, SessionRest } from "./notation.ts";
import type { Family, OneRole, RoleName, Roles } from "./role.ts";

type OpenType = Omit<GlobalType<unknown>, "result">;

/** The options of every verb, seen without their types. */
type StepOptions = Readonly<Record<string, unknown>>;

/** The verbs, seen without their types. */
interface UntypedChain {
  broadcast(label: string, options: StepOptions): UntypedChain;
  collect(label: string, options: StepOptions): UntypedChain;
  local(label: string, options: StepOptions): UntypedChain;
  returns(label: string): GlobalType<unknown>;
}

/** An empty chain of `name`; its verbs are typed by `Chain`. */
export function buildChain<Name extends string, R extends Roles, S extends string, Params, Device>(
  name: Name,
  options: ChoreographyOptions<R, S, Params, Device>,
): Chain<
  Head<Name, OneRole<R>, Family<R>, Params, Device>,
  ParseSession<S> extends infer Rest extends SessionRest ? Rest : Ended,
  Readonly<Record<RoleName<R>, unknown>>,
  never,
  Nil,
  unknown
> {
  const roles = Object.fromEntries(
    Object.entries(options.roles).map(([role, { kind }]) => [role, kind]),
  );
  const { session, abort } = options;
  // The boundary between the language's types and its data: `Chain` says what each call may be.
  return extend({ name, roles, session, abort, steps: [] }) as unknown as ReturnType<
    typeof buildChain<Name, R, S, Params, Device>
  >;
}

function extend(open: OpenType): UntypedChain {
  const add = (verb: string) => (label: string, options: StepOptions) => {
    const step = Object.freeze({ ...options, verb, label }) as unknown as GlobalStep<unknown>;
    return extend({ ...open, steps: [...open.steps, step] });
  };
  return Object.freeze({
    broadcast: add("broadcast"),
    collect: add("collect"),
    local: add("local"),
    returns: (label: string) => finish({ ...open, result: label }),
  });
}

function finish(global: GlobalType<unknown>): GlobalType<unknown> {
  const [problem] = checkGlobal(global);
  if (problem === undefined) return Object.freeze(global);
  const step = problem.step === undefined ? undefined : global.steps[problem.step];
  throw new ProtocolError({
    code: "InvalidDeclaration",
    what: problem.what,
    todo: problem.todo,
    where: { protocol: global.name, ...(step === undefined ? {} : { step: step.label }) },
  });
}
