/** Devices that cheat: the generated scripts, with what they say or do at one step replaced. */
import type { AnyEvent, Script, ScriptBody, ScriptBranches, ScriptNode } from "../../dsl/index.ts";

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
  return { ...script, steps: changed(script.steps, label, () => []) };
}

type WriteNode = Extract<ScriptNode, { readonly instruction: "WriteToLedger" }>;

function replace(script: Script, label: string, change: (node: WriteNode) => ScriptNode): Script {
  return { ...script, steps: changed(script.steps, label, (node) => [change(node)]) };
}

/** The body with its writes at `label` changed, in branches, loops and blocks too. */
function changed(
  body: ScriptBody,
  label: string,
  change: (node: WriteNode) => ScriptBody,
): ScriptBody {
  const within = (bodies: ScriptBranches): ScriptBranches =>
    Object.fromEntries(
      Object.entries(bodies).map(([name, each]) => [name, changed(each, label, change)]),
    );
  return body.flatMap((node): ScriptBody => {
    switch (node.instruction) {
      case "WriteToLedger":
        return node.label === label ? change(node) : [node];
      case "Branch":
        return [{ ...node, branches: within(node.branches) }];
      case "Loop":
        return [{ ...node, steps: changed(node.steps, label, change) }];
      case "Fork":
        return [{ ...node, blocks: within(node.blocks) }];
      default:
        return [node];
    }
  });
}

/** The same event to others; a liar does not check what it says itself. */
function unchecked(event: AnyEvent): AnyEvent {
  const validate = (value: unknown) => ({ value });
  return { ...event, schema: { "~standard": { version: 1, vendor: "liar", validate } } };
}
