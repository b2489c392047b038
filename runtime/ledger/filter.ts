/** Which events a reader wants. */

import { ProtocolError } from "../../dsl/errors.ts";
import { addresseeOf } from "./addressed.ts";
import type { EventBody, SignedEvent } from "./envelope.ts";

/**
 * A condition on events, as plain data. Every key that is given must hold, so that `{}` matches all.
 *
 * @example
 * ```ts
 * import type { Predicate } from "aura-choreography/runtime";
 *
 * const commitmentOfAlice: Predicate = { type: "RecordCommitment", authors: ["alice"] };
 * const toMeOrToAll: Predicate = { or: [{ addressee: "bob" }, { addressee: null }] };
 * const lateAndNotMine: Predicate = { epoch: { atLeast: 8 }, not: { authors: ["bob"] } };
 * ```
 */
export interface Predicate {
  /** Path of the step. */
  readonly step?: string;
  /** Turn of a recursion. */
  readonly iteration?: number;
  /** Name of the event's declaration, or some of which any will do; an empty list matches nothing. */
  readonly type?: string | readonly string[];
  /** Device ids; an empty list matches nothing. */
  readonly authors?: readonly string[];
  /** Device that the slot is for, where each of a family has its own; `null`: a slot for everyone. */
  readonly addressee?: string | null;
  /** The author's epoch; both ends are within the range. */
  readonly epoch?: { readonly atLeast?: number; readonly atMost?: number };
  /** Who vouches for the event. */
  readonly authorization?: EventBody["authorization"]["kind"];
  /** All must hold. */
  readonly and?: readonly Predicate[];
  /** One must hold; an empty list matches nothing. */
  readonly or?: readonly Predicate[];
  /** Must not hold. */
  readonly not?: Predicate;
}

/** The events of one session for which every key that is given holds. */
export interface EventFilter extends Predicate {
  /** Hex id of the session. Causal order, in which events are given, is that of a session. */
  readonly session: string;
  /**
   * What plain data cannot say: a pure function of the event. One that throws has refused the event:
   * events come from peers, and a peer must not be able to stop the reader.
   */
  readonly where?: (event: SignedEvent) => boolean;
}

/** Deepest nesting of `and`, `or` and `not`, and most predicates in one filter. */
const MAX_DEPTH = 16;
const MAX_PREDICATES = 1024;

/** Whether the event passes the filter. Does not throw: what cannot be asked does not match. */
export function matches(filter: EventFilter, event: SignedEvent): boolean {
  if (filter.session !== event.session) return false;
  try {
    return holds(filter, event) && (filter.where === undefined || filter.where(event));
  } catch {
    return false;
  }
}

/** Whether the event stands in a slot that the filter looks at, whatever the event says. */
export function inScope(filter: EventFilter, event: SignedEvent): boolean {
  return filter.session === event.session && isAt(filter, event);
}

/**
 * Refuses a filter that takes too long to ask. Types cannot: a predicate may come from elsewhere.
 *
 * @throws ProtocolError `InvalidInput` for predicates nested more than 16 deep, or more than 1024
 */
export function checkFilter(filter: EventFilter): void {
  let level: readonly Predicate[] = [filter];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    count += level.length;
    if (depth > MAX_DEPTH || count > MAX_PREDICATES) throw tooLarge();
    level = level.flatMap(partsOf);
  }
}

function partsOf({ and = [], or = [], not }: Predicate): readonly Predicate[] {
  return [...and, ...or, ...(not === undefined ? [] : [not])];
}

function holds(predicate: Predicate, event: SignedEvent): boolean {
  const { and, or, not } = predicate;
  return (
    isAt(predicate, event) &&
    says(predicate, event) &&
    (and === undefined || and.every((part) => holds(part, event))) &&
    (or === undefined || or.some((part) => holds(part, event))) &&
    (not === undefined || !holds(not, event))
  );
}

/** The conditions on the slot. */
function isAt({ step, iteration, authors, addressee }: Predicate, event: SignedEvent): boolean {
  return (
    (step === undefined || step === event.step) &&
    (iteration === undefined || iteration === event.iteration) &&
    (authors === undefined || authors.includes(event.author)) &&
    (addressee === undefined || addressee === (addresseeOf(event.step) ?? null))
  );
}

/** The conditions on what stands in the slot. */
function says({ type, epoch, authorization }: Predicate, event: SignedEvent): boolean {
  return (
    (type === undefined || isOneOf(type, event.type)) &&
    (epoch?.atLeast === undefined || epoch.atLeast <= event.epoch) &&
    (epoch?.atMost === undefined || epoch.atMost >= event.epoch) &&
    (authorization === undefined || isOneOf(authorization, event.authorization.kind))
  );
}

function isOneOf(wanted: string | readonly string[], name: string): boolean {
  return typeof wanted === "string" ? wanted === name : wanted.includes(name);
}

function tooLarge(): ProtocolError {
  return new ProtocolError({
    code: "InvalidInput",
    what: `a filter holds more than ${MAX_PREDICATES} predicates, or nests them more than ${MAX_DEPTH} deep`,
    todo: "say it with fewer: lists of types and authors count as one predicate",
  });
}
