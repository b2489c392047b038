/** Devices that cheat: the generated scripts, with what they say or do at one step replaced. */
import type { AnyEvent, Script, ScriptNode } from "../../dsl/index.ts";

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
  const steps = script.steps.filter((node) => !isWrite(node, label));
  return { ...script, steps };
}

type WriteNode = Extract<ScriptNode, { readonly instruction: "WriteToLedger" }>;

function replace(script: Script, label: string, change: (node: WriteNode) => ScriptNode): Script {
  const steps = script.steps.map((node) => (isWrite(node, label) ? change(node) : node));
  return { ...script, steps };
}

function isWrite(node: ScriptNode, label: string): node is WriteNode {
  return node.instruction === "WriteToLedger" && node.label === label;
}

/** The same event to others; a liar does not check what it says itself. */
function unchecked(event: AnyEvent): AnyEvent {
  const validate = (value: unknown) => ({ value });
  return { ...event, schema: { "~standard": { version: 1, vendor: "liar", validate } } };
}
