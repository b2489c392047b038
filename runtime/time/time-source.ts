/** Where a device's time comes from: the wall clock, or a simulation. */

/**
 * In which order callbacks of one epoch run. A deadline runs after everything else that is due in its
 * epoch, so that what happens at the deadline happens before it.
 */
export type DueOrder = "work" | "deadline";

export interface TimeSource {
  /** The current epoch: a whole number that never decreases. */
  epoch(): number;
  /**
   * Calls back once, as soon as `epoch()` has reached the given epoch, and never from within this
   * call. Returns how to cancel.
   */
  at(epoch: number, callback: () => void, order?: DueOrder): () => void;
}
