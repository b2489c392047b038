/**
 * Wrong versions of the DKD choreography, made from its source: every pair of steps swapped, every
 * step left out and repeated, and the mistakes of other kinds that its author could make.
 */
import { readFileSync } from "node:fs";

export interface Mutant {
  readonly name: string;
  readonly text: string;
  /** Line of the mistake, from 1: there the compiler must refuse the program. */
  readonly line: number;
}

interface Source {
  readonly head: string;
  /** The steps, each as the text of its lines. */
  readonly steps: readonly string[];
  readonly end: string;
}

const steps = ["Initiate", "Commit", "Reveal", "Aggregate", "Finalize"] as const;

/** All wrong versions; `depth` is how far below the root they are compiled. */
export function dkdMutants(source: string): readonly Mutant[] {
  const parsed = parse(source);
  return [...swaps(parsed), ...omissions(parsed), ...repetitions(parsed), ...edits(parsed)];
}

/** The right program, compiled with the wrong ones: it must be accepted. */
export function dkdSource(path: string): string {
  return readFileSync(path, "utf8")
    .replaceAll('from "./', 'from "../../../protocols/dkd/')
    .replaceAll('from "../../dsl', 'from "../../../dsl');
}

function parse(source: string): Source {
  const lines = source.split("\n");
  const starts = lines.flatMap((line, index) => (/^ {2}\.\w/.test(line) ? [index] : []));
  const [first = 0] = starts;
  const bodies = starts.slice(0, -1).map((start, index) => lines.slice(start, starts[index + 1]));
  return {
    head: lines.slice(0, first).join("\n"),
    steps: bodies.map((body) => body.join("\n")),
    end: lines.slice(starts.at(-1)).join("\n"),
  };
}

function swaps({ head, steps: right, end }: Source): readonly Mutant[] {
  return right.flatMap((_, i) =>
    right.slice(i + 1).map((_step, offset) => {
      const j = i + 1 + offset;
      const wrong = right.map((step, at) => (at === i ? right[j] : at === j ? right[i] : step));
      return { name: `swap-${steps[i]}-${steps[j]}`, ...assemble(head, wrong, end, i) };
    }),
  );
}

function omissions({ head, steps: right, end }: Source): readonly Mutant[] {
  return right.map((_, i) => ({
    name: `without-${steps[i]}`,
    ...assemble(head, right.toSpliced(i, 1), end, i),
  }));
}

function repetitions({ head, steps: right, end }: Source): readonly Mutant[] {
  return right.map((step, i) => ({
    name: `twice-${steps[i]}`,
    ...assemble(head, right.toSpliced(i, 0, step), end, i + 1),
  }));
}

/** Puts the parts together; the mistake is in step `at`, or in the end after the last step. */
function assemble(head: string, body: readonly (string | undefined)[], end: string, at: number) {
  const lines = [head, ...body.slice(0, at)].join("\n").split("\n").length;
  return { text: [head, ...body, end].join("\n"), line: lines + 1 };
}

/** One replacement in one place, with the text on whose line the compiler must complain. */
interface Edit {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly mistake: string;
}

const edited: readonly Edit[] = [
  {
    name: "step-after-the-end",
    from: '.returns("Aggregate")',
    to: '.local("Cheer", { at: everyone, action: () => "hurray" })\n  .returns("Aggregate")',
    mistake: '.local("Cheer"',
  },
  {
    name: "wrong-role-family-for-one",
    from: 'by: "coordinator",\n    event: InitiateDkdSession',
    to: 'by: "participant",\n    event: InitiateDkdSession',
    mistake: 'by: "participant",\n    event: InitiateDkdSession',
  },
  {
    name: "wrong-role-one-for-family",
    from: 'by: "participant",\n    event: RevealDkdPoint',
    to: 'by: "coordinator",\n    event: RevealDkdPoint',
    mistake: 'by: "coordinator",\n    event: RevealDkdPoint',
  },
  {
    name: "wrong-role-unknown",
    from: 'by: "participant",\n    event: RecordDkdCommitment',
    to: 'by: "guardian",\n    event: RecordDkdCommitment',
    mistake: 'by: "guardian"',
  },
  {
    name: "wrong-payload-other-action",
    from: "payload: commit,",
    to: "payload: reveal,",
    mistake: "payload: reveal,\n    atLeast",
  },
  {
    name: "wrong-payload-inline",
    from: "payload: finalize,",
    to: 'payload: () => ({ publicKey: "none" }),',
    mistake: 'payload: () => ({ publicKey: "none" })',
  },
  {
    name: "early-use-inline",
    from: "payload: commit,",
    to: "payload: ({ Reveal }) => ({ commitment: Reveal }),",
    mistake: "payload: ({ Reveal })",
  },
  {
    name: "early-use-of-an-action",
    from: "payload: initiate,",
    to: "payload: finalize,",
    mistake: "payload: finalize,\n    accept: sealsBlind",
  },
  {
    name: "view-returned",
    from: '.returns("Aggregate")',
    to: '.returns("Reveal")',
    mistake: '.returns("Reveal")',
  },
  {
    name: "view-computed-from-and-returned",
    from: ', combines: "Reveal"',
    to: "",
    mistake: '.returns("Aggregate")',
  },
];

function edits({ head, steps: right, end }: Source): readonly Mutant[] {
  const source = [head, ...right, end].join("\n");
  return edited.map(({ name, from, to, mistake }) => {
    const text = source.replace(from, () => to);
    const offset = text.indexOf(mistake);
    if (text === source || offset < 0) throw new Error(`the edit ${name} does not apply any more`);
    return { name, text, line: text.slice(0, offset).split("\n").length };
  });
}
