/**
 * The account's state: a function of the set of admitted events, the same on every replica whatever the
 * order of arrival. An event changes the part that it is about, and nothing else is looked at.
 */
import { equalBytes, labelled, toHex } from "../crypto/hash.ts";
import { getOrMake } from "../get-or-make.ts";
import { encode } from "../ledger/cbor.ts";
import type { SignedEvent } from "../ledger/envelope.ts";
import type { AccountRoster } from "../ledger/roster.ts";
import {
  Constitution,
  isWithin,
  type GroupKey,
  type Member,
  isConstitutional,
} from "./constitution.ts";
import { type Counter, CounterBook } from "./counters.ts";
import { EpochClock } from "./epoch-clock.ts";
import type { AccountFact, AccountPayload } from "./events.ts";
import { LockBook, type OperationLock } from "./locks.ts";
import { OrderedFold } from "./ordered-fold.ts";
import type { Placed } from "./ordered-fold.ts";
import { SessionBook, type SessionState } from "./sessions.ts";

/** A short-lived proof that a device is there, as its peers cached it. */
export interface PresenceTicket {
  readonly device: string;
  readonly sessionEpoch: number;
  readonly digest: Uint8Array;
  /** The first epoch in which it is no longer good. */
  readonly expires: number;
}

interface Maximum extends Placed {
  readonly value: number;
}

interface Ticket extends Placed {
  readonly ticket: PresenceTicket;
}

/** The state as its readers see it. */
export interface AccountView {
  /** Devices and guardians, present and past, in ascending order of id. */
  readonly members: readonly Member[];
  /** The key that threshold-signed events are to be signed with now; none before one is agreed on. */
  readonly groupKey: GroupKey | undefined;
  /** A bump of it invalidates the presence tickets of those before. */
  readonly sessionEpoch: number;
  /** The epoch that as many devices have reached as sign together; one device cannot push it. */
  readonly epoch: number;
  /** The devices of this epoch. */
  devices(epoch?: number): readonly Member[];
  member(id: string): Member | undefined;
  /** Good tickets only. */
  ticket(device: string): PresenceTicket | undefined;
  lock(operation: string): OperationLock | undefined;
  /** The fencing token of the operation's next grant. */
  nextToken(operation: string): number;
  counter(relationship: string): Counter;
  session(id: string): SessionState | undefined;
  /** Those that somebody has opened, in ascending order of id. */
  sessions(): readonly SessionState[];
  /** The latest state that a threshold signed, and what may be forgotten with it. */
  readonly snapshot: AccountPayload<"CommitSnapshot"> | undefined;
  /** What the group's snapshots say of a session: the root over its events; nothing while it is open. */
  closedRoot(session: string): Uint8Array | undefined;
  /** Hash of all of this: equal on two replicas that hold the same events. */
  hash(): Uint8Array;
}

export class AccountState implements AccountView {
  readonly constitution: Constitution;
  readonly #clock = new EpochClock();
  readonly #sessionEpochs = new OrderedFold<Maximum, number>(0, (_, { value }) => value);
  readonly #snapshots = new OrderedFold<
    Placed & { readonly payload: AccountPayload<"CommitSnapshot"> },
    AccountPayload<"CommitSnapshot"> | undefined
  >(undefined, (_, { payload }) => payload);
  /** Session → hash of a snapshot → root over the session's events. */
  readonly #closed = new Map<string, Map<string, Uint8Array>>();
  readonly #tickets = new Map<string, OrderedFold<Ticket, PresenceTicket | undefined>>();
  readonly #locks = new Map<string, LockBook>();
  readonly #counters = new Map<string, CounterBook>();
  readonly #sessions = new Map<string, SessionBook>();
  /** Hex hash of each part that was not changed since. */
  readonly #hashes = new Map<string, string>();

  constructor(roster: AccountRoster) {
    this.constitution = new Constitution(roster);
  }

  get members(): readonly Member[] {
    return this.constitution.members;
  }

  get groupKey(): GroupKey | undefined {
    return this.constitution.keys.at(-1);
  }

  get sessionEpoch(): number {
    return this.#sessionEpochs.state;
  }

  get epoch(): number {
    const quorum = this.groupKey?.threshold ?? this.constitution.genesisSize;
    return this.#clock.epoch((id) => {
      const member = this.constitution.member(id);
      return member?.kind === "device" && member.until === undefined;
    }, quorum);
  }

  get snapshot(): AccountPayload<"CommitSnapshot"> | undefined {
    return this.#snapshots.state;
  }

  devices(epoch: number = this.epoch): readonly Member[] {
    return this.members.filter((member) => member.kind === "device" && isWithin(member, epoch));
  }

  member(id: string): Member | undefined {
    return this.constitution.member(id);
  }

  ticket(device: string): PresenceTicket | undefined {
    const ticket = this.#tickets.get(device)?.state;
    const member = this.member(device);
    if (ticket === undefined || member === undefined || !isWithin(member, this.epoch))
      return undefined;
    const isGood = ticket.sessionEpoch === this.sessionEpoch && this.epoch < ticket.expires;
    return isGood ? ticket : undefined;
  }

  lock(operation: string): OperationLock | undefined {
    return this.#locks.get(operation)?.latest;
  }

  nextToken(operation: string): number {
    return this.#locks.get(operation)?.nextToken ?? 1;
  }

  counter(relationship: string): Counter {
    return (this.#counters.get(relationship) ?? new CounterBook()).counter;
  }

  session(id: string): SessionState | undefined {
    return this.#sessions.get(id)?.at(this.epoch);
  }

  sessions(): readonly SessionState[] {
    return [...this.#sessions.keys()].sort().flatMap((id) => this.session(id) ?? []);
  }

  /** Of two snapshots that close one session differently, neither does. */
  closedRoot(session: string): Uint8Array | undefined {
    const roots = [...(this.#closed.get(session)?.values() ?? [])];
    const [first] = roots;
    return first !== undefined && roots.every((root) => equalBytes(root, first))
      ? first
      : undefined;
  }

  /** Takes in an event of a protocol's session. */
  addStep(event: SignedEvent): void {
    const book = getOrMake(this.#sessions, event.session, () => new SessionBook(event.session));
    if (book.add(event)) this.#hashes.delete(`session ${event.session}`);
    this.#clock.add(event);
  }

  /** Takes back events of a session: `left` are those that it still has. */
  retractSteps(session: string, gone: readonly SignedEvent[], left: readonly SignedEvent[]): void {
    const book = new SessionBook(session);
    for (const event of left) book.add(event);
    if (left.length === 0) this.#sessions.delete(session);
    else this.#sessions.set(session, book);
    this.#hashes.delete(`session ${session}`);
    for (const event of gone) this.#clock.remove(event);
  }

  /**
   * Takes in an event of the account, or takes it back.
   *
   * @returns the vouchers whose word counts otherwise than before
   */
  change(event: SignedEvent, fact: AccountFact, isHere: boolean): readonly string[] {
    if (isHere) this.#clock.add(event);
    else this.#clock.remove(event);
    if (isConstitutional(fact)) {
      this.#hashes.delete("members");
      return this.constitution.change(event, fact, isHere);
    }
    this.#record(event, fact, isHere);
    return [];
  }

  hash(): Uint8Array {
    const parts = [
      ["members", () => ({ members: this.members, keys: this.constitution.keys })] as const,
      ["epochs", () => [this.epoch, this.sessionEpoch, this.snapshot ?? null]] as const,
      ...[...this.#tickets].map(
        ([id, fold]) => [`ticket ${id}`, () => fold.state ?? null] as const,
      ),
      ...[...this.#locks].map(([id, book]) => [`lock ${id}`, () => book.latest ?? null] as const),
      ...[...this.#counters].map(([id, book]) => [`counter ${id}`, () => book.counter] as const),
      // A session's status depends on the epoch, which has a part of its own.
      ...[...this.#sessions].map(
        ([id, book]) => [`session ${id}`, () => book.at(0) ?? null] as const,
      ),
    ];
    this.#hashes.delete("epochs");
    const lines = parts.map(([name, value]) => {
      const hash = getOrMake(this.#hashes, name, () =>
        toHex(labelled("aura/part/v1", encode(value()))),
      );
      return `${name} ${hash}`;
    });
    return labelled("aura/state/v1", lines.sort().join("\n"));
  }

  #close(hash: string, { closed }: AccountPayload<"CommitSnapshot">, isHere: boolean): void {
    for (const { session, events } of closed) {
      const roots = getOrMake(this.#closed, session, () => new Map<string, Uint8Array>());
      if (isHere) roots.set(hash, events);
      else roots.delete(hash);
    }
  }

  #record(event: SignedEvent, fact: AccountFact, isHere: boolean): void {
    const { hash, author } = event;
    switch (fact.type) {
      case "BumpSessionEpoch":
        return place(
          this.#sessionEpochs,
          { position: fact.payload.to, hash, value: fact.payload.to },
          isHere,
        );
      case "CommitSnapshot":
        this.#close(hash, fact.payload, isHere);
        return place(
          this.#snapshots,
          { position: fact.payload.before, hash, payload: fact.payload },
          isHere,
        );
      case "CachePresenceTicket": {
        const { serial, sessionEpoch, digest, expires } = fact.payload;
        const ticket = Object.freeze({ device: author, sessionEpoch, digest, expires });
        this.#hashes.delete(`ticket ${author}`);
        const fold = getOrMake(this.#tickets, author, latestTicket);
        place(fold, { position: serial, hash, ticket }, isHere);
        return dropIfEmpty(this.#tickets, author);
      }
      case "GrantOperationLock":
      case "ReleaseOperationLock": {
        const { operation } = fact.payload;
        this.#hashes.delete(`lock ${operation}`);
        getOrMake(this.#locks, operation, () => new LockBook()).change(event, fact, isHere);
        return dropIfEmpty(this.#locks, operation);
      }
      case "IncrementCounter":
      case "ReserveCounterRange": {
        const { relationship } = fact.payload;
        this.#hashes.delete(`counter ${relationship}`);
        getOrMake(this.#counters, relationship, () => new CounterBook()).change(
          event,
          fact,
          isHere,
        );
        return dropIfEmpty(this.#counters, relationship);
      }
      default:
        throw new TypeError(`${fact.type} belongs to the constitution`);
    }
  }
}

function latestTicket(): OrderedFold<Ticket, PresenceTicket | undefined> {
  return new OrderedFold<Ticket, PresenceTicket | undefined>(undefined, (_, { ticket }) => ticket);
}

function place<Item extends Placed>(
  fold: { add(item: Item): void; remove(item: Placed): void },
  item: Item,
  isHere: boolean,
): void {
  if (isHere) fold.add(item);
  else fold.remove(item);
}

/** A part of which everything was taken back is as if it had never been. */
function dropIfEmpty<Book extends { readonly size: number }>(
  books: Map<string, Book>,
  key: string,
): void {
  if (books.get(key)?.size === 0) books.delete(key);
}
