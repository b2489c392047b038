/** The production driver: runs one role's script on one device, instruction by instruction. */
import { ProtocolError } from "../dsl/index.ts";
import type { ProtocolErrorCode, Script } from "../dsl/index.ts";
import { ProtocolContext } from "./context.ts";
import type { ContextOptions } from "./context.ts";
import { isEnding } from "./instruction.ts";
import type {
  Ending,
  Instruction,
  InstructionResult,
  InterpreterState,
  Step,
} from "./instruction.ts";
import { proceed, start } from "./interpreter.ts";
import { calledScripts } from "./monitor/local-types.ts";
import { announce } from "./opening.ts";
import type { Outcome } from "./outcome/role.ts";
import { childSession } from "./session.ts";

/**
 * Runs a local script to its end. Starting it again, after a crash say, goes on where the ledger
 * says it was.
 *
 * @throws ProtocolError `Timeout`, `Infeasible`, `Rejected`, `Aborted`, `ActionFailed` and the
 *   errors of the script's own actions; before it throws, it writes the protocol's abort event.
 *   `InvalidInput` for a script of another choreography than the session's
 */
export async function runScript<const S extends Script>(
  options: ContextOptions & { readonly script: S },
): Promise<Outcome<S>> {
  requireSameChoreography(options);
  const context = new ProtocolContext(options);
  try {
    // The boundary between data and types: the interpreter learns what the script's nodes say.
    return (await runIn(context)) as Outcome<S>;
  } finally {
    context.close();
  }
}

async function runIn(context: ProtocolContext): Promise<unknown> {
  const { options } = context;
  const { state, instruction } = await runSteps(context, start(options.script, options.session));
  if (instruction.kind === "Abort") {
    context.abort(instruction.error);
    throw instruction.error;
  }
  if (instruction.kind === "EndOfBlock") throw new TypeError("a script ended as a block does");
  await context.complete(instruction.label);
  return { result: instruction.result, facts: state.facts, blamed: context.blamed() };
}

interface Ended {
  readonly state: InterpreterState;
  readonly instruction: Ending;
}

async function runSteps(context: ProtocolContext, first: Step): Promise<Ended> {
  for (let step = first; ;) {
    const { instruction, state } = step;
    if (isEnding(instruction)) return { state, instruction };
    step = proceed(state, await perform(context, instruction));
  }
}

function perform(
  context: ProtocolContext,
  instruction: Exclude<Instruction, Ending>,
): Promise<InstructionResult> {
  if (instruction.kind === "RunSubProtocol") return runNested(instruction, context);
  if (instruction.kind === "Fork") return runBlocks(instruction.blocks, context);
  return context.perform(instruction);
}

/** Runs the blocks of a fork side by side. The first that fails ends the session for all of them. */
async function runBlocks(
  blocks: readonly Step[],
  context: ProtocolContext,
): Promise<InstructionResult> {
  let failure: ProtocolError | undefined;
  const ends = await Promise.all(
    blocks.map(async (first) => {
      const { state, instruction } = await runSteps(context, first);
      if (instruction.kind === "Abort") {
        failure ??= instruction.error;
        // On the ledger at once: it wakes the other blocks.
        context.abort(instruction.error);
      }
      return state;
    }),
  );
  if (failure !== undefined) return { kind: "Failed", error: failure };
  return { kind: "Joined", blocks: ends };
}

/** Two versions of a choreography do not mix: their devices would wait for different things. */
function requireSameChoreography({ script, scripts = {}, session }: ContextOptions): void {
  const isSame = ({ protocol, digest }: Script): boolean =>
    protocol === session.protocol && digest === session.digest;
  if (isSame(script) && Object.values(scripts).every(isSame)) return;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `the session is of another choreography, or another version of it: ${session.protocol}`,
    todo: "Open the session with the scripts that its devices run",
    where: { protocol: script.protocol, role: script.role },
  });
}

const endedEarly = new Set<ProtocolErrorCode>(["Timeout", "Rejected", "Aborted"]);

/** Runs a nested choreography in a session of its own. */
async function runNested(
  call: Extract<Instruction, { readonly kind: "RunSubProtocol" }>,
  context: ProtocolContext,
): Promise<InstructionResult> {
  const { options } = context;
  const { script, onAbort } = call;
  try {
    const session = childSession(options.session, call);
    announce({ ...options, session });
    const scripts = calledScripts(
      options.scripts ?? { [options.script.role]: options.script },
      call.label,
    );
    const { result } = await runScript({ ...options, script, scripts, session, around: context });
    return { kind: "SubProtocol", result };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const isAbsent = onAbort !== undefined && endedEarly.has(error.code);
    // A callee that ended because its caller did is not absent: there is nobody to go on without it.
    if (isAbsent && !context.aborts().decided) return { kind: "SubProtocol", result: undefined };
    return { kind: "Failed", error };
  }
}
