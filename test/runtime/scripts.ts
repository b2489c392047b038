/** Local scripts written by hand, and sessions to run them in. */
import * as v from "valibot";
import { accepted, epochs, event } from "../../dsl/index.ts";
import type { AnyAccept, AnyEvent, Script, ScriptNode } from "../../dsl/index.ts";
import { openSession } from "../../runtime/index.ts";
import type { AccountRoster, Session, SessionCast } from "../../runtime/index.ts";

/** What most tests' events say. */
export const Said = event("Said", v.strictObject({ text: v.string() }), "device");

export const Shouted = event("Shouted", v.strictObject({ text: v.string() }), "device");

export const GaveUp = event(
  "GaveUp",
  v.strictObject({
    reason: v.string(),
    blamed: v.array(
      v.strictObject({ device: v.string(), reason: v.string(), evidence: v.array(v.string()) }),
    ),
  }),
  "device",
);

/** A script of the protocol `test`; it returns the fact under its last node's label. */
export function scriptOf(role: string, ...nodes: readonly ScriptNode[]): Script {
  const label = nodes.at(-1)?.label ?? "Nothing";
  const steps: readonly ScriptNode[] = [...nodes, { instruction: "Return", label }];
  return { protocol: "test", role, digest: "00".repeat(32), abort: GaveUp, steps };
}

/** Writes `text`, or what is computed from the facts. */
export function say(
  label: string,
  text: string | ((context: never) => unknown),
  type: AnyEvent = Said,
): ScriptNode {
  const payload = typeof text === "string" ? () => ({ text }) : text;
  return { instruction: "WriteToLedger", label, event: type, payload };
}

/** Waits for one event, ten epochs. */
export function hear(label: string, from: string, accept: AnyAccept = anything): ScriptNode {
  const within = epochs(10);
  return { instruction: "AwaitEvent", label, from, event: Said, within, accept };
}

/** Waits for events of `atLeast` authors, ten epochs. */
export function gather(
  label: string,
  from: string,
  atLeast: number | string,
  accept: AnyAccept = anything,
): ScriptNode {
  const within = epochs(10);
  return { instruction: "AwaitThreshold", label, from, event: Said, atLeast, within, accept };
}

export function compute(label: string, action: (context: never) => unknown): ScriptNode {
  return { instruction: "Compute", label, action };
}

export function sleep(label: string, count: number): ScriptNode {
  return { instruction: "WaitEpochs", label, epochs: epochs(count) };
}

/** Nodes in nodes, by the label of each list. */
export type Lists = Readonly<Record<string, readonly ScriptNode[]>>;

export function select(branches: Lists, decide: (context: never) => unknown): ScriptNode {
  const label = Object.keys(branches).join(" | ");
  // What an author's function returns is not to be trusted: some tests let it return nonsense.
  const decideOn = async (context: never) => (await decide(context)) as string;
  return { instruction: "Branch", label, decide: decideOn, branches };
}

export function offer(from: string, branches: Lists): ScriptNode {
  return { instruction: "Branch", label: Object.keys(branches).join(" | "), from, branches };
}

export function loop(
  label: string,
  atMost: number | string,
  ...steps: readonly ScriptNode[]
): ScriptNode {
  return { instruction: "Loop", label, atMost, steps };
}

export function again(label: string): ScriptNode {
  return { instruction: "Again", label };
}

export function fork(blocks: Lists): ScriptNode {
  return { instruction: "Fork", label: Object.keys(blocks).join(" || "), blocks };
}

export function giveUp(reason: string): ScriptNode {
  return { instruction: "Abort", label: "abort", reason };
}

export function awaitAbort(from: string): ScriptNode {
  return { instruction: "AwaitAbort", label: "abort", from, within: epochs(10) };
}

export const ret: ScriptNode = { instruction: "Return" };

function anything() {
  return accepted;
}

/** A session of the protocol `test`. */
export function sessionOf(roster: AccountRoster, cast: SessionCast, params: unknown = {}): Session {
  const script = { protocol: "test", digest: "00".repeat(32) };
  return openSession({ roster, script, params, cast, nonce: new Uint8Array(16) });
}
