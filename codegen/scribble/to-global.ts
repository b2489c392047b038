/**
 * From the unfolded protocol to a global type. A label stands for one step on any one path; the
 * same message (same name, sender and receivers) in different branches of a choice is one step,
 * which is what merging relies on.
 */
import type { Branch, GlobalStep, Place, Send } from "../../dsl/index.ts";
import type { SourceCode } from "../source.ts";
import { authorNames } from "./author-names.ts";
import type { AuthorNames, DeclaredChoice, DeclaredEvent, EventCode } from "./author-names.ts";
import { labelFrom } from "./names.ts";
import { labelGiver } from "./labels.ts";
import type { LabelGiver, Path } from "./labels.ts";
import type { FlowNode, LoopTarget, MessageNode, NodeBlock } from "./unfold.ts";

export interface ReadSteps {
  readonly steps: readonly GlobalStep<SourceCode>[];
  /** Where each step and each branch stands in the source. */
  readonly places: ReadonlyMap<object, Place>;
  readonly events: readonly DeclaredEvent[];
  readonly choices: readonly DeclaredChoice[];
}

/** What is the same all over one protocol. */
interface Reading {
  readonly labels: LabelGiver;
  readonly names: AuthorNames;
  readonly places: Map<object, Place>;
}

/** What is known on the way to a step. */
interface Way {
  readonly path: Path;
  readonly loops: ReadonlyMap<LoopTarget, string>;
}

/** Most turns of a recursion, for the author to change. */
const atMost = 100;

export function stepsOf(nodes: readonly FlowNode[]): ReadSteps {
  const labels = labelGiver(messageNamesIn(nodes).map(labelFrom));
  const reading = { labels, names: authorNames(), places: new Map<object, Place>() };
  const steps = readNodes(nodes, { path: new Set(), loops: new Map() }, reading);
  const { events, choices } = reading.names;
  return { steps, places: reading.places, events, choices };
}

function messageNamesIn(nodes: readonly FlowNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    switch (node.kind) {
      case "message":
        return [node.name];
      case "choice":
        return node.branches.flatMap((branch) => messageNamesIn(branch.nodes));
      case "rec":
        return messageNamesIn(node.nodes);
      case "again":
        return [];
      case "parallel":
        return node.blocks.flatMap((block) => messageNamesIn(block.nodes));
    }
  });
}

function readNodes(
  nodes: readonly FlowNode[],
  way: Way,
  reading: Reading,
): readonly GlobalStep<SourceCode>[] {
  return nodes.flatMap((node) => {
    const steps = readNode(node, way, reading);
    for (const step of steps) reading.places.set(step, node.place);
    return steps;
  });
}

function readNode(node: FlowNode, way: Way, reading: Reading): readonly GlobalStep<SourceCode>[] {
  switch (node.kind) {
    case "message":
      return readMessage(node, way, reading);
    case "choice": {
      const branches = readBranches(node.branches, way, reading);
      const label = branches.map((branch) => branch.label).join(" | ");
      const by = node.at;
      const decide = reading.names.decide(by, branches, node.place);
      return [{ verb: "choice", label, by, decide, branches }];
    }
    case "rec": {
      const label = reading.labels.loop(node.target.name, way.path);
      const loops = new Map([...way.loops, [node.target, label]]);
      const steps = readNodes(node.nodes, { ...way, loops }, reading);
      return [{ verb: "rec", label, atMost, steps }];
    }
    case "again": {
      const bound = node.target === undefined ? undefined : way.loops.get(node.target);
      const label = bound ?? reading.labels.unbound(node.name);
      return [{ verb: "again", label }];
    }
    case "parallel": {
      const blocks = node.blocks.map((block) => readBlock(block, way, reading));
      const label = blocks.map((block) => block.label).join(" || ");
      return [{ verb: "parallel", label, blocks }];
    }
  }
}

/** A send for each receiver, in order; what is sent is made once. */
function readMessage(
  { name, payload, from: by, to: all, place }: MessageNode,
  way: Way,
  reading: Reading,
): readonly Send<SourceCode>[] {
  let first: EventCode | undefined;
  return all.map((to) => {
    const label = reading.labels.message({ name, by, to, all }, way.path);
    const codes = reading.names.event(label, { payload, by, place, first });
    first ??= codes;
    return {
      ...{ verb: "send", label, by, to, event: codes.event, payload: codes.payload },
      within: { text: "epochs(100)", names: [], place },
    };
  });
}

/** Each branch goes on from what was there before the choice; after it, all labels are used. */
function readBranches(
  blocks: readonly NodeBlock[],
  way: Way,
  reading: Reading,
): readonly Branch<SourceCode>[] {
  const before = [...way.path];
  return blocks.map((block) => {
    const path = new Set(before);
    const branch = readBlock(block, { ...way, path }, reading);
    for (const label of path) way.path.add(label);
    return branch;
  });
}

function readBlock(block: NodeBlock, way: Way, reading: Reading): Branch<SourceCode> {
  const steps = readNodes(block.nodes, way, reading);
  const branch = { label: firstLabel(steps), steps };
  reading.places.set(branch, block.place);
  return branch;
}

/** The first label that the notation of `steps` shows. */
function firstLabel(steps: readonly GlobalStep<SourceCode>[]): string {
  const [first] = steps;
  if (first === undefined) return "";
  switch (first.verb) {
    case "choice":
      return first.branches[0]?.label ?? "";
    case "rec":
      return firstLabel(first.steps);
    case "parallel":
      return first.blocks[0]?.label ?? "";
    default:
      return first.label;
  }
}
