/** Delivery of new events to those who asked for them, and to nobody else. */

import type { SignedEvent } from "./envelope.ts";

/** What happened to the set of events. An event is taken back when its author turns out removed. */
export type Delta = "added" | "removed";

export type EventListener = (event: SignedEvent, delta: Delta) => void;

/** Narrows a subscription. Without it, every event of the account. */
export interface Scope {
  /** Hex id of the session. */
  readonly session: string;
  /** Path of a step; all steps where absent. */
  readonly step?: string | undefined;
}

const EVERYTHING = "";

/** The cost of an event grows with the listeners of its own session and step only. */
export class EventTopics {
  readonly #topics = new Map<string, Set<{ readonly listener: EventListener }>>();
  #queue: (readonly [SignedEvent, Delta])[] = [];
  #draining = false;

  /** Calls back once for each delta published from now on. Returns how to stop. */
  subscribe(listener: EventListener, scope?: Scope): () => void {
    const topic = scope === undefined ? EVERYTHING : topicOf(scope);
    const entry = { listener };
    const entries = this.#topics.get(topic) ?? new Set();
    this.#topics.set(topic, entries.add(entry));
    return () => {
      entries.delete(entry);
      if (entries.size === 0 && this.#topics.get(topic) === entries) this.#topics.delete(topic);
    };
  }

  /**
   * Delivers a delta. One published by a listener waits until the current one is delivered to all, so
   * that everybody sees one order. Every listener is called even if one throws; the first error is
   * thrown at the end.
   */
  publish(event: SignedEvent, delta: Delta = "added"): void {
    this.#queue.push([event, delta]);
    if (this.#draining) return;
    this.#draining = true;
    const errors: unknown[] = [];
    try {
      // The queue grows while it is delivered.
      for (const [next, change] of this.#queue) this.#deliver(next, change, errors);
    } finally {
      this.#queue = [];
      this.#draining = false;
    }
    if (errors.length > 0) throw errors[0];
  }

  #deliver(event: SignedEvent, delta: Delta, errors: unknown[]): void {
    const { session, step } = event;
    // The narrowest first: whoever acts on any event finds the watchers of this one up to date.
    for (const topic of [topicOf({ session, step }), topicOf({ session }), EVERYTHING]) {
      for (const { listener } of [...(this.#topics.get(topic) ?? [])]) {
        try {
          listener(event, delta);
        } catch (error) {
          errors.push(error);
        }
      }
    }
  }
}

/** A session is hexadecimal, so a blank cannot be part of it. */
function topicOf(scope: Scope): string {
  return scope.step === undefined ? scope.session : `${scope.session} ${scope.step}`;
}
