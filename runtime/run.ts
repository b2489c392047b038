/** The production driver: runs one role's script on one device, instruction by instruction. */
import { ProtocolError } from "../dsl/index.ts";
import type { Script } from "../dsl/index.ts";
import { ProtocolContext } from "./context.ts";
import type { ContextOptions } from "./context.ts";
import type { Instruction, InstructionResult } from "./instruction.ts";
import { proceed, start } from "./interpreter.ts";
import type { Outcome } from "./outcome.ts";
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
  let step = start(options.script, options.session);
  for (;;) {
    const { instruction, state } = step;
    if (instruction.kind === "Return") {
      await context.complete(instruction.label);
      return { result: instruction.result, facts: state.facts, blamed: context.blamed() };
    }
    if (instruction.kind === "Abort") {
      context.abort(instruction.error);
      throw instruction.error;
    }
    const result =
      instruction.kind === "RunSubProtocol"
        ? await runNested(instruction, options)
        : await context.perform(instruction);
    step = proceed(state, result);
  }
}

/** Two versions of a choreography do not mix: their devices would wait for different things. */
function requireSameChoreography({ script, session }: ContextOptions): void {
  if (script.protocol === session.protocol && script.digest === session.digest) return;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `the session is of another choreography, or another version of it: ${session.protocol}`,
    todo: "Open the session with the scripts that its devices run",
    where: { protocol: script.protocol, role: script.role },
  });
}

/** Runs a nested choreography in a session of its own. */
async function runNested(
  call: Extract<Instruction, { readonly kind: "RunSubProtocol" }>,
  options: ContextOptions,
): Promise<InstructionResult> {
  const { label, script, cast, params } = call;
  try {
    const session = childSession(options.session, label, script, cast, params);
    const { result } = await runScript({ ...options, script, session });
    return { kind: "SubProtocol", result };
  } catch (error) {
    if (error instanceof ProtocolError) return { kind: "Failed", error };
    throw error;
  }
}
