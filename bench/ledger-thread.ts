/** Measures one way of keeping events, in a thread of its own: what others left behind slows it down. */
import { parentPort } from "node:worker_threads";

import { loadAutomerge } from "../runtime/node.ts";
import { type Side, type SideName, type Work, sideOf } from "./ledger-sides.ts";
import { makeWork, roster, verifyAhead } from "./ledger-work.ts";
import { cpu, sum } from "./timing.ts";

/** Microseconds and bytes, of all events; of the first two, one figure a session. */
export interface Figures {
  readonly append: readonly number[];
  readonly apply: readonly number[];
  readonly load: number;
  readonly loadRest: number;
  readonly saved: number;
  readonly memory: number;
}

type Times = Omit<Figures, "memory">;

/** Sessions whose signatures the process remembers, with some to spare. */
const REMEMBERED = 50;
const WARM_UP = 5000;
/** Sessions that are over so soon that they are measured several times. */
const FEW = 10;
/** Sessions that are enough to see what memory they take. */
const MANY = 100;

export interface Task {
  readonly side: SideName;
  readonly work: readonly Work[];
  readonly isWatched: boolean;
}

function figuresOf({ side: name, work, isWatched }: Task): Figures {
  loadAutomerge();
  const side = sideOf(name, roster);
  const warmUp = makeWork(WARM_UP);
  measure(side, warmUp.slice(0, 1), isWatched);
  const memory = memoryOf(side, work.slice(0, MANY), isWatched) * work.length;
  measure(side, warmUp, isWatched);
  const rounds = Array.from({ length: work.length > FEW ? 1 : 5 }, () =>
    measure(side, work, isWatched),
  );
  const [median] = rounds.sort((a, b) => timeOf(a) - timeOf(b)).slice(rounds.length >> 1);
  if (median === undefined) throw new Error("nothing was measured");
  return { ...median, memory };
}

/** Bytes that a session takes. Before anything is timed: to collect garbage slows what follows. */
function memoryOf(side: Side, work: readonly Work[], isWatched: boolean): number {
  const writer = side.open("a", isWatched);
  const before = memoryInUse();
  for (const each of work) timed(side, [each], () => writer.append(each));
  return (memoryInUse() - before) / work.length;
}

function timeOf({ append, apply }: Times): number {
  return sum(append) + sum(apply);
}

/** The replicas that wrote and heard are let go of before another one is loaded. */
function measure(side: Side, work: readonly Work[], isWatched: boolean): Times {
  const { saved, ...figures } = written(side, work, isWatched);
  const { needed, rest, loadRest } = saved;
  const loader = side.open("c", isWatched);
  const load = sum(
    partsOf(needed, work).map(([bytes, of]) => timed(side, of, () => loader.load(bytes))),
  );
  return {
    ...figures,
    load,
    loadRest: cpu(loadRest),
    saved: sum([...needed, ...rest].map(({ length }) => length)),
  };
}

function written(side: Side, work: readonly Work[], isWatched: boolean) {
  const [writer, reader] = [side.open("a", isWatched), side.open("b", isWatched)];
  const append = work.map((each) => timed(side, [each], () => writer.append(each)));
  const apply = work.map((each) => {
    const changes = writer.changes(each.session);
    return timed(side, [each], () => reader.apply(each.session, changes));
  });
  return { append, apply, saved: writer.saved() };
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

parentPort?.once("message", (task: Task) => parentPort?.postMessage(figuresOf(task), []));
