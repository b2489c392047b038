/** What a role does as a Mermaid state diagram: a state for each instruction. */
import type { GlobalType, ProjectedBody, ProjectedNode } from "../../dsl/index.ts";
import { describeNode, stepsByLabel } from "../describe.ts";
import type { StepsByLabel } from "../describe.ts";
import type { SourceCode } from "../source.ts";
import { escaped, nested } from "./mermaid.ts";

/** Where an arrow comes from, and what is written on it. */
interface Exit {
  readonly state: string;
  readonly label?: string;
}

/** The text of the diagram of `body`, which a role does in `global`. */
export function drawStates(
  global: GlobalType<SourceCode>,
  role: string,
  body: ProjectedBody<SourceCode>,
): string {
  const drawing = new Drawing(stepsByLabel(global.steps));
  const exits = drawing.body(body, [{ state: "[*]" }], new Map());
  drawing.connect(exits, "[*]");
  const title = ["---", `title: "${global.name}, ${role}"`, "---"];
  return `${[...title, "stateDiagram-v2", ...nested(drawing.lines)].join("\n")}\n`;
}

class Drawing {
  readonly lines: string[] = [];
  private count = 0;
  private readonly steps: StepsByLabel;

  constructor(steps: StepsByLabel) {
    this.steps = steps;
  }

  /** Draws `body` from `entries` on; `loops` are the states of the loops around it. */
  body(
    body: ProjectedBody<SourceCode>,
    entries: readonly Exit[],
    loops: ReadonlyMap<string, string>,
  ): readonly Exit[] {
    return body.reduce((exits, node) => this.node(node, exits, loops), entries);
  }

  connect(exits: readonly Exit[], state: string): void {
    for (const { state: from, label } of exits) {
      this.lines.push(`${from} --> ${state}${label === undefined ? "" : ` : ${escaped(label)}`}`);
    }
  }

  private node(
    node: ProjectedNode<SourceCode>,
    entries: readonly Exit[],
    loops: ReadonlyMap<string, string>,
  ): readonly Exit[] {
    switch (node.instruction) {
      case "Branch": {
        const state = this.enter(node, entries);
        return this.parts(node.branches, state, loops);
      }
      case "Loop": {
        const state = this.enter(node, entries);
        return this.body(node.steps, [{ state }], new Map([...loops, [node.label, state]]));
      }
      case "Again":
        this.connect(entries, loops.get(node.label) ?? "[*]");
        return [];
      case "Fork": {
        const [fork, join] = [this.state("<<fork>>"), this.state("<<join>>")];
        this.connect(entries, fork);
        this.connect(this.parts(node.blocks, fork, loops), join);
        return [{ state: join }];
      }
      case "Abort":
      case "AwaitAbort":
      case "Return":
        this.connect([{ state: this.enter(node, entries) }], "[*]");
        return [];
      default:
        return [{ state: this.enter(node, entries) }];
    }
  }

  private parts(
    parts: Readonly<Record<string, ProjectedBody<SourceCode>>>,
    state: string,
    loops: ReadonlyMap<string, string>,
  ): readonly Exit[] {
    return Object.entries(parts).flatMap(([label, body]) =>
      this.body(body, [{ state, label }], loops),
    );
  }

  /** A state for `node`, entered from `entries`. */
  private enter(node: ProjectedNode<SourceCode>, entries: readonly Exit[]): string {
    const state = this.state();
    this.lines.push(`${state} : ${escaped(describeNode(node, this.steps).replace(/\.$/, ""))}`);
    this.connect(entries, state);
    return state;
  }

  private state(kind?: string): string {
    this.count += 1;
    const state = `s${this.count}`;
    if (kind !== undefined) this.lines.push(`state ${state} ${kind}`);
    return state;
  }
}
