/** What stands between admission and everybody's knowledge: events count once they are stored. */

import { ProtocolError } from "../../dsl/errors.ts";
import type { SignedEvent } from "./envelope.ts";

/** Stores events durably before it returns. Throws where it cannot. */
export type WriteEvents = (events: readonly SignedEvent[]) => void;

export class Journal {
  readonly #write: WriteEvents;
  /** Admitted and not stored: the next write tries again. */
  readonly #waiting = new Map<string, SignedEvent>();
  #cause: unknown;

  /** @param write without it, events are as good as stored */
  constructor(write: WriteEvents = () => undefined) {
    this.#write = write;
  }

  /** Returns the events that are stored now, in order; nothing where they could not be. */
  write(events: readonly SignedEvent[]): readonly SignedEvent[] | undefined {
    for (const event of events) this.#waiting.set(event.hash, event);
    const all = [...this.#waiting.values()];
    if (all.length === 0) return all;
    try {
      this.#write(all);
    } catch (error) {
      this.#cause = error;
      return undefined;
    }
    this.#waiting.clear();
    return all;
  }

  /** Whether the event is not stored yet. */
  waits(hash: string): boolean {
    return this.#waiting.has(hash);
  }

  /** Why the latest write failed. */
  error(): ProtocolError {
    const cause = this.#cause;
    return new ProtocolError({
      code: "Storage",
      what: `the event could not be stored (${cause instanceof Error ? cause.message : "unknown"})`,
      todo: "free space or mend the disk, and offer the event again",
      cause,
    });
  }
}
