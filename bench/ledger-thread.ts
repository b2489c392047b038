/** Measures one way of keeping events, in a thread of its own: what others left behind slows it down. */
import { parentPort } from "node:worker_threads";

import { loadAutomerge } from "../runtime/node.ts";
import { type Saved, type Side, type SideName, type Work, sideOf } from "./ledger-sides.ts";
import { makeWork, roster, verifyAhead } from "./ledger-work.ts";
import { cpu, median, sum } from "./timing.ts";

/** Microseconds and bytes, of all events; of the first two, one figure a session. */
export interface Figures {
  readonly append: readonly number[];
  readonly apply: readonly number[];
  readonly load: number;
  readonly loadRest: number;
  readonly bytes: number;
  readonly memory: number;
}

export type Loaded = Pick<Figures, "load" | "loadRest">;

/** What is there when all was written and heard, and what it took. */
export interface Written extends Omit<Figures, keyof Loaded> {
  readonly saved: Saved;
}

/** Sessions whose signatures the process remembers, with some to spare. */
const REMEMBERED = 50;
const WARM_UP = 5000;
const WARM_UP_LOADS = 4;
/** Sessions that are over so soon that they are measured several times. */
const FEW = 10;
/** Sessions that are enough to see what memory they take. */
const MANY = 100;

export interface Task {
  readonly side: SideName;
  readonly work: readonly Work[];
  readonly isWatched: boolean;
  /** What is to be loaded; without it, all is written first. */
  readonly saved?: Saved;
}

function write({ side: name, work, isWatched }: Task): Written {
  const side = sideOf(name, roster);
  const warmUp = makeWork(WARM_UP);
  written(side, warmUp.slice(0, 1), isWatched);
  const memory = memoryOf(side, work.slice(0, MANY), isWatched) * work.length;
  written(side, warmUp, isWatched);
  const first = written(side, work, isWatched);
  const more = work.length > FEW ? 0 : 4;
  const rounds = [first, ...Array.from({ length: more }, () => written(side, work, isWatched))];
  const medians = (of: "append" | "apply"): readonly number[] =>
    work.map((_, at) => median(rounds.map((round) => round[of][at] ?? Number.NaN)));
  return { ...first, append: medians("append"), apply: medians("apply"), memory };
}

/** As a program does that starts: nobody has written anything in this thread, but to warm it up. */
function load({ side: name, work, isWatched }: Task, saved: Saved): Loaded {
  const side = sideOf(name, roster);
  const warmUp = makeWork(WARM_UP);
  const before = written(side, warmUp, isWatched).saved;
  for (let count = 0; count < WARM_UP_LOADS; count += 1) loaded(side, warmUp, isWatched, before);
  const rounds = Array.from({ length: work.length > MANY ? 1 : 5 }, () =>
    loaded(side, work, isWatched, saved),
  );
  return {
    load: median(rounds.map((times) => times.load)),
    loadRest: median(rounds.map((times) => times.loadRest)),
  };
}

function loaded(
  side: Side,
  work: readonly Work[],
  isWatched: boolean,
  { needed, documents }: Saved,
): Loaded {
  const store = side.open("c", isWatched, documents);
  const times = partsOf(needed, work).map(([bytes, of]) =>
    timed(side, of, () => store.load(bytes)),
  );
  return { load: sum(times), loadRest: cpu(() => store.loadRest()) };
}

/** Bytes that a session takes. Before anything is timed: to collect garbage slows what follows. */
function memoryOf(side: Side, work: readonly Work[], isWatched: boolean): number {
  const writer = side.open("a", isWatched);
  const before = memoryInUse();
  for (const each of work) timed(side, [each], () => writer.append(each));
  return (memoryInUse() - before) / work.length;
}

function written(side: Side, work: readonly Work[], isWatched: boolean): Omit<Written, "memory"> {
  const [writer, reader] = [side.open("a", isWatched), side.open("b", isWatched)];
  const append = work.map((each) => timed(side, [each], () => writer.append(each)));
  const apply = work.map((each) => {
    const changes = writer.changes(each.session);
    return timed(side, [each], () => reader.apply(each.session, changes));
  });
  const saved = writer.saved();
  const all = [...saved.needed, ...saved.documents.map((document) => document.bytes)];
  return { append, apply, saved, bytes: sum(all.map(({ length }) => length)) };
}

function timed(side: Side, work: readonly Work[], run: () => void): number {
  if (side.isSigned === true) for (const each of work) verifyAhead(each);
  return cpu(run);
}

/** What was saved, in parts of as many events as the process remembers the signatures of. */
function partsOf(bytes: readonly Uint8Array[], work: readonly Work[]) {
  const sorted = [...work].sort((a, b) => (a.session < b.session ? -1 : 1));
  const parts = Math.ceil(work.length / REMEMBERED);
  const size = Math.ceil(bytes.length / parts);
  return Array.from({ length: parts }, (_, part) => {
    const of = sorted.slice(part * REMEMBERED, (part + 1) * REMEMBERED);
    return [bytes.slice(part * size, (part + 1) * size), of] as const;
  });
}

/** Bytes, without what nobody holds any more; the memory of WebAssembly is among them. */
function memoryInUse(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

parentPort?.once("message", (task: Task) => {
  loadAutomerge();
  const { saved } = task;
  parentPort?.postMessage(saved === undefined ? write(task) : load(task, saved), []);
});
