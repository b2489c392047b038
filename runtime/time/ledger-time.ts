/** The epoch that a device acts in: its own clock's, pulled forward by what others have seen. */

import type { Ledger } from "../ledger/ledger.ts";
import type { DueOrder, TimeSource } from "./time-source.ts";

interface Pending {
  readonly target: number;
  /** Asks the source to fire when the target is reached, as things stand. */
  readonly arm: () => void;
}

/**
 * The larger of the source's epoch and the ledger's. The ledger's counts up to a bounded drift, so
 * that one device that writes from the far future cannot run out everybody's timeouts. Nobody has
 * to write for time to pass.
 *
 * What an event makes due still runs by the source, in the current epoch: so that all events that
 * came with it are seen first.
 *
 * @param maxDriftEpochs how far the ledger may be ahead of the source, in epochs
 */
export function ledgerTime(source: TimeSource, ledger: Ledger, maxDriftEpochs: number): TimeSource {
  const pending = new Set<Pending>();
  let unfollow: (() => void) | undefined;
  const epoch = (): number => {
    const own = source.epoch();
    return Math.max(own, Math.min(ledger.epoch, own + maxDriftEpochs));
  };
  /** The epoch of the source at which this one's reaches the target. */
  const dueAt = (target: number): number =>
    ledger.epoch < target ? target : Math.max(source.epoch(), target - maxDriftEpochs);
  const follow = (): (() => void) => {
    let seen = ledger.epoch;
    return ledger.subscribe(() => {
      if (ledger.epoch <= seen) return;
      const reached = [...pending].filter(({ target }) => target > seen && target <= ledger.epoch);
      seen = ledger.epoch;
      for (const { arm } of reached) arm();
    });
  };
  const at = (target: number, callback: () => void, order: DueOrder = "work"): (() => void) => {
    let cancel: (() => void) | undefined;
    const stop = (): void => {
      cancel?.();
      pending.delete(entry);
      if (pending.size > 0) return;
      unfollow?.();
      unfollow = undefined;
    };
    const fire = (): void => {
      stop();
      callback();
    };
    const arm = (): void => {
      cancel?.();
      cancel = source.at(dueAt(target), fire, order);
    };
    const entry: Pending = { target, arm };
    pending.add(entry);
    unfollow ??= follow();
    arm();
    return stop;
  };
  return Object.freeze({ epoch, at });
}
