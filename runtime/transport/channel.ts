/** A connection between two devices: whole messages, both ways. */

import { soon } from "../time/wall-clock.ts";

/** Messages may be lost, but not altered: what is on top detects loss and repairs it. */
export interface Channel {
  send(bytes: Uint8Array): void;
  /** Calls back for each message from now on. Returns how to stop. */
  onMessage(handler: (bytes: Uint8Array) => void): () => void;
  /** Ends the connection at both ends. Messages under way are dropped. */
  close(): void;
}

export interface InProcessOptions {
  /** Runs a delivery later: after the current task where not given. */
  readonly deliver?: (task: () => void) => void;
  /** Messages under way in one direction; more are dropped. 4096 where not given. */
  readonly capacity?: number;
}

type Handlers = Set<{ readonly handle: (bytes: Uint8Array) => void }>;

/** Two ends of one connection inside a process. Messages arrive in order, never within `send`. */
export function inProcessChannel(options: InProcessOptions = {}): readonly [Channel, Channel] {
  const { deliver = soon, capacity = 4096 } = options;
  const left: Handlers = new Set();
  const right: Handlers = new Set();
  let open = true;
  const end = (own: Handlers, other: Handlers): Channel => {
    const queue: Uint8Array[] = [];
    const deliverNext = (): void => {
      const bytes = queue.shift();
      if (bytes === undefined || !open) return;
      for (const { handle } of [...other]) handle(bytes);
    };
    return Object.freeze({
      send: (bytes: Uint8Array) => {
        if (!open || queue.length >= capacity) return;
        queue.push(Uint8Array.from(bytes));
        deliver(deliverNext);
      },
      onMessage: (handler: (bytes: Uint8Array) => void) => {
        const entry = { handle: handler };
        own.add(entry);
        return () => void own.delete(entry);
      },
      close: () => {
        open = false;
      },
    });
  };
  return [end(left, right), end(right, left)];
}
