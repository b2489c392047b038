/** Who is told about changes of the documents, and who was told already. */

import type { DocumentName } from "./document.ts";
import type { SignedEvent } from "./envelope.ts";

/** What a peer is told. */
export interface GossipListener {
  /** Name of the peer. */
  readonly peer: string;
  /** A change that the peer is not known to have, and all who were sent it, the peer included. */
  change(name: DocumentName, change: Uint8Array, sentTo: readonly string[]): void;
  /** A new event of a session whose documents were given up. */
  event(event: SignedEvent): void;
  /** The session gained changes in bulk, or a document of another generation. */
  advanced(session: string): void;
}

/** Most names that a change carries along. */
export const MAX_SENT_TO = 128;

/**
 * Each change carries the names of those it was sent to. In a full mesh a change therefore goes to
 * each peer once, from its writer; where peers are connected in a line, it is passed on.
 */
export class Gossip {
  readonly #self: string;
  readonly #listeners = new Set<GossipListener>();

  constructor(self: string) {
    this.#self = self;
  }

  /** Returns how to stop. */
  connect(listener: GossipListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  change(name: DocumentName, change: Uint8Array, sentTo: readonly string[]): void {
    const peers = [...this.#listeners].map(({ peer }) => peer);
    const all = [...new Set([this.#self, ...peers, ...sentTo])].slice(0, MAX_SENT_TO);
    for (const listener of [...this.#listeners]) {
      if (!sentTo.includes(listener.peer)) listener.change(name, change, all);
    }
  }

  /** To everybody: those who have the event already do not pass it on. */
  event(event: SignedEvent): void {
    for (const listener of [...this.#listeners]) listener.event(event);
  }

  /** @param source name of the peer that the changes came from, if they came from one */
  advanced(session: string, source?: string): void {
    for (const listener of [...this.#listeners]) {
      if (listener.peer !== source) listener.advanced(session);
    }
  }
}
