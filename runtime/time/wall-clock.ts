/** Real time. With the system entropy, the only place where the runtime touches the outside. */

import { ProtocolError } from "../../dsl/errors.ts";
import type { DueOrder, TimeSource } from "./time-source.ts";

export interface WallClockOptions {
  /** Length of an epoch, in milliseconds. */
  readonly epochMs: number;
}

/**
 * Timers are cut to this length, in milliseconds: so that a timer notices a clock that was set or a
 * machine that slept, and because longer ones than 2^31 - 1 ms fire at once.
 */
const LONGEST_TIMER_MS = 60_000;

/**
 * Epochs since the start of 1970. A clock that is set back stands still until it catches up.
 *
 * A pending callback keeps the process alive, since somebody waits for it; one that was cancelled
 * does not.
 *
 * @throws ProtocolError `InvalidInput` for an epoch that is not a whole number of milliseconds
 */
export function wallClock({ epochMs }: WallClockOptions): TimeSource {
  if (!Number.isSafeInteger(epochMs) || epochMs < 1) {
    throw new ProtocolError({
      code: "InvalidInput",
      what: `an epoch of ${epochMs} ms`,
      todo: "give the length of an epoch as a whole number of milliseconds, at least 1",
    });
  }
  let latest = 0;
  const epoch = (): number => {
    latest = Math.max(latest, Math.floor(Date.now() / epochMs));
    return latest;
  };
  const at = (target: number, callback: () => void, order: DueOrder = "work"): (() => void) => {
    let timer: ReturnType<typeof setTimeout>;
    const arm = (delay: number): void => {
      timer = setTimeout(fire, Math.min(Math.max(delay, 0), LONGEST_TIMER_MS));
    };
    let waited = order === "work";
    const fire = (): void => {
      if (epoch() < target) {
        arm(target * epochMs - Date.now());
      } else if (waited) {
        callback();
      } else {
        // One more turn of the event loop: what came in with the deadline is handled first.
        waited = true;
        arm(0);
      }
    };
    arm(target * epochMs - Date.now());
    return () => clearTimeout(timer);
  };
  return Object.freeze({ epoch, at });
}

/** Runs a task after the current one, in order of the calls. */
export function soon(task: () => void): void {
  queueMicrotask(task);
}
