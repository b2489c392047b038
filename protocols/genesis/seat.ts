/** Who takes part in key generation, and what came from whom. */

import { ProtocolError } from "../../dsl/errors.ts";

const MAX_MEMBERS = 64;

/** Who takes part, and as which of them. */
export interface Seat {
  /** This device's id, one of `members`. */
  readonly self: string;
  /** How many members together can use the key: 2 to all. */
  readonly threshold: number;
  /** Device ids, 2 to 64, in the order that everyone uses: the first is member 1. */
  readonly members: readonly string[];
}

/** What a member sent. */
export interface Received {
  /** Its device id. */
  readonly author: string;
  readonly bytes: Uint8Array;
  /** Hex hash of the signed event that carried it: the evidence, if it is bad. */
  readonly hash: string;
}

/** What a member sent, under its number. */
export interface Numbered extends Received {
  readonly number: number;
}

/** @throws ProtocolError `InvalidInput` for a threshold or members that cannot be */
export function requireSeat(seat: Seat): void {
  const { self, threshold, members } = seat;
  const size = members.length;
  const todo = (() => {
    if (size < 2 || size > MAX_MEMBERS) return `take 2 to ${MAX_MEMBERS} members`;
    if (new Set(members).size !== size) return "list every member once";
    if (!members.includes(self)) return "list this device among the members";
    if (!Number.isInteger(threshold) || threshold < 2 || threshold > size) {
      return `choose a threshold from 2 to the number of members, ${size}`;
    }
    return undefined;
  })();
  if (todo === undefined) return;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `a key cannot be made for ${threshold} of ${size} members with ${self} taking part`,
    todo,
  });
}

/** A member's number, from 1. */
export function numberOf(seat: Seat, device: string): number {
  return seat.members.indexOf(device) + 1;
}

/**
 * What the other members sent, in their order.
 *
 * @throws ProtocolError `InvalidInput` unless each sent exactly once, and nobody else did
 */
export function fromOthers(seat: Seat, received: readonly Received[]): readonly Numbered[] {
  const foreign = received.filter(({ author }) => author !== seat.self);
  const sorted = foreign
    .map((each) => ({ ...each, number: numberOf(seat, each.author) }))
    .toSorted((a, b) => a.number - b.number);
  const expected = seat.members.filter((member) => member !== seat.self);
  const complete =
    sorted.length === expected.length && expected.every((m, i) => sorted[i]?.author === m);
  if (complete) return sorted;
  throw new ProtocolError({
    code: "InvalidInput",
    what: `key generation needs something from each of ${expected.length} other members, once`,
    todo: `pass what all of them sent; now there is ${foreign.map((r) => r.author).join(", ") || "nothing"}`,
    where: { device: seat.self },
  });
}

/**
 * Refuses what is faulty, naming everyone at fault.
 *
 * @param faultOf why something is refused, or `undefined`
 * @throws ProtocolError `Rejected`
 */
export function refuseFaulty(
  received: readonly Numbered[],
  faultOf: (each: Numbered, index: number) => string | undefined,
): void {
  const blamed = received.flatMap((each, index) => {
    const reason = faultOf(each, index);
    return reason === undefined ? [] : [{ device: each.author, reason, evidence: [each.hash] }];
  });
  if (blamed.length === 0) return;
  throw new ProtocolError({
    code: "Rejected",
    what: "key generation was given what its author cannot have made honestly",
    todo: "abort the session, and start again without those blamed",
    blamed,
  });
}
