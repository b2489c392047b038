/** Time that passes when it is told to: for tests and the simulator. */

import { ProtocolError } from "../../dsl/errors.ts";
import type { DueOrder, TimeSource } from "./time-source.ts";

export interface VirtualClock extends TimeSource {
  /** Epoch of the next callback; `undefined` where nothing waits. */
  next(): number | undefined;
  /**
   * Lets so many epochs pass and runs what becomes due, epoch by epoch, in the order of the calls
   * to `at`.
   */
  advance(epochs: number): void;
  /** As `advance`, to the given epoch. */
  advanceTo(epoch: number): void;
  /** Jumps to the next callback and runs what is due then. False where nothing waits. */
  jump(): boolean;
}

interface Timer {
  readonly epoch: number;
  readonly rank: number;
  readonly callback: () => void;
}

/** @param start first epoch, 0 where not given */
export function virtualClock({ start = 0 }: { readonly start?: number } = {}): VirtualClock {
  return new SimulatedTime(start);
}

class SimulatedTime implements VirtualClock {
  #now: number;
  /** Sorted: by epoch, work before deadlines, then in the order of the calls. */
  readonly #timers: Timer[] = [];

  constructor(start: number) {
    requireEpoch(start);
    this.#now = start;
  }

  epoch(): number {
    return this.#now;
  }

  at(epoch: number, callback: () => void, order: DueOrder = "work"): () => void {
    const rank = order === "work" ? 0 : 1;
    const timer: Timer = { epoch: Math.max(epoch, this.#now), rank, callback };
    const after = this.#timers.findLastIndex((other) => isNotAfter(other, timer));
    this.#timers.splice(after + 1, 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  next(): number | undefined {
    return this.#timers[0]?.epoch;
  }

  advance(epochs: number): void {
    requireEpoch(epochs);
    this.advanceTo(this.#now + epochs);
  }

  advanceTo(epoch: number): void {
    requireEpoch(epoch);
    if (epoch < this.#now) {
      throw new ProtocolError({
        code: "InvalidInput",
        what: `epoch ${epoch} is before the current one, ${this.#now}`,
        todo: "advance to the current epoch or a later one",
      });
    }
    for (let timer = this.#due(epoch); timer !== undefined; timer = this.#due(epoch)) {
      this.#now = timer.epoch;
      timer.callback();
    }
    this.#now = Math.max(this.#now, epoch);
  }

  jump(): boolean {
    const next = this.next();
    if (next === undefined) return false;
    this.advanceTo(next);
    return true;
  }

  /** Takes out the first timer, if it is due by then. */
  #due(epoch: number): Timer | undefined {
    const next = this.next();
    return next !== undefined && next <= epoch ? this.#timers.shift() : undefined;
  }
}

function isNotAfter(a: Timer, b: Timer): boolean {
  return a.epoch < b.epoch || (a.epoch === b.epoch && a.rank <= b.rank);
}

function requireEpoch(epoch: number): void {
  if (Number.isSafeInteger(epoch) && epoch >= 0) return;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `${epoch} is not a number of epochs`,
    todo: "pass a whole number, 0 or more",
  });
}
