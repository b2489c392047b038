/** Measures one way of keeping events, in a thread of its own: what others left behind slows it down. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";

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

/** Sessions whose signatures the process remembers, with some to spare. */
const REMEMBERED = 50;
const WARM_UP = 3000;

export interface Task {
  readonly side: SideName;
  readonly work: readonly Work[];
  readonly isWatched: boolean;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function figuresOf({ side: name, work, isWatched }: Task): Figures {
  loadAutomerge();
  const side = sideOf(name, roster);
  measure(side, makeWork(WARM_UP), isWatched);
  return measure(side, work, isWatched);
}

/** The replicas that wrote and heard are let go of before another one is loaded. */
function measure(side: Side, work: readonly Work[], isWatched: boolean): Figures {
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
  const before = memoryInUse();
  const append = work.map((each) => timed(side, [each], () => writer.append(each)));
  const memory = memoryInUse() - before;
  const apply = work.map((each) => {
    const changes = writer.changes(each.session);
    return timed(side, [each], () => reader.apply(each.session, changes));
  });
  return { append, apply, memory, saved: writer.saved() };
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
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

// What `ledger.ts` sent.
parentPort?.postMessage(figuresOf(workerData as Task), []);
