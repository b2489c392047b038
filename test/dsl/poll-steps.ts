/** Steps of a made-up protocol, in few words: `chair` and `clerk` are one device each, `voter` many. */
import type {
  Abort,
  Acquire,
  Branch,
  Broadcast,
  Call,
  Callee,
  Check,
  Choice,
  Collect,
  Distribute,
  GlobalStep,
  GlobalType,
  Local,
  Parallel,
  Rec,
  Release,
  Send,
  Wait,
} from "../../dsl/index.ts";

type Step = GlobalStep<string>;
type Steps = readonly Step[];

const sent = (label: string) => ({ event: `${label}Event`, within: "epochs(5)", payload: "make" });

export function broadcast(label: string, more: Partial<Broadcast<string>> = {}): Broadcast<string> {
  return { verb: "broadcast", label, by: "chair", ...sent(label), ...more };
}

export function send(label: string, more: Partial<Send<string>> = {}): Send<string> {
  return { verb: "send", label, by: "chair", to: "clerk", ...sent(label), ...more };
}

export function collect(label: string, more: Partial<Collect<string>> = {}): Collect<string> {
  return { verb: "collect", label, by: "voter", atLeast: "all", ...sent(label), ...more };
}

export function distribute(
  label: string,
  more: Partial<Distribute<string>> = {},
): Distribute<string> {
  const family = { by: "voter", to: "voter", atLeast: "all" };
  return { verb: "distribute", label, ...family, ...sent(label), ...more };
}

export function local(label: string, at: string, more: Partial<Local<string>> = {}): Local<string> {
  return { verb: "local", label, at, action: "act", ...more };
}

export function wait(label: string, at: string, epochs: string): Wait<string> {
  return { verb: "wait", label, at, epochs };
}

export function check(label: string, at: string, of: string): Check {
  return { verb: "check", label, at, of };
}

export function choice(by: string, branches: Readonly<Record<string, Steps>>): Choice<string> {
  const label = Object.keys(branches).join(" | ");
  return { verb: "choice", label, by, decide: "decide", branches: parts(branches) };
}

export function rec(label: string, steps: Steps, atMost: number | string = 3): Rec<string> {
  return { verb: "rec", label, atMost, steps };
}

export function again(label: string): Step {
  return { verb: "again", label };
}

export function parallel(blocks: Readonly<Record<string, Steps>>): Parallel<string> {
  return { verb: "parallel", label: Object.keys(blocks).join(" || "), blocks: parts(blocks) };
}

function parts(named: Readonly<Record<string, Steps>>): readonly Branch<string>[] {
  return Object.entries(named).map(([label, steps]) => ({ label, steps }));
}

export const sub: Callee = {
  name: "sub",
  roles: { leader: "one", helper: "many" },
  result: "Key",
  calls: [],
};

const nested = { choreography: "sub", callee: sub, params: "params" };
const cast = { leader: "chair", helper: "voter" };

export function call(label: string, more: Partial<Call<string>> = {}): Call<string> {
  return { verb: "call", label, ...nested, roles: cast, ...more };
}

export function acquire(label: string, lock: string): Acquire<string> {
  return { verb: "acquire", label, lock, ...nested, roles: cast };
}

export function release(label: string, lock: string): Release<string> {
  return { verb: "release", label, lock, ...nested, roles: cast };
}

export function abort(more: Partial<Abort<string>> = {}): Abort<string> {
  const said = { by: "chair", reason: "nobody voted", within: "epochs(5)" };
  return { verb: "abort", label: "abort", ...said, ...more };
}

/** A protocol of `steps`; it ends without a result unless one is named. */
export function poll(
  session: string,
  steps: Steps,
  more: Partial<GlobalType<string>> = {},
): GlobalType<string> {
  const roles = { chair: "one", clerk: "one", voter: "many" } as const;
  return { name: "poll", roles, session, abort: "AbortPoll", steps, ...more };
}

/** The steps as `Partial` cannot say them: with a field that is left out. */
export function without(step: Step, field: string): Step {
  const entries = Object.entries(step).filter(([name]) => name !== field);
  return Object.fromEntries(entries) as unknown as Step;
}
