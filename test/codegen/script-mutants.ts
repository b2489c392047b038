/** Wrong versions of a generated script, made from its text. */

export interface ScriptMutant {
  readonly name: string;
  readonly text: string;
}

interface Script {
  readonly head: string;
  /** The nodes of the script, each as the text of its lines. */
  readonly nodes: readonly string[];
  readonly end: string;
}

/** Replaces a field's value in the nodes that have it. */
interface Edit {
  readonly name: string;
  readonly from: RegExp;
  readonly to: string;
}

/** Values that no node may have in place of its own. */
const edits: readonly Edit[] = [
  { name: "other-label", from: /(label: )"\w+"/, to: '$1"Abort"' },
  { name: "label-of-another", from: /(label: )"(?!Commit)\w+"/, to: '$1"Commit"' },
  { name: "other-family", from: /(from: )"coordinator"/, to: '$1"participant"' },
  { name: "other-role", from: /(from: )"participant"/, to: '$1"coordinator"' },
  { name: "no-role", from: /(from: )"\w+"/, to: '$1"guardian"' },
  { name: "other-event", from: /(event: )(?!RevealDkdPoint)\w+/, to: "$1RevealDkdPoint" },
  { name: "abort-event", from: /(event: )\w+/, to: "$1AbortDkdSession" },
  { name: "fixed-count", from: /(atLeast: )"threshold"/, to: "$12" },
  { name: "other-count", from: /(atLeast: )"threshold"/, to: '$1"quorum"' },
  { name: "all", from: /(atLeast: )"threshold"/, to: '$1"all"' },
  { name: "one-awaited", from: /(instruction: )"AwaitThreshold"/, to: '$1"AwaitEvent"' },
  { name: "many-awaited", from: /(instruction: )"AwaitEvent"/, to: '$1"AwaitThreshold"' },
  { name: "looked-for", from: /(instruction: )"Await\w+"/, to: '$1"CheckForEvent"' },
  { name: "computed", from: /(instruction: )"WriteToLedger"/, to: '$1"Compute"' },
  { name: "written", from: /(instruction: )"Compute"/, to: '$1"WriteToLedger"' },
  { name: "returned", from: /(instruction: )"Compute"/, to: '$1"Return"' },
  { name: "payload-of-reveal", from: /(payload: )commit/, to: "$1reveal" },
  { name: "payload-of-commit", from: /(payload: )reveal/, to: "$1commit" },
  { name: "no-payload", from: /, payload: \w+/, to: "" },
  { name: "other-action", from: /(action: )aggregate/, to: "$1reveal" },
  { name: "inline-action", from: /(action: )aggregate/, to: "$1() => 0" },
  { name: "no-action", from: /, action: aggregate/, to: "" },
  { name: "other-check", from: /(accept: )(?:sealsBlind|agreesOnKey)/, to: "$1opensCommitment" },
  { name: "check-of-a-key", from: /(accept: )(?:sealsBlind|opensCommitment)/, to: "$1agreesOnKey" },
  { name: "no-check-at-all", from: /(accept: )\w+/, to: "$1() => true" },
  { name: "unchecked", from: /\s+accept: \w+,/, to: "" },
  { name: "no-time-limit", from: /\s+within: epochs\(\d+\),/, to: "" },
  { name: "time-in-numbers", from: /(within: )epochs\((\d+)\)/, to: "$1$2" },
];

/** Values that the local type leaves to the author: only `aura generate --check` sees them. */
const policies: readonly Edit[] = [
  { name: "longer", from: /(within: )epochs\(\d+\)/, to: "$1epochs(1000)" },
  {
    // The choreography itself refuses this: what a role knows at a step was checked there.
    name: "ahead-of-its-knowledge",
    from: /(payload: )commit/,
    to: "$1({ Reveal }) => ({ commitment: new Uint8Array(Reveal.length) })",
  },
];

const headEdits: readonly Edit[] = [
  { name: "of-another-role", from: /(role: )"participant"/, to: '$1"coordinator"' },
  { name: "of-another-protocol", from: /(protocol: )"dkd"/, to: '$1"dkg"' },
  { name: "abort-of-another-kind", from: /(abort: )\w+/, to: "$1RevealDkdPoint" },
  { name: "without-digest", from: / {2}digest: "\w+",\n/, to: "" },
  { name: "of-another-type", from: /(typeof dkd, )"participant"/, to: '$1"coordinator"' },
];

/** Scripts that leave the protocol: none of them may compile. */
export function wrongScripts(text: string): readonly ScriptMutant[] {
  const script = parse(text);
  return [...reorderings(script), ...nodeEdits(script, edits), ...wholeEdits(text, headEdits)];
}

/** Scripts that differ where the local type says nothing: all of them compile. */
export function equalScripts(text: string): readonly ScriptMutant[] {
  const digest = { name: "of-another-digest", from: /(digest: )"\w+"/, to: '$1"00"' };
  return [...nodeEdits(parse(text), policies), ...wholeEdits(text, [digest])];
}

function parse(text: string): Script {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, index) => (line.startsWith("    // ") ? [index] : []));
  const [first = 0] = starts;
  const last = lines.indexOf("  ],");
  return {
    head: lines.slice(0, first).join("\n"),
    nodes: starts.map((start, i) => lines.slice(start, starts[i + 1] ?? last).join("\n")),
    end: lines.slice(last).join("\n"),
  };
}

function reorderings(script: Script): readonly ScriptMutant[] {
  const { nodes } = script;
  return nodes.flatMap((node, i) => [
    ...nodes
      .slice(i + 1, i + 2)
      .map((next) => assemble(`swap-${i}`, script, nodes.toSpliced(i, 2, next, node))),
    assemble(`drop-${i}`, script, nodes.toSpliced(i, 1)),
    assemble(`double-${i}`, script, nodes.toSpliced(i, 0, node)),
  ]);
}

function nodeEdits(script: Script, wanted: readonly Edit[]): readonly ScriptMutant[] {
  return wanted.flatMap(({ name, from, to }) => {
    const mutants = script.nodes.flatMap((node, i) => {
      const wrong = node.replace(from, to);
      return wrong === node ? [] : [assemble(`${name}-${i}`, script, script.nodes.with(i, wrong))];
    });
    if (mutants.length === 0) throw new Error(`the edit ${name} does not apply any more`);
    return mutants;
  });
}

function wholeEdits(text: string, wanted: readonly Edit[]): readonly ScriptMutant[] {
  return wanted.map(({ name, from, to }) => {
    const wrong = text.replace(from, to);
    if (wrong === text) throw new Error(`the edit ${name} does not apply any more`);
    return { name, text: wrong };
  });
}

function assemble(name: string, { head, end }: Script, nodes: readonly string[]): ScriptMutant {
  return { name, text: [head, ...nodes, end].join("\n") };
}
