/** Which events a reader wants. */

import type { SignedEvent } from "./envelope.ts";

/** Every condition that is given must hold. */
export interface EventFilter {
  /** Hex id of the session. */
  readonly session: string;
  /** Path of the step. */
  readonly step?: string;
  readonly iteration?: number;
  /** Name of the event's declaration. */
  readonly type?: string;
  /** Device ids; an empty list matches nothing. */
  readonly authors?: readonly string[];
  /**
   * A pure function of the event. A predicate that throws has refused the event: events come from
   * peers, and a peer must not be able to stop the reader.
   */
  readonly where?: (event: SignedEvent) => boolean;
}

/** Whether the event passes the filter. */
export function matches(filter: EventFilter, event: SignedEvent): boolean {
  return (
    inScope(filter, event) &&
    (filter.type === undefined || filter.type === event.type) &&
    accepts(filter, event)
  );
}

/** Whether the event stands in a slot that the filter looks at, whatever the event says. */
export function inScope(filter: EventFilter, event: SignedEvent): boolean {
  return (
    filter.session === event.session &&
    (filter.step === undefined || filter.step === event.step) &&
    (filter.iteration === undefined || filter.iteration === event.iteration) &&
    (filter.authors === undefined || filter.authors.includes(event.author))
  );
}

function accepts(filter: EventFilter, event: SignedEvent): boolean {
  if (filter.where === undefined) return true;
  try {
    return filter.where(event);
  } catch {
    return false;
  }
}
