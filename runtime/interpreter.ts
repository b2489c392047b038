/**
 * The interpreter of local scripts. It does no I/O and holds no clock: `proceed` takes the answer
 * to the last instruction and gives the next one; whoever drives it performs the instructions, in
 * production or in a simulation (the sans-I/O style of `round-based`'s `StateMachine::proceed`).
 *
 * A state is plain frozen data. A script node is one or two instructions: what an event says is
 * computed before it is written.
 */
import { ProtocolError, epochs } from "../dsl/index.ts";
import type { Epochs, Script, ScriptNode } from "../dsl/index.ts";
import { answers } from "./instruction.ts";
import type { Facts, Instruction, InstructionResult, Wanted } from "./instruction.ts";

/** What the interpreter must know of a session to run a script of it. */
export interface ScriptSession {
  readonly params: unknown;
  readonly cast: Readonly<Record<string, string | readonly string[]>>;
}

export interface InterpreterState {
  readonly script: Script;
  readonly session: ScriptSession;
  /** Index of the current node. */
  readonly counter: number;
  readonly facts: Facts;
  /** The instruction that was given out and not yet answered; `undefined` before the first. */
  readonly pending: Instruction | undefined;
}

/** A state that waits for the answer to its pending instruction. */
export interface Step {
  readonly state: InterpreterState;
  readonly instruction: Instruction;
}

/** Starts `script`: its first instruction. */
export function start(script: Script, session: ScriptSession): Step {
  return give({ script, session, counter: 0, facts: Object.freeze({}), pending: undefined });
}

/**
 * Takes the answer to the pending instruction and gives the next one. A failure gives `Abort`.
 *
 * @throws ProtocolError `InvalidState` if the script has ended or the answer is not to its
 *   instruction: a driver's mistake, never a peer's
 */
export function proceed(state: InterpreterState, result: InstructionResult): Step {
  const { pending } = state;
  if (pending === undefined || pending.kind === "Return" || pending.kind === "Abort") {
    throw misused(state, `the script has ended, and an answer '${result.kind}' came`);
  }
  if (result.kind === "Failed") return abort(state, result.error);
  if (answers[pending.kind] !== result.kind) {
    throw misused(state, `'${pending.kind}' was answered with '${result.kind}'`);
  }
  if (pending.kind === "AwaitEvent" && result.kind === "Event" && result.event === undefined) {
    throw misused(state, "'AwaitEvent' was answered with no event");
  }
  const node = nodeAt(state);
  if (pending.kind === "Compute" && node.instruction !== "Compute" && result.kind === "Computed") {
    return continueWith(state, node, result.value);
  }
  return give(learn(state, node, result));
}

/** Gives out the instruction of the node at the counter. */
function give(state: InterpreterState): Step {
  const node = nodeAt(state);
  const instruction = instructionOf(node, state);
  return pend(state, instruction);
}

function pend(state: InterpreterState, instruction: Instruction): Step {
  return { state: Object.freeze({ ...state, pending: instruction }), instruction };
}

function abort(state: InterpreterState, error: ProtocolError): Step {
  return pend(state, { kind: "Abort", error });
}

function instructionOf(node: ScriptNode, state: InterpreterState): Instruction {
  const { facts } = state;
  const { label } = node;
  switch (node.instruction) {
    case "WriteToLedger":
      return { kind: "Compute", label, action: node.payload, facts };
    case "AwaitEvent":
      return { kind: "AwaitEvent", wanted: wantedBy(node, facts), within: node.within };
    case "AwaitThreshold": {
      const count = countOf(node.atLeast, node.from, state);
      if (count instanceof ProtocolError) return { kind: "Abort", error: count };
      return { kind: "AwaitThreshold", wanted: wantedBy(node, facts), count, within: node.within };
    }
    case "Compute":
      return { kind: "Compute", label, action: node.action, facts };
    case "GetLedgerState":
    case "GetCurrentEpoch":
      return { kind: node.instruction, label };
    case "WaitEpochs":
      return sleepOf(label, node.epochs, state);
    case "RunSubProtocol":
      return { kind: "Compute", label, action: node.params, facts };
    case "CheckForEvent":
      return { kind: "CheckForEvent", wanted: wantedBy(node, facts) };
    case "Return":
      return { kind: "Return", label, result: facts[label] };
  }
}

/** The second half of a node whose first half computed `value`. */
function continueWith(state: InterpreterState, node: ScriptNode, value: unknown): Step {
  const { label } = node;
  switch (node.instruction) {
    case "WriteToLedger": {
      const { event, sealedTo } = node;
      const sealing = sealedTo === undefined ? {} : { sealedTo };
      return pend(state, { kind: "WriteToLedger", label, event, payload: value, ...sealing });
    }
    case "RunSubProtocol": {
      const { script, cast } = node;
      return pend(state, { kind: "RunSubProtocol", label, script, cast, params: value });
    }
    default:
      throw misused(state, `'${node.instruction}' computes nothing before it runs`);
  }
}

/** The state after the answer to the node's last instruction: its fact known, the node done. */
function learn(
  state: InterpreterState,
  node: ScriptNode,
  result: InstructionResult,
): InterpreterState {
  const facts = Object.freeze({ ...state.facts, ...factOf(state, node, result) });
  return { ...state, facts, counter: state.counter + 1, pending: undefined };
}

function factOf(state: InterpreterState, node: ScriptNode, result: InstructionResult): Facts {
  switch (result.kind) {
    case "Computed":
      return { [node.label]: result.value };
    case "Written":
      return { [node.label]: result.payload };
    case "Event":
      return { [node.label]: result.event?.payload };
    case "CollectedEvents":
      return { [node.label]: result.events };
    case "LedgerState":
      return { [node.label]: result.state };
    case "CurrentEpoch":
      return { [node.label]: result.epoch };
    case "SubProtocol":
      return { [node.label]: result.result };
    case "Acknowledged":
    case "Failed":
      return {};
  }
}

type WaitingNode = Extract<ScriptNode, { readonly from: string }>;

function wantedBy(node: WaitingNode, facts: Facts): Wanted {
  const { label, from, event } = node;
  const accept = "accept" in node ? node.accept : undefined;
  const sealed = "sealed" in node ? node.sealed : undefined;
  return {
    ...{ label, from, event, facts },
    ...(accept === undefined ? {} : { accept }),
    ...(sealed === undefined ? {} : { sealed }),
  };
}

/**
 * How many authors `atLeast` stands for. A number that can never be reached fails at once: there is
 * nothing to wait for.
 */
function countOf(
  atLeast: number | string,
  family: string,
  state: InterpreterState,
): number | ProtocolError {
  const members = membersOf(state.session.cast, family).length;
  const count = atLeast === "all" ? members : numberOf(atLeast, state.session.params);
  if (count !== undefined && Number.isSafeInteger(count) && count >= 1 && count <= members) {
    return count;
  }
  return new ProtocolError({
    code: "Infeasible",
    what: `the step waits for ${count ?? `'${atLeast}', which is no number,`} of ${members} ${family} devices`,
    todo: `Ask for 1 to ${members}`,
    where: placeIn(state),
  });
}

/** A sleep: of a span that the script has, or that a parameter says. */
function sleepOf(label: string, span: Epochs | string, state: InterpreterState): Instruction {
  if (typeof span === "number") return { kind: "WaitEpochs", label, epochs: span };
  const count = numberOf(span, state.session.params);
  if (count !== undefined && Number.isSafeInteger(count) && count >= 0) {
    return { kind: "WaitEpochs", label, epochs: epochs(count) };
  }
  const error = new ProtocolError({
    code: "InvalidInput",
    what: `the step sleeps for '${span}', which is no span of time`,
    todo: "Give the parameter a whole number of epochs, 0 or more",
    where: placeIn(state),
  });
  return { kind: "Abort", error };
}

function numberOf(atLeast: number | string, params: unknown): number | undefined {
  if (typeof atLeast === "number") return atLeast;
  if (typeof params !== "object" || params === null) return undefined;
  const value: unknown = Object.entries(params).find(([name]) => name === atLeast)?.[1];
  return typeof value === "number" ? value : undefined;
}

/** The devices that play `role`. */
export function membersOf(
  cast: Readonly<Record<string, string | readonly string[]>>,
  role: string,
): readonly string[] {
  const players = Object.hasOwn(cast, role) ? cast[role] : undefined;
  if (players === undefined) return [];
  return typeof players === "string" ? [players] : players;
}

function nodeAt(state: InterpreterState): ScriptNode {
  const node = state.script.steps[state.counter];
  if (node === undefined) throw misused(state, "the script has no node here: it lacks its Return");
  return node;
}

function placeIn(state: InterpreterState) {
  const { protocol, role, steps } = state.script;
  const step = steps[state.counter]?.label;
  return { protocol, role, ...(step === undefined ? {} : { step }) };
}

function misused(state: InterpreterState, what: string): ProtocolError {
  return new ProtocolError({
    code: "InvalidState",
    what,
    todo: "Answer each instruction once, with the result of its kind",
    where: placeIn(state),
  });
}
