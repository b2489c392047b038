/** What a node of a script asks for when a role comes to it. Part of the interpreter. */
import { ProtocolError, epochs } from "../dsl/index.ts";
import type { Epochs, ProtocolErrorInit, ScriptBody, ScriptNode } from "../dsl/index.ts";
import { membersOf, numberOf, wholeNumber } from "./amounts.ts";
import { flatten, leading, nodeOf, reachable, turnsOf } from "./frames.ts";
import { addressedStep } from "./ledger/addressed.ts";
import type {
  Action,
  Alternative,
  FirstEvent,
  Instruction,
  InterpreterState,
  Performed,
  Standing,
  Wanted,
} from "./instruction.ts";

/** Control, which the interpreter performs itself. */
type Asking = Exclude<ScriptNode, { readonly instruction: "Loop" | "Again" | "Fork" }>;
type Waiting = Extract<ScriptNode, { readonly instruction: "AwaitEvent" | "AwaitThreshold" }>;
type Check = Extract<ScriptNode, { readonly instruction: "CheckForEvent" }>;
type Branch = Extract<ScriptNode, { readonly instruction: "Branch" }>;
type Offer = Extract<Branch, { readonly from: string }>;

export function instructionOf(node: Asking, state: InterpreterState): Instruction {
  switch (node.instruction) {
    case "WriteToLedger":
      return payloadFor(node, state);
    case "AwaitEvent":
      return { kind: "AwaitEvent", wanted: wantedBy(node, state), ...waitOf(node) };
    case "AwaitThreshold": {
      const count = countOf(node.atLeast, node.from, state);
      if (typeof count !== "number") return count;
      return { kind: "AwaitThreshold", wanted: wantedBy(node, state), count, ...waitOf(node) };
    }
    case "Compute":
      return compute(node.label, node.action, state);
    case "GetLedgerState":
    case "GetCurrentEpoch":
      return { kind: node.instruction, label: node.label };
    case "WaitEpochs":
      return sleepOf(node.label, node.epochs, state);
    case "CheckForEvent":
      return lookOf(node, state);
    case "Branch":
      if (node.decide === undefined) return offerOf(node, state);
      return { ...compute(node.label, node.decide, state), firsts: firstsOf(node, state) };
    case "RunSubProtocol":
      return compute(node.label, node.params, state);
    case "Abort": {
      const todo = "Start a new session if its result is still wanted";
      return failed(state, { code: "Aborted", what: node.reason, todo });
    }
    case "AwaitAbort":
      return { kind: "AwaitAbort", label: node.label, from: node.from, within: node.within };
    case "Return":
      return resultOf(node.label, state);
  }
}

/** How often a step has been performed: the iteration that comes next. */
export function iterationOf(
  performed: Performed,
  kind: "write" | "wait" | "call",
  label: string,
): number {
  return performed[`${kind} ${label}`] ?? 0;
}

/** What is to be counted when `node` is done. */
export function performance(performed: Performed, node: ScriptNode): Performed {
  switch (node.instruction) {
    case "WriteToLedger":
      return { [`write ${node.label}`]: iterationOf(performed, "write", node.label) + 1 };
    case "AwaitEvent":
    case "AwaitThreshold":
      return { [`wait ${node.label}`]: iterationOf(performed, "wait", node.label) + 1 };
    case "RunSubProtocol":
      return { [`call ${node.label}`]: iterationOf(performed, "call", node.label) + 1 };
    default:
      return {};
  }
}

/** The script gives up. */
export function failed(
  state: InterpreterState,
  error: Omit<ProtocolErrorInit, "where">,
): Extract<Instruction, { readonly kind: "Abort" }> {
  return { kind: "Abort", error: new ProtocolError({ ...error, where: placeIn(state) }) };
}

export function misused(state: InterpreterState, what: string): ProtocolError {
  return new ProtocolError({
    code: "InvalidState",
    what,
    todo: "Answer each instruction once, with the result of its kind",
    where: placeIn(state),
  });
}

function placeIn({ script, frames }: InterpreterState) {
  const { protocol, role } = script;
  const step = nodeOf(frames)?.label;
  return { protocol, role, ...(step === undefined ? {} : { step }) };
}

function standing({ facts, outer, frames }: InterpreterState): Standing {
  return { facts, turns: turnsOf([...outer, ...frames]) };
}

function compute(label: string, action: Action, state: InterpreterState) {
  return { kind: "Compute", label, action, ...standing(state) } as const;
}

function payloadFor(
  { label, payload, toEach }: Extract<ScriptNode, { readonly instruction: "WriteToLedger" }>,
  state: InterpreterState,
): Instruction {
  if (toEach === undefined) return compute(label, payload, state);
  const to = membersOf(state.session.cast, toEach)[state.sent];
  if (to !== undefined) return { ...compute(label, payload, state), to };
  const todo = "Cast at least one device";
  return failed(state, { code: "InvalidState", what: `nobody plays the role '${toEach}'`, todo });
}

function waitOf({ within, onTimeout }: Waiting) {
  return onTimeout === undefined ? { within } : { within, onTimeout };
}

function wantedBy(node: Waiting, state: InterpreterState): Wanted {
  const { label, from, event, accept, sealed, addressed } = node;
  const { performed } = state;
  return {
    ...{ label, from, event, performed, ...standing(state) },
    iteration: iterationOf(performed, "wait", label),
    ...(accept === undefined ? {} : { accept }),
    ...(sealed === undefined ? {} : { sealed }),
    ...(addressed === undefined ? {} : { addressed }),
  };
}

/** The look is at the latest turn of the step that this role has performed, by writing or waiting. */
function lookOf(
  { label, of, from, event, collected }: Check,
  state: InterpreterState,
): Instruction {
  const { performed } = state;
  const count = Math.max(iterationOf(performed, "wait", of), iterationOf(performed, "write", of));
  const wanted: Wanted = {
    ...{ label: of, from, event, performed, ...standing(state) },
    iteration: Math.max(0, count - 1),
  };
  const more = collected === undefined ? {} : { collected };
  return { kind: "CheckForEvent", label, wanted, isPerformed: count > 0, ...more };
}

/** A wait for the first event of any branch; a branch can have more than one first event. */
function offerOf({ label, from, branches }: Offer, state: InterpreterState): Instruction {
  const ways = Object.entries(branches).map(([branch, body]) => {
    const heads = leading(body);
    const waits = heads.filter((head) => head.instruction === "AwaitEvent");
    const nodes = flatten(reachable([...state.outer, ...state.frames], body));
    const later = new Set(nodes.flatMap((node) => ("within" in node ? [node.label] : [])));
    return { branch, waits, later, isWait: heads.length > 0 && waits.length === heads.length };
  });
  const other = ways.find(({ isWait }) => !isWait);
  const within = ways.flatMap(({ waits }) => waits).reduce<Epochs>(longest, epochs(0));
  if (ways.length === 0 || other !== undefined) {
    const what = `the branch '${other?.branch ?? ""}' of '${label}' does not begin with a wait for an event`;
    return failed(state, { code: "InvalidState", what, todo: "Generate the script anew" });
  }
  const alternatives = ways.flatMap(({ branch, waits, later }): readonly Alternative[] =>
    waits.map((wait) => ({ branch, wanted: wantedBy(wait, state), later })),
  );
  return { kind: "AwaitBranch", label, from, alternatives, within };
}

function longest(a: Epochs, { within }: { readonly within: Epochs }): Epochs {
  return a > within ? a : within;
}

/** What this device would write first in each branch: where it has, it decided before a restart. */
function firstsOf({ branches }: Branch, state: InterpreterState): readonly FirstEvent[] {
  const firstIn = (branch: string, body: ScriptBody): readonly FirstEvent[] =>
    leading(body).flatMap((node) => {
      if (node.instruction !== "WriteToLedger") return [];
      const { label, toEach } = node;
      const [to = ""] = toEach === undefined ? [] : membersOf(state.session.cast, toEach);
      const iteration = iterationOf(state.performed, "write", label);
      return [{ branch, step: to === "" ? label : addressedStep(label, to), iteration }];
    });
  return Object.entries(branches).flatMap(([branch, body]) => firstIn(branch, body));
}

/**
 * How many authors `atLeast` stands for. A number that can never be reached fails at once: there is
 * nothing to wait for.
 */
function countOf(atLeast: number | string, family: string, state: InterpreterState) {
  const { cast, params } = state.session;
  const members = membersOf(cast, family).length;
  const asked = atLeast === "all" ? members : atLeast;
  const count = wholeNumber(asked, params, 1, members);
  if (count !== undefined) return count;
  const said = numberOf(asked, params) ?? `'${atLeast}', which is no number,`;
  return failed(state, {
    code: "Infeasible",
    what: `the step waits for ${said} of ${members} ${family} devices`,
    todo: `Ask for 1 to ${members}`,
  });
}

/** A sleep: of a span that the script has, or that a parameter says. */
function sleepOf(label: string, span: Epochs | string, state: InterpreterState): Instruction {
  const count = wholeNumber(span, state.session.params, 0);
  if (count !== undefined) return { kind: "WaitEpochs", label, epochs: epochs(count) };
  return failed(state, {
    code: "InvalidInput",
    what: `the step sleeps for '${span}', which is no span of time`,
    todo: "Give the parameter a whole number of epochs, 0 or more",
  });
}

function resultOf(label: string | undefined, state: InterpreterState): Instruction {
  if (state.outer.length > 0) {
    const todo = "Generate the script anew";
    return failed(state, { code: "InvalidState", what: "a block of a fork cannot return", todo });
  }
  if (label === undefined) return { kind: "Return", result: undefined };
  return { kind: "Return", label, result: state.facts[label] };
}
