/**
 * What an event costs in this ledger: against a Map, Yjs, and Automerge with the same documents and no
 * signatures. All times are of the processor. The time of signatures is left out, and stands in rows
 * of its own: before each session's events are timed, the process has verified them, and remembers.
 *
 * Load is until events can be asked for: this ledger reads and admits each of them, the others have
 * their bytes. `later` is what it puts off until a session is first asked for its events, written to or
 * synchronised: tables, digest and documents.
 */
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";

import { signatures } from "../runtime/crypto/signature.ts";
import { MemoryLedger, watch } from "../runtime/index.ts";
import type { SignedEvent } from "../runtime/index.ts";
import type { EventListener } from "../runtime/ledger/topics.ts";
import { SIDES, type Work } from "./ledger-sides.ts";
import type { Figures, Loaded, Task, Written } from "./ledger-thread.ts";
import { makeWork, roster, signedEvent } from "./ledger-work.ts";
import { cpu, lastToFirst, median, sum } from "./timing.ts";

const SIZES = [1000, 10_000, 50_000];
const WATCHED = 10_000;
const LOG = 100_000;

export async function benchLedger(print: (line: string) => void): Promise<void> {
  makeWork(1000);
  const signing = cpu(() => makeWork(1000)) / 1000;
  const work = makeWork(LOG);
  for (const size of SIZES) await compare(work.slice(0, size / 100), false, print);
  await compare(work.slice(0, WATCHED / 100), true, print);
  printSignatures(signing, print);
  printWatcher(work, print);
}

async function compare(
  work: readonly Work[],
  isWatched: boolean,
  print: (line: string) => void,
): Promise<void> {
  const events = work.length * 100;
  print(`\n${events} events${isWatched ? ", each session watched" : ""}; µs an event`);
  print(
    "                  append   ×raw last/first |   remote   ×raw last/first |     load   ×raw    later | B saved B memory",
  );
  let raw: Figures | undefined;
  for (const side of SIDES) {
    const figures = await figuresOf({ side, work, isWatched });
    if (side === "raw Automerge") raw = figures;
    print(rowOf(side, figures, raw, events));
  }
}

/** The baseline comes first, so that each row has its ratio. */
function rowOf(side: string, figures: Figures, raw: Figures | undefined, events: number): string {
  const { append, apply, load, loadRest, bytes, memory } = figures;
  const each = (total: number, places: number): string =>
    (total / events).toFixed(places).padStart(8);
  const ratio = (total: number, of: number): string => (total / of).toFixed(2).padStart(6);
  const pair = (times: readonly number[], of: readonly number[] = []): string =>
    `${each(sum(times), 1)} ${ratio(sum(times), sum(of))}`;
  return [
    side.padEnd(15),
    `${pair(append, raw?.append)} ${lastToFirst(append).toFixed(2).padStart(10)} |`,
    `${pair(apply, raw?.apply)} ${lastToFirst(apply).toFixed(2).padStart(10)} |`,
    `${pair([load], [raw?.load ?? Number.NaN])} ${each(loadRest, 1)} |`,
    `${each(bytes, 0).slice(1)} ${each(memory, 0)}`,
  ].join(" ");
}

/** Writes in one thread and loads in another, so that neither clears up after something else. */
async function figuresOf(task: Task): Promise<Figures> {
  const { saved, ...written }: Written = await inThread(task);
  const loaded: Loaded = await inThread({ ...task, saved });
  return { ...written, ...loaded };
}

async function inThread<T>(task: Task): Promise<T> {
  // For the threads that start from now on.
  setFlagsFromString("--expose-gc");
  const thread = new Worker(new URL("ledger-thread.js", import.meta.url));
  thread.postMessage(task, []);
  const result = await new Promise<T>((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
  });
  await thread.terminate();
  return result;
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
  const [few = Number.NaN, many = Number.NaN] = times.map(median);
  const ratio = (many / few).toFixed(2);
  const [small, large] = [few, many].map((time) => (time / probes.length).toFixed(2));
  print(
    `\na watcher, µs an event: ${small} in a log of 100, ${large} in one of ${LOG}: ${ratio} x`,
  );
}

function deliver(events: readonly SignedEvent[], listener: EventListener | undefined): void {
  for (const event of events) listener?.(event);
}
