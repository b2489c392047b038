/** All mutants of a choreography's source. */
import { posix } from "node:path";
import type { SourceFile } from "ts-morph";
import { openProject } from "../../codegen/generate.ts";
import { chainsOf } from "./chain.ts";
import type { Chain } from "./chain.ts";
import { applied } from "./change.ts";
import type { Change, Fit } from "./change.ts";
import { callChanges } from "./operators/calls.ts";
import { optionChanges } from "./operators/options.ts";
import { orderChanges } from "./operators/order.ts";
import { partChanges } from "./operators/parts.ts";
import { roleChanges } from "./operators/roles.ts";
import { sessionChanges } from "./operators/session.ts";
import { harmlessReads, valueChanges } from "./operators/values.ts";

export interface Mutant extends Omit<Change, "edits"> {
  /** Path of the choreography, as it is named in the table of equivalents. */
  readonly source: string;
  /** What it is called there: kind, step and detail. */
  readonly name: string;
  /** Name of its file, without the ending. */
  readonly program: string;
  readonly text: string;
}

/** A right program, which must be accepted. */
interface Control {
  readonly program: string;
  readonly text: string;
}

/** A choreography's file, and the programs made from it. */
export interface Specimen {
  readonly source: string;
  /**
   * It as it is, compiled where the mutants are; and with one thing more read in each function,
   * which the function is given: the early reads of mutants are of this form.
   */
  readonly controls: readonly Control[];
  readonly mutants: readonly Mutant[];
  /** Says on a line of its own of each pair of events whether their payloads are of one type. */
  readonly typing: Control;
  readonly pairs: ReadonlyMap<number, Fit>;
}

const operators = [
  orderChanges,
  roleChanges,
  valueChanges,
  optionChanges,
  partChanges,
  sessionChanges,
  callChanges,
];

/** The choreographies of `paths` that hold any, for a folder as far from the root as `folder`. */
export function specimens(paths: readonly string[], folder: string): readonly Specimen[] {
  const project = openProject();
  return paths
    .map((path) => specimen(path, project.addSourceFileAtPath(path), folder))
    .filter(({ mutants }) => mutants.length > 0);
}

function specimen(source: string, file: SourceFile, folder: string): Specimen {
  const chains = chainsOf(file);
  const original = file.getFullText();
  const moved = (text: string) => relocated(text, source, folder);
  const base = baseName(source);
  const mutants = mutantsOf(chains, original).map((mutant, index) => {
    const program = `${base}-${index}-${mutant.name.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
    return { ...mutant, source, program, text: moved(mutant.text) };
  });
  const reading = applied(original, chains.flatMap(harmlessReads));
  return {
    source,
    controls: [
      { program: `${base}-right`, text: moved(original) },
      { program: `${base}-reading`, text: moved(reading) },
    ],
    mutants,
    ...typingOf(base, moved(original), mutants, folder),
  };
}

const fitting = `
type Same<A, B> = [A, B] extends [B, A] ? true : false;
`;

function typingOf(
  base: string,
  original: string,
  mutants: readonly Mutant[],
  folder: string,
): Pick<Specimen, "typing" | "pairs"> {
  const named = new Map(
    mutants.flatMap(({ unless }) =>
      unless === undefined ? [] : [[`${unless.one} ${unless.other}`, unless] as const],
    ),
  );
  const language = posix.relative(folder, "dsl/index.ts");
  const head = `${original}${fitting}import type { PayloadOf as Of } from "${language}";`;
  const first = head.split("\n").length + 1;
  const fits = [...named.values()];
  const lines = fits.map(
    ({ one, other }, index) =>
      `export const same${index}: Same<Of<typeof ${one}>, Of<typeof ${other}>> = true;`,
  );
  return {
    typing: { program: `${base}-typing`, text: [head, ...lines].join("\n") },
    pairs: new Map(fits.map((pair, index) => [first + index, pair])),
  };
}

type Raw = Omit<Mutant, "source" | "program">;

/** The changed texts, each once, by unlike names. */
function mutantsOf(chains: readonly Chain[], original: string): readonly Raw[] {
  const seen = new Set([original]);
  const names = new Map<string, number>();
  const found: Raw[] = [];
  for (const { edits, ...change } of chains.flatMap((chain) =>
    operators.flatMap((op) => op(chain)),
  )) {
    const text = applied(original, edits);
    if (seen.has(text)) continue;
    seen.add(text);
    const plain = [change.kind, change.step, change.detail].join(" ").trim();
    const count = (names.get(plain) ?? 0) + 1;
    names.set(plain, count);
    found.push({ ...change, text, name: count === 1 ? plain : `${plain} #${count}` });
  }
  return found;
}

/** `text` with its relative imports as seen from `folder`. */
function relocated(text: string, source: string, folder: string): string {
  const own = posix.dirname(source);
  return text.replaceAll(/(from\s+")(\.[^"]*)"/g, (_, from: string, specifier: string) => {
    const path = posix.relative(folder, posix.join(own, specifier));
    return `${from}${path.startsWith(".") ? path : `./${path}`}"`;
  });
}

/** `examples/vote/choreography.ts` → `examples-vote`. */
function baseName(source: string): string {
  return source.replace(/(?:\/choreography)?\.ts$/, "").replaceAll(/[^A-Za-z0-9]+/g, "-");
}
