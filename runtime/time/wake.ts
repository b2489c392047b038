/** What a waiting script wakes on. */

import { ProtocolError } from "../../dsl/errors.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Watcher } from "../ledger/watcher.ts";
import type { TimeSource } from "./time-source.ts";

export type WakeCondition =
  /** An event of the session is admitted, or taken back, after the wait began. */
  | { readonly kind: "NewEvents"; readonly ledger: Ledger; readonly session: string }
  /** Some author's event matches. */
  | { readonly kind: "EventMatching"; readonly watcher: Watcher }
  /** Events of so many distinct authors match. */
  | { readonly kind: "ThresholdEvents"; readonly watcher: Watcher; readonly count: number }
  /** Time has come: a sleep is over. */
  | { readonly kind: "EpochReached"; readonly epoch: number }
  /** Time is up. Every other condition that is satisfied at the same moment wins. */
  | { readonly kind: "TimeoutAt"; readonly epoch: number };

const RANK: Readonly<Record<WakeCondition["kind"], number>> = Object.freeze({
  NewEvents: 0,
  EventMatching: 0,
  ThresholdEvents: 0,
  EpochReached: 1,
  TimeoutAt: 2,
});

/**
 * Calls back once, with the first condition to be satisfied: within this call where one already is.
 * Among several, events come before time, then the order given decides.
 *
 * @returns how to stop waiting
 * @throws ProtocolError `InvalidInput` for no conditions: nothing would ever end the wait
 */
export function onWake(
  time: TimeSource,
  conditions: readonly WakeCondition[],
  callback: (condition: WakeCondition) => void,
): () => void {
  if (conditions.length === 0) {
    throw new ProtocolError({
      code: "InvalidInput",
      what: "a wait without conditions never ends",
      todo: "give at least one condition to wake on",
    });
  }
  const ranked = [...conditions].sort((a, b) => RANK[a.kind] - RANK[b.kind]);
  const stops: (() => void)[] = [];
  const arrived = new Set<WakeCondition>();
  const stop = (): void => {
    for (const each of stops.splice(0)) each();
  };
  const check = (): void => {
    const met = ranked.find((condition) => arrived.has(condition) || isMet(time, condition));
    if (met === undefined) return;
    stop();
    callback(met);
  };
  for (const condition of ranked) {
    const signal = (): void => {
      if (condition.kind === "NewEvents") arrived.add(condition);
      check();
    };
    stops.push(listen(time, condition, signal));
  }
  check();
  return stop;
}

/**
 * As {@link onWake}, as a promise.
 *
 * @param signal gives up the wait
 * @throws ProtocolError `Aborted` where the signal fires first; `InvalidInput` for no conditions
 */
export function wake(
  time: TimeSource,
  conditions: readonly WakeCondition[],
  signal?: AbortSignal,
): Promise<WakeCondition> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(givenUp(signal.reason));
      return;
    }
    const giveUp = (): void => {
      stop();
      reject(givenUp(signal?.reason));
    };
    signal?.addEventListener("abort", giveUp, { once: true });
    const stop = onWake(time, conditions, (met) => {
      signal?.removeEventListener("abort", giveUp);
      resolve(met);
    });
  });
}

function isMet(time: TimeSource, condition: WakeCondition): boolean {
  switch (condition.kind) {
    case "NewEvents":
      return false;
    case "EventMatching":
      return condition.watcher.count >= 1;
    case "ThresholdEvents":
      return condition.watcher.count >= condition.count;
    case "EpochReached":
    case "TimeoutAt":
      return time.epoch() >= condition.epoch;
  }
}

/** Signals whenever the condition may have become satisfied. Returns how to stop. */
function listen(time: TimeSource, condition: WakeCondition, signal: () => void): () => void {
  switch (condition.kind) {
    case "NewEvents": {
      const { ledger, session } = condition;
      const stops = [ledger.subscribe(signal, { session }), ledger.onRetract(signal, { session })];
      return () => {
        for (const stop of stops) stop();
      };
    }
    case "EventMatching":
    case "ThresholdEvents":
      return condition.watcher.onChange(signal);
    case "EpochReached":
      return time.at(condition.epoch, signal);
    case "TimeoutAt":
      return time.at(condition.epoch, signal, "deadline");
  }
}

function givenUp(cause: unknown): ProtocolError {
  return new ProtocolError({
    code: "Aborted",
    what: "the wait was given up",
    todo: "start again if the result is still wanted",
    cause,
  });
}
