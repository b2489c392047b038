/** The epoch that a device acts in: its own clock's, pulled forward by what others have seen. */

import type { Ledger } from "../ledger/ledger.ts";
import type { DueOrder, TimeSource } from "./time-source.ts";

interface Pending {
  readonly epoch: number;
  readonly fire: () => void;
}

/**
 * The larger of the source's epoch and the ledger's. The ledger's counts up to a bounded drift, so
 * that one device that writes from the far future cannot run out everybody's timeouts. Nobody has
 * to write for time to pass.
 *
 * @param maxDriftEpochs how far the ledger may be ahead of the source, in epochs
 */
export function ledgerTime(source: TimeSource, ledger: Ledger, maxDriftEpochs: number): TimeSource {
  const pending = new Set<Pending>();
  let unsubscribe: (() => void) | undefined;
  const epoch = (): number => {
    const own = source.epoch();
    return Math.max(own, Math.min(ledger.epoch, own + maxDriftEpochs));
  };
  const release = (entry: Pending): void => {
    pending.delete(entry);
    if (pending.size > 0) return;
    unsubscribe?.();
    unsubscribe = undefined;
  };
  const fireDue = (): void => {
    const now = epoch();
    const due = [...pending].filter((entry) => entry.epoch <= now);
    for (const entry of due.sort((a, b) => a.epoch - b.epoch)) {
      if (pending.has(entry)) entry.fire();
    }
  };
  /** Only an event that raises the ledger's epoch can make anything due. */
  const follow = (): (() => void) => {
    let seen = ledger.epoch;
    return ledger.subscribe(() => {
      if (ledger.epoch <= seen) return;
      seen = ledger.epoch;
      fireDue();
    });
  };
  const at = (target: number, callback: () => void, order: DueOrder = "work"): (() => void) => {
    const cancels: (() => void)[] = [];
    const stop = (): void => {
      release(entry);
      for (const cancel of cancels.splice(0)) cancel();
    };
    const fire = (): void => {
      stop();
      callback();
    };
    const entry: Pending = { epoch: target, fire };
    pending.add(entry);
    unsubscribe ??= follow();
    cancels.push(source.at(target, fire, order));
    // From here on the drift allows the target, and the ledger may have reached it long before.
    const allowed = target - maxDriftEpochs;
    const early = (): void => {
      if (epoch() >= target) fire();
    };
    if (allowed < target && source.epoch() < allowed) cancels.push(source.at(allowed, early, order));
    return stop;
  };
  return Object.freeze({ epoch, at });
}
