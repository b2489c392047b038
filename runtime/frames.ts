/** The stack of the interpreter: where in a script's nested lists of nodes a role stands. */
import type { ScriptBody, ScriptNode } from "../dsl/index.ts";
import type { Frame, Turn } from "./instruction.ts";

type Frames = readonly Frame[];

/** The stack of a list that begins. */
export function frameOf(body: ScriptBody): Frames {
  return Object.freeze([Object.freeze({ body, index: 0 })]);
}

/** The current node; `undefined` at the end of the innermost list. */
export function nodeOf(frames: Frames): ScriptNode | undefined {
  const top = frames.at(-1);
  return top?.body[top.index];
}

/** Past the current node. */
export function advance(frames: Frames): Frames {
  return frames.map((frame, at) =>
    at === frames.length - 1 ? Object.freeze({ ...frame, index: frame.index + 1 }) : frame,
  );
}

/** Into a list of the current node. */
export function enter(frames: Frames, body: ScriptBody, loop?: Frame["loop"]): Frames {
  return [...frames, Object.freeze({ body, index: 0, ...(loop === undefined ? {} : { loop }) })];
}

/** Out of the innermost list, and past the node that it belongs to. */
export function leave(frames: Frames): Frames {
  return advance(frames.slice(0, -1));
}

/** At the start of the next turn of a loop; `undefined` where none of this label is around. */
export function nextTurn(frames: Frames, label: string): Frames | undefined {
  const at = frames.findLastIndex(({ loop }) => loop?.loop === label);
  const frame = frames[at];
  if (frame?.loop === undefined) return undefined;
  const loop = { ...frame.loop, turn: frame.loop.turn + 1 };
  return [...frames.slice(0, at), Object.freeze({ ...frame, index: 0, loop })];
}

/** The turns of the loops, the outermost first. */
export function turnsOf(frames: Frames): readonly Turn[] {
  return frames.flatMap(({ loop }) =>
    loop === undefined ? [] : [Object.freeze({ loop: loop.loop, turn: loop.turn })],
  );
}

/** Everything that may come once `branch` of the current node is taken: it may lead to a next turn. */
export function reachable(frames: Frames, branch: ScriptBody): ScriptBody {
  const nodes = [...branch];
  for (const { body, index, loop } of frames.toReversed()) {
    nodes.push(...body.slice(index + 1));
    const isAgain = (node: ScriptNode): boolean =>
      node.instruction === "Again" && node.label === loop?.loop;
    if (flatten(nodes).some(isAgain)) nodes.push(...body);
  }
  return nodes;
}

/** The nodes that a list may begin with: a loop or a choice begins with what is first inside. */
export function leading(body: ScriptBody): ScriptBody {
  const [first] = body;
  if (first === undefined) return [];
  if (first.instruction === "Loop") return leading(first.steps);
  if (first.instruction === "Branch") return Object.values(first.branches).flatMap(leading);
  return [first];
}

/** All nodes of a list, however deep. */
export function flatten(body: ScriptBody): ScriptBody {
  return body.flatMap((node) => {
    switch (node.instruction) {
      case "Branch":
        return Object.values(node.branches).flatMap(flatten);
      case "Loop":
        return flatten(node.steps);
      case "Fork":
        return Object.values(node.blocks).flatMap(flatten);
      default:
        return [node];
    }
  });
}
