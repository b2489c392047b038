/** Devices that cheat: the generated scripts, with what they say or do at one step replaced. */
import type { AnyEvent, Script, ScriptBody, ScriptNode } from "../../dsl/index.ts";

/**
 * The script that says something else at `label`.
 *
 * @param lie is given what an honest device would say and all that it knows
 */
export function lying(
  script: Script,
  label: string,
  lie: (honest: never, context: never) => unknown,
): Script {
  return replace(script, label, (node) => {
    const { payload, event } = node;
    const says = async (context: never) => lie((await payload(context)) as never, context);
    return { ...node, event: unchecked(event), payload: says };
  });
}

/** The script that does not write its event at `label`. */
export function silentAt(script: Script, label: string): Script {
  const drop = (steps: ScriptBody): ScriptBody =>
    steps.filter((node) => !isWrite(node, label)).map((node) => within(node, drop));
  return { ...script, steps: drop(script.steps) };
}

type WriteNode = Extract<ScriptNode, { readonly instruction: "WriteToLedger" }>;

function replace(script: Script, label: string, change: (node: WriteNode) => ScriptNode): Script {
  const map = (steps: ScriptBody): ScriptBody =>
    steps.map((node) => (isWrite(node, label) ? change(node) : within(node, map)));
  return { ...script, steps: map(script.steps) };
}

/** The node with the lists of nodes in it changed: branches, a loop's body, blocks. */
function within(node: ScriptNode, change: (steps: ScriptBody) => ScriptBody): ScriptNode {
  const each = (bodies: Readonly<Record<string, ScriptBody>>) =>
    Object.fromEntries(Object.entries(bodies).map(([name, steps]) => [name, change(steps)]));
  if (node.instruction === "Branch") return { ...node, branches: each(node.branches) };
  if (node.instruction === "Loop") return { ...node, steps: change(node.steps) };
  if (node.instruction === "Fork") return { ...node, blocks: each(node.blocks) };
  return node;
}

function isWrite(node: ScriptNode, label: string): node is WriteNode {
  return node.instruction === "WriteToLedger" && node.label === label;
}

/** The same event to others; a liar does not check what it says itself. */
function unchecked(event: AnyEvent): AnyEvent {
  const validate = (value: unknown) => ({ value });
  return { ...event, schema: { "~standard": { version: 1, vendor: "liar", validate } } };
}
