/** Delivery of new events to those who asked for them, and to nobody else. */

import type { SignedEvent } from "./envelope.ts";

export type EventListener = (event: SignedEvent) => void;

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
  readonly #queue: SignedEvent[] = [];
  #draining = false;

  /** Calls back once for each event published from now on. Returns how to stop. */
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
   * Delivers an event. An event published by a listener waits until the current one is delivered to
   * all, so that everybody sees one order. Every listener is called even if one throws; the first
   * error is thrown at the end.
   */
  publish(event: SignedEvent): void {
    this.#queue.push(event);
    if (this.#draining) return;
    this.#draining = true;
    const errors: unknown[] = [];
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        this.#deliver(next, errors);
      }
    } finally {
      this.#draining = false;
    }
    if (errors.length > 0) throw errors[0];
  }

  #deliver(event: SignedEvent, errors: unknown[]): void {
    const { session, step } = event;
    // The narrowest first: whoever acts on any event finds the watchers of this one up to date.
    for (const topic of [topicOf({ session, step }), topicOf({ session }), EVERYTHING]) {
      for (const { listener } of [...(this.#topics.get(topic) ?? [])]) {
        try {
          listener(event);
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
