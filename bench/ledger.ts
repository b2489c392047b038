/**
 * What an event costs in this ledger: against a Map, Yjs, and Automerge with the same documents and no
 * signatures. All times are of the processor. The time of signatures is left out, and stands in rows
 * of its own: before each session's events are timed, the process has verified them, and remembers.
 */
import { signatures } from "../runtime/crypto/signature.ts";
import { MemoryLedger, watch } from "../runtime/index.ts";
import type { SignedEvent } from "../runtime/index.ts";
import type { EventListener } from "../runtime/ledger/topics.ts";
import { loadAutomerge } from "../runtime/node.ts";
import { type Side, type Store, type Work, sidesOf } from "./ledger-sides.ts";
import { makeWork, roster, signedEvent, verifyAhead } from "./ledger-work.ts";

const SIZES = [1000, 10_000, 50_000];
const WATCHED = 10_000;
const LOG = 100_000;

/** Processor time of one call, in microseconds. */
function cpu(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

export function benchLedger(print: (line: string) => void): void {
  loadAutomerge();
  const sides = sidesOf(roster);
  const warmUp = makeWork(1000);
  for (const side of sides) measure(side, warmUp, false);
  const signing = cpu(() => makeWork(1000)) / 1000;
  const work = makeWork(LOG);
  for (const size of SIZES) compare(sides, work.slice(0, size / 100), false, print);
  compare(sides, work.slice(0, WATCHED / 100), true, print);
  printSignatures(signing, print);
  printWatcher(work, print);
}

interface Figures {
  readonly append: readonly number[];
  readonly apply: readonly number[];
  readonly load: number;
  readonly saved: number;
  readonly memory: number;
}

function compare(
  sides: readonly Side[],
  work: readonly Work[],
  isWatched: boolean,
  print: (line: string) => void,
): void {
  const events = work.length * 100;
  const figures = sides.map((side) => ({ side, ...measure(side, work, isWatched) }));
  const raw = figures.find(({ side }) => side.name === "raw Automerge");
  print(`\n${events} events${isWatched ? ", each session watched" : ""}; µs an event`);
  print(
    "                 append   ×raw last/first | remote   ×raw last/first |  load | B saved  B RSS",
  );
  for (const { side, append, apply, load, saved, memory } of figures) {
    const cells = [
      side.name.padEnd(14),
      ...[append, apply].flatMap((times, at) => [
        (sum(times) / events).toFixed(1).padStart(8),
        (sum(times) / sum((at === 0 ? raw?.append : raw?.apply) ?? [])).toFixed(2).padStart(6),
        lastToFirst(times).toFixed(2).padStart(10),
        "|",
      ]),
      (load / events).toFixed(1).padStart(5),
      "|",
      (saved / events).toFixed(0).padStart(7),
      (memory / events).toFixed(0).padStart(6),
    ];
    print(cells.join(" "));
  }
}

/** One time a session. */
function measure(side: Side, work: readonly Work[], isWatched: boolean): Figures {
  const [writer, reader, loader] = ["a", "b", "c"].map((device) => side.open(device, isWatched));
  if (writer === undefined || reader === undefined || loader === undefined) throw new TypeError();
  const before = process.memoryUsage().rss;
  const append = work.map((each) => timed(each, () => writer.append(each)));
  const memory = process.memoryUsage().rss - before;
  const apply = work.map((each) => {
    const changes = writer.changes(each.session);
    return timed(each, () => reader.apply(each.session, changes));
  });
  return { append, apply, memory, ...loaded(writer, loader, work) };
}

function timed(work: Work, run: () => void): number {
  verifyAhead(work);
  return cpu(run);
}

function loaded(writer: Store, loader: Store, work: readonly Work[]) {
  const bytes = writer.saved();
  const saved = sum(bytes.map(({ length }) => length));
  // As many events at a time as the process remembers the signatures of.
  const parts = Math.ceil(work.length / 100);
  const size = Math.ceil(bytes.length / parts);
  let load = 0;
  const ordered = [...work].sort((a, b) => (a.session < b.session ? -1 : 1));
  for (let part = 0; part < parts; part += 1) {
    for (const each of ordered.slice(part * 100, part * 100 + 100)) verifyAhead(each);
    load += cpu(() => loader.load(bytes.slice(part * size, (part + 1) * size)));
  }
  return { load, saved };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function lastToFirst(times: readonly number[]): number {
  const tenth = Math.max(1, Math.floor(times.length / 10));
  return sum(times.slice(-tenth)) / sum(times.slice(0, tenth));
}

function printSignatures(signing: number, print: (line: string) => void): void {
  const message = new Uint8Array(32).fill(7);
  const { publicKey, secretKey } = signatures.keyPair(new Uint8Array(32).fill(1));
  const made: Uint8Array[] = [];
  const repeat = (run: (at: number) => void) =>
    cpu(() => {
      for (let at = 0; at < 1000; at += 1) run(at);
    }) / 1000;
  const sign = repeat((at) => made.push(signatures.sign(secretKey, message.with(0, at % 256))));
  const verify = repeat((at) =>
    signatures.verify(publicKey, message.with(0, at % 251), made[at] ?? message),
  );
  print(`\nµs: a signature ${sign.toFixed(0)}, its verification ${verify.toFixed(0)}`);
  print(
    `µs: an event made and signed ${signing.toFixed(0)}, without the signature ${(signing - sign).toFixed(0)}`,
  );
}

/** Gives what it holds to one listener only, so that this one's time can be measured. */
class TappedLedger extends MemoryLedger {
  listener: EventListener = () => undefined;

  override subscribe(listener: EventListener): () => void {
    this.listener = listener;
    return () => undefined;
  }
}

function printWatcher(work: readonly Work[], print: (line: string) => void): void {
  const session = "ab".repeat(32);
  const probes = Array.from({ length: 1000 }, (_, at) => signedEvent(session, at));
  const logs = [100, LOG].map((size) => {
    const ledger = new TappedLedger(roster);
    for (const { events } of work.slice(0, size / 100)) {
      for (const { bytes } of events) ledger.append(bytes);
    }
    const filter = { session, step: "Step1" } as const;
    const watchers = Array.from({ length: 30 }, () => {
      watch(ledger, filter);
      return ledger.listener;
    });
    for (const { bytes } of probes) ledger.append(bytes);
    return watchers;
  });
  const times = logs.map((): number[] => []);
  for (let round = 0; round < 30; round += 1) {
    for (const [at, watchers] of logs.entries()) {
      times[at]?.push(cpu(() => deliver(probes, watchers[round])));
    }
  }
  const [few = Number.NaN, many = Number.NaN] = times.map(
    (each) => each.sort((a, b) => a - b)[15] ?? Number.NaN,
  );
  const ratio = (many / few).toFixed(2);
  const [small, large] = [few, many].map((time) => (time / probes.length).toFixed(2));
  print(
    `\na watcher, µs an event: ${small} in a log of 100, ${large} in one of ${LOG}: ${ratio} x`,
  );
}

function deliver(events: readonly SignedEvent[], listener: EventListener | undefined): void {
  for (const event of events) listener?.(event);
}
