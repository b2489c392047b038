/**
 * The operation lock: held by one device at a time, for a lease, under a token that only rises. A
 * grant counts if the one before it was released or has run out when it begins.
 */
import type { SignedEvent } from "../ledger/envelope.ts";
import type { AccountFact, AccountPayload } from "./events.ts";
import { isWithin } from "./constitution.ts";
import { OrderedFold } from "./ordered-fold.ts";
import type { Placed } from "./ordered-fold.ts";

export interface OperationLock {
  /** Fencing token: whoever guards a resource refuses a lower one than it has seen (Kleppmann, 2016). */
  readonly token: number;
  readonly holder: string;
  /** Hex id of the session that the lock was asked for in. */
  readonly session: string;
  readonly from: number;
  /** The first epoch in which it is no longer held. */
  readonly until: number;
  readonly isReleased: boolean;
  /** Hex hash of the grant. */
  readonly event: string;
}

export type LockFact = Extract<
  AccountFact,
  { readonly type: "GrantOperationLock" | "ReleaseOperationLock" }
>;

interface LockStep extends Placed {
  readonly event: SignedEvent;
  readonly fact: LockFact;
}

interface LockState {
  readonly lock?: OperationLock;
  /** The lock before this one, should two grants of one token void each other. */
  readonly before?: OperationLock;
  /** The highest token of any grant. */
  readonly token: number;
  /** The content of the grant that was last looked at. */
  readonly content?: string;
}

export class LockBook {
  readonly #steps = new OrderedFold<LockStep, LockState>({ token: 0 }, follow);

  /** The latest lock that was granted, held or not. */
  get latest(): OperationLock | undefined {
    return this.#steps.state.lock;
  }

  /** The token of the next grant. */
  get nextToken(): number {
    return this.#steps.state.token + 1;
  }

  /** How many facts it rests on. */
  get size(): number {
    return this.#steps.size;
  }

  change(event: SignedEvent, fact: LockFact, isHere: boolean): void {
    const isGrant = fact.type === "GrantOperationLock";
    const position = 2 * fact.payload.token + (isGrant ? 0 : 1);
    const step = { position, hash: event.hash, event, fact };
    if (isHere) this.#steps.add(step);
    else this.#steps.remove(step);
  }
}

/** Whether the lock is held in the epoch. */
export function isHeld(lock: OperationLock | undefined, epoch: number): boolean {
  return lock !== undefined && !lock.isReleased && isWithin(lock, epoch);
}

function follow(state: LockState, { event, fact }: LockStep): LockState {
  return fact.type === "GrantOperationLock"
    ? grant(state, event, fact.payload)
    : release(state, event, fact.payload.token);
}

function grant(
  state: LockState,
  event: SignedEvent,
  payload: AccountPayload<"GrantOperationLock">,
): LockState {
  const { token, holder, session, from, lease } = payload;
  const content = [holder, session, from, lease].join(" ");
  if (token === state.token) {
    // Said twice, it is one grant; two grants of one token are none.
    return content === state.content
      ? state
      : withLock({ token, content: "" }, state.before, state.before);
  }
  const { lock } = state;
  const isFree = lock === undefined || lock.isReleased || from >= lock.until;
  if (!isFree) return withLock({ token, content }, lock, lock);
  const until = from + lease;
  const next = { token, holder, session, from, until, isReleased: false, event: event.hash };
  return withLock({ token, content }, Object.freeze(next), lock);
}

function release(state: LockState, { author }: SignedEvent, token: number): LockState {
  const { lock } = state;
  if (lock?.token !== token || lock.holder !== author) return state;
  return { ...state, lock: Object.freeze({ ...lock, isReleased: true }) };
}

function withLock(
  base: { readonly token: number; readonly content: string },
  lock: OperationLock | undefined,
  before?: OperationLock,
): LockState {
  return {
    ...base,
    ...(lock === undefined ? {} : { lock }),
    ...(before === undefined ? {} : { before }),
  };
}
