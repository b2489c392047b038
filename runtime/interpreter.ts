/**
 * The interpreter of local scripts. It does no I/O and holds no clock: `proceed` takes the answer
 * to the last instruction and gives the next one; whoever drives it performs the instructions, in
 * production or in a simulation (the sans-I/O style of `round-based`'s `StateMachine::proceed`).
 *
 * A state is plain frozen data. A script node is one or more instructions: what an event says is
 * computed before it is written.
 */
import type { Script, ScriptNode } from "../dsl/index.ts";
import { membersOf, wholeNumber } from "./amounts.ts";
import { advance, enter, frameOf, leave, nextTurn, nodeOf } from "./frames.ts";
import { answers, isEnding } from "./instruction.ts";
import type {
  Facts,
  Instruction,
  InstructionResult,
  InterpreterState,
  Performed,
  ScriptSession,
  Step,
} from "./instruction.ts";
import { failed, instructionOf, iterationOf, misused, performance } from "./request.ts";

/** Starts `script`: its first instruction. */
export function start(script: Script, session: ScriptSession): Step {
  const nothing = Object.freeze({});
  const place = { frames: frameOf(script.steps), outer: Object.freeze([]), sent: 0 };
  const known = { facts: nothing, performed: nothing };
  return arrive({ script, session, ...place, ...known, pending: undefined });
}

/**
 * Takes the answer to the pending instruction and gives the next one. A failure gives `Abort`.
 *
 * @throws ProtocolError `InvalidState` if the script has ended or the answer is not to its
 *   instruction: a driver's mistake, never a peer's
 */
export function proceed(state: InterpreterState, result: InstructionResult): Step {
  const { pending } = state;
  if (pending === undefined || isEnding(pending)) {
    throw misused(state, `the script has ended, and an answer '${result.kind}' came`);
  }
  if (result.kind === "Failed") return pend(state, { kind: "Abort", error: result.error });
  if (answerTo(pending) !== result.kind) {
    throw misused(state, `'${pending.kind}' was answered with '${result.kind}'`);
  }
  if (pending.kind === "AwaitEvent" && pending.onTimeout === undefined) {
    if (result.kind === "Event" && result.event === undefined) {
      throw misused(state, "'AwaitEvent' was answered with no event");
    }
  }
  const node = nodeOf(state.frames);
  if (node === undefined) throw misused(state, "the script has no node here");
  if (pending.kind === "Compute" && node.instruction !== "Compute" && result.kind === "Computed") {
    return continueWith(state, node, pending.to, result.value);
  }
  if (node.instruction === "Branch" && result.kind === "Chosen") {
    return take(state, node, result.branch);
  }
  return arrive(learn(state, node, result));
}

function answerTo(
  pending: Exclude<Instruction, { readonly kind: "Return" | "Abort" | "EndOfBlock" }>,
) {
  const isMany = pending.kind === "CheckForEvent" && pending.collected === true;
  return isMany ? "CollectedEvents" : answers[pending.kind];
}

function pend(state: InterpreterState, instruction: Instruction): Step {
  const frames = Object.freeze(state.frames);
  return { state: Object.freeze({ ...state, frames, pending: instruction }), instruction };
}

/** Goes to the next node that asks for something, into loops and out of lists that are done. */
function arrive(state: InterpreterState): Step {
  for (let at = state; ;) {
    const node = nodeOf(at.frames);
    if (node === undefined) {
      if (at.frames.length > 1) at = { ...at, frames: leave(at.frames) };
      else if (at.outer.length > 0) return pend(at, { kind: "EndOfBlock" });
      else throw misused(at, "the script has no node here: it lacks its Return");
    } else if (node.instruction === "Loop" || node.instruction === "Again") {
      const frames = node.instruction === "Loop" ? intoLoop(at, node) : again(at, node.label);
      if ("kind" in frames) return pend(at, frames);
      at = { ...at, frames };
    } else if (node.instruction === "Fork") {
      return pend(at, fork(at, node));
    } else {
      return pend(at, instructionOf(node, at));
    }
  }
}

type Moved = InterpreterState["frames"] | Extract<Instruction, { readonly kind: "Abort" }>;

function intoLoop(
  state: InterpreterState,
  { label, atMost, steps }: Extract<ScriptNode, { readonly instruction: "Loop" }>,
): Moved {
  const most = wholeNumber(atMost, state.session.params, 1);
  if (most !== undefined) return enter(state.frames, steps, { loop: label, turn: 0, most });
  return failed(state, {
    code: "Infeasible",
    what: `the loop '${label}' may take '${atMost}' turns, which is no number of turns`,
    todo: "Give a whole number of turns, 1 or more",
  });
}

function again(state: InterpreterState, label: string): Moved {
  const frames = nextTurn(state.frames, label);
  if (frames === undefined) {
    return failed(state, {
      code: "InvalidState",
      what: `the script goes back to the loop '${label}', which is not around it`,
      todo: "Generate the script anew",
    });
  }
  const loop = frames.at(-1)?.loop;
  if (loop === undefined || loop.turn < loop.most) return frames;
  return failed(state, {
    code: "Infeasible",
    what: `the loop '${label}' goes into another turn, and may take ${loop.most} at most`,
    todo: "End the loop earlier, or allow more turns",
  });
}

function fork(
  state: InterpreterState,
  { label, blocks }: Extract<ScriptNode, { readonly instruction: "Fork" }>,
): Instruction {
  const outer = Object.freeze([...state.outer, ...state.frames]);
  const first = Object.values(blocks).map((body) =>
    arrive({ ...state, frames: frameOf(body), outer, pending: undefined }),
  );
  return { kind: "Fork", label, blocks: Object.freeze(first) };
}

/** Into the branch that was decided on. */
function take(
  state: InterpreterState,
  { label, branches }: Extract<ScriptNode, { readonly instruction: "Branch" }>,
  branch: unknown,
): Step {
  const isOne = typeof branch === "string" && Object.hasOwn(branches, branch);
  const body = isOne ? branches[branch] : undefined;
  if (body !== undefined) return arrive({ ...state, frames: enter(state.frames, body) });
  const what = `the decision of '${label}' is none of its branches: ${Object.keys(branches).join(", ")}`;
  const todo = "Let 'decide' return the first label of a branch";
  return pend(state, failed(state, { code: "ActionFailed", what, todo }));
}

/** The next part of a node whose last part computed `value`. */
function continueWith(
  state: InterpreterState,
  node: ScriptNode,
  to: string | undefined,
  value: unknown,
): Step {
  switch (node.instruction) {
    case "WriteToLedger": {
      const { label, event, sealedTo } = node;
      const receiver = {
        ...(sealedTo === undefined ? {} : { sealedTo }),
        ...(to === undefined ? {} : { to }),
      };
      const iteration = iterationOf(state.performed, "write", label);
      const written = { label, iteration, event, payload: value, ...receiver };
      return pend(state, { kind: "WriteToLedger", ...written });
    }
    case "Branch":
      return take(state, node, value);
    case "RunSubProtocol": {
      const { label, script, cast, families, onAbort } = node;
      const iteration = iterationOf(state.performed, "call", label);
      const call = { label, script, cast, params: value, iteration };
      const more = {
        ...(families === undefined ? {} : { families }),
        ...(onAbort === undefined ? {} : { onAbort }),
      };
      return pend(state, { kind: "RunSubProtocol", ...call, ...more });
    }
    default:
      throw misused(state, `'${node.instruction}' computes nothing before it runs`);
  }
}

/** The state after the answer to a node's last instruction: its fact known, the node done. */
function learn(
  state: InterpreterState,
  node: ScriptNode,
  result: InstructionResult,
): InterpreterState {
  if (node.instruction === "WriteToLedger" && node.toEach !== undefined) {
    const sent = state.sent + 1;
    const members = membersOf(state.session.cast, node.toEach);
    if (sent < members.length) return { ...state, sent, pending: undefined };
  }
  const joined = result.kind === "Joined" ? join(state, result.blocks) : state;
  const facts = Object.freeze({ ...joined.facts, ...factOf(node, result) });
  const performed = Object.freeze({ ...joined.performed, ...performance(joined.performed, node) });
  const done = { frames: advance(state.frames), sent: 0, pending: undefined };
  return { ...state, ...done, facts, performed };
}

/** What each block has learnt and performed beside what was known before all of them. */
function join(
  { facts, performed }: InterpreterState,
  blocks: readonly Pick<InterpreterState, "facts" | "performed">[],
): { readonly facts: Facts; readonly performed: Performed } {
  const isNew = ([label, value]: readonly [string, unknown]): boolean =>
    !Object.hasOwn(facts, label) || facts[label] !== value;
  const learnt = blocks.flatMap((block) => Object.entries(block.facts).filter(isNew));
  const counted = blocks.flatMap((block) =>
    Object.entries(block.performed).filter(([key, count]) => count !== performed[key]),
  );
  return {
    facts: { ...facts, ...Object.fromEntries(learnt) },
    performed: { ...performed, ...Object.fromEntries(counted) },
  };
}

function factOf(node: ScriptNode, result: InstructionResult): Facts {
  const label = node.label ?? "";
  switch (result.kind) {
    case "Computed":
      return { [label]: result.value };
    case "Written":
      // What each member was told is many values, and no fact of this role.
      return node.instruction === "WriteToLedger" && node.toEach !== undefined
        ? {}
        : { [label]: result.payload };
    case "Event":
      return { [label]: result.event?.payload };
    case "CollectedEvents":
      return { [label]: result.events };
    case "LedgerState":
      return { [label]: result.state };
    case "CurrentEpoch":
      return { [label]: result.epoch };
    case "SubProtocol":
      return { [label]: result.result };
    case "Acknowledged":
    case "Chosen":
    case "Joined":
    case "Failed":
      return {};
  }
}
