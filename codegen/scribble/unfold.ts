/**
 * From the syntax tree of one protocol to a tree in which every `do` is replaced by what it calls.
 * A call of a protocol that is being unfolded already, with the same arguments, goes back to its
 * start; so a recursive protocol becomes a recursion.
 */
import type { Place } from "../../dsl/index.ts";
import { frameOf, startFrame } from "./frame.ts";
import type { Call, Frame } from "./frame.ts";
import { joinBlocks, joinBranches, unfoldBudget } from "./join.ts";
import type { Budget } from "./join.ts";
import { maxDepth } from "./parse-interaction.ts";
import type { Payload } from "./payload.ts";
import { refuseAt } from "./refuse.ts";
import type {
  Block,
  Do,
  GlobalProtocol,
  Interaction,
  MessageTransfer,
  Recursion,
  ScribbleModule,
} from "./syntax.ts";

/** What `again` goes back to. */
export interface LoopTarget {
  readonly name: string;
}

export interface MessageNode {
  readonly kind: "message";
  readonly name: string;
  readonly payload: Payload;
  readonly from: string;
  readonly to: readonly string[];
  readonly place: Place;
}

interface ChoiceNode {
  readonly kind: "choice";
  readonly at: string;
  readonly branches: readonly NodeBlock[];
  readonly place: Place;
}

interface RecNode {
  readonly kind: "rec";
  readonly target: LoopTarget;
  readonly nodes: readonly FlowNode[];
  readonly place: Place;
}

interface AgainNode {
  readonly kind: "again";
  /** Absent where no recursion of that name is around it. */
  readonly target?: LoopTarget;
  readonly name: string;
  readonly place: Place;
}

interface ParallelNode {
  readonly kind: "parallel";
  readonly blocks: readonly NodeBlock[];
  readonly place: Place;
}

export type FlowNode = MessageNode | ChoiceNode | RecNode | AgainNode | ParallelNode;

export interface NodeBlock {
  readonly place: Place;
  readonly nodes: readonly FlowNode[];
}

/** Where in its protocol an interaction stands. */
interface Scope {
  readonly frame: Frame;
  /** Whether the protocol is at its end after it. */
  readonly tail: boolean;
  readonly loops: ReadonlyMap<string, LoopTarget>;
  readonly depth: number;
}

/** `root` with all its calls unfolded; `roles` are our names for its roles, by theirs. */
export function unfold(
  module: ScribbleModule,
  root: GlobalProtocol,
  roles: ReadonlyMap<string, string>,
): readonly FlowNode[] {
  const { text, place } = root.name;
  const nodes = unfoldCall(startFrame(module, root, roles), place, 1, unfoldBudget(place));
  if (nodes.length > 0) return nodes;
  throw refuseAt(place, `the protocol '${text}' has no message`, "Give it one, or make it aux");
}

function unfoldCall(
  frame: Frame,
  place: Place,
  depth: number,
  budget: Budget,
): readonly FlowNode[] {
  const scope = { frame, tail: true, loops: new Map(), depth };
  const nodes = unfoldBlock(frame.protocol.body, scope, budget);
  if (!frame.isCalledAgain()) return nodes;
  budget.spend(1);
  return [{ kind: "rec", target: frame.target, nodes, place }];
}

function unfoldBlock(block: Block, scope: Scope, budget: Budget): readonly FlowNode[] {
  const { interactions } = block;
  if (scope.depth > maxDepth) {
    throw refuseAt(
      block.place,
      `with its calls unfolded, the protocol is nested deeper than ${maxDepth}`,
      "Call fewer protocols within each other",
    );
  }
  return interactions.flatMap((interaction, index) =>
    unfoldInteraction(
      interaction,
      { ...scope, tail: scope.tail && index === interactions.length - 1 },
      budget,
    ),
  );
}

function unfoldInteraction(
  interaction: Interaction,
  scope: Scope,
  budget: Budget,
): readonly FlowNode[] {
  const { place } = interaction;
  const { frame } = scope;
  budget.spend(1);
  const inner = (block: Block, tail: boolean): NodeBlock => ({
    place: block.place,
    nodes: unfoldBlock(block, { ...scope, tail, depth: scope.depth + 1 }, budget),
  });
  switch (interaction.kind) {
    case "message": {
      const { name, payload } = frame.said(interaction.signature);
      const from = frame.role(interaction.from);
      const to = receiversOf(interaction, frame);
      budget.spend(to.length - 1);
      return [{ kind: "message", name, payload, from, to, place }];
    }
    case "choice": {
      const branches = interaction.branches.map((branch) => inner(branch, scope.tail));
      return joinBranches(frame.role(interaction.at), branches, interaction, budget);
    }
    case "rec":
      return unfoldRecursion(interaction, scope, budget);
    case "continue": {
      const { text } = interaction.variable;
      const target = scope.loops.get(text);
      if (target !== undefined) return [{ kind: "again", target, name: text, place }];
      if (frame.parent !== undefined) {
        throw refuseAt(place, `no 'rec ${text}' is around this 'continue'`, "Name one that is");
      }
      return [{ kind: "again", name: text, place }];
    }
    case "par":
      return joinBlocks(
        interaction.blocks.map((block) => inner(block, false)),
        place,
      );
    case "do":
      return unfoldDo(interaction, scope, budget);
  }
}

function receiversOf({ to }: MessageTransfer, frame: Frame): readonly string[] {
  const receivers = new Set<string>();
  for (const name of to) {
    const role = frame.role(name);
    if (receivers.has(role)) {
      throw refuseAt(name.place, `the message goes to '${name.text}' twice`, "Name it once");
    }
    receivers.add(role);
  }
  return [...receivers];
}

function unfoldRecursion(
  { variable, body, place }: Recursion,
  scope: Scope,
  budget: Budget,
): readonly FlowNode[] {
  const target = { name: variable.text };
  const loops = new Map([...scope.loops, [variable.text, target]]);
  const nodes = unfoldBlock(body, { ...scope, loops, depth: scope.depth + 1 }, budget);
  if (nodes.length === 0) {
    throw refuseAt(place, `'rec ${variable.text}' holds no message`, "Give it one, or take it out");
  }
  return [{ kind: "rec", target, nodes, place }];
}

function unfoldDo(call: Do, scope: Scope, budget: Budget): readonly FlowNode[] {
  const callee: Call = frameOf(call, scope.frame, scope.tail);
  const { place } = call;
  if (callee.state === "new") return unfoldCall(callee.frame, place, scope.depth + 1, budget);
  const { target } = callee.frame;
  if (callee.isTail) return [{ kind: "again", target, name: target.name, place }];
  throw refuseAt(
    place,
    `'${call.protocol.text}' calls itself here, and something is still to be done after the call`,
    "Make the recursive 'do' the last interaction of the protocol, outside of 'par'",
  );
}
