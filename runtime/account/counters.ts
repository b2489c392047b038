/**
 * A relationship's counter: each value is given out once. Two quorums can count on from one value at
 * once; the event of the lower hash has it, and the other device asks again.
 */
import type { SignedEvent } from "../ledger/envelope.ts";
import type { AccountFact } from "./events.ts";
import { OrderedFold } from "./ordered-fold.ts";
import type { Placed } from "./ordered-fold.ts";

/** Values that one device may use, each once. */
interface Reservation {
  readonly device: string;
  readonly first: number;
  readonly size: number;
  /** The first epoch in which they may no longer be used; never where absent. */
  readonly expires?: number;
  /** Hex hash of the event that gave them. */
  readonly event: string;
}

export interface Counter {
  /** The highest value that is given out; 0 at first. */
  readonly value: number;
  /** The latest reservations, oldest first. */
  readonly latest: readonly Reservation[];
}

interface Claim extends Placed {
  readonly reservation: Reservation;
}

export type CounterFact = Extract<
  AccountFact,
  { readonly type: "IncrementCounter" | "ReserveCounterRange" }
>;

const REMEMBERED = 64;
const START: Counter = Object.freeze({ value: 0, latest: Object.freeze([]) });

export class CounterBook {
  readonly #claims = new OrderedFold<Claim, Counter>(START, give);

  get counter(): Counter {
    return this.#claims.state;
  }

  /** How many facts it rests on. */
  get size(): number {
    return this.#claims.size;
  }

  change(event: SignedEvent, fact: CounterFact, isHere: boolean): void {
    const claim = claimOf(event, fact);
    if (isHere) this.#claims.add(claim);
    else this.#claims.remove(claim);
  }
}

/** A claim below the next value is too late; one above it waits for those between. */
function give(counter: Counter, { reservation }: Claim): Counter {
  if (reservation.first !== counter.value + 1) return counter;
  return Object.freeze({
    value: reservation.first + reservation.size - 1,
    latest: Object.freeze([...counter.latest, reservation].slice(-REMEMBERED)),
  });
}

function claimOf({ hash }: SignedEvent, fact: CounterFact): Claim {
  const { device } = fact.payload;
  const values =
    fact.type === "IncrementCounter"
      ? { first: fact.payload.previous + 1, size: 1 }
      : { first: fact.payload.start, size: fact.payload.size, expires: fact.payload.expires };
  const reservation = Object.freeze({ device, ...values, event: hash });
  return { position: reservation.first, hash, reservation };
}
