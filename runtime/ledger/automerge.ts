/** A ledger that travels in Automerge documents: of each session one after the other. */

import { ProtocolError } from "../../dsl/errors.ts";
import {
  type DocumentName,
  type EventDocument,
  type SavedDocument,
  checkSyncMessage,
} from "./document.ts";
import { type Entry, type ReadChange, readChange } from "./document-layout.ts";
import type { SignedEvent } from "./envelope.ts";
import { DEVICE_ID } from "./envelope-fields.ts";
import type { Admission } from "./event-index.ts";
import type { ClosedSession } from "./compaction/snapshot.ts";
import { Gossip, type GossipListener } from "./gossip.ts";
import { Journal, type WriteEvents } from "./journal.ts";
import { MemoryLedger } from "./memory.ts";
import type { QuarantineReason } from "./quarantine.ts";
import type { AccountRoster } from "./roster.ts";
import type { SyncState } from "./sync-state.ts";
import { digestOfSet } from "./set-digest.ts";
import { MAX_CHANGES, MAX_OPERATIONS, type Standing, layoutOf, nameText } from "./vehicle.ts";
import { Vehicles } from "./vehicles.ts";

export interface AutomergeLedgerOptions {
  readonly roster: AccountRoster;
  /** Id of this device. */
  readonly device: string;
  /**
   * Counts the times that this device came back, perhaps without its documents. A device that writes
   * anew under a name it used before splits its documents for good.
   */
  readonly incarnation?: number;
  /** Documents of an earlier incarnation. */
  readonly documents?: readonly SavedDocument[];
  /** Stores admitted events. They count when it returned; it may throw. */
  readonly store?: WriteEvents;
}

/**
 * `gap`: the document lacks predecessors of the change. `older`: the document was set aside.
 * `refused`: the change is malformed, forged or one too many.
 */
export type ChangeOutcome = "applied" | "known" | "gap" | "older" | "refused";

/**
 * The index is the truth and the documents are vehicles. Events are read out of the changes, not out
 * of what a document shows: a change that deletes or overwrites an entry can hide it in the
 * document, but not take it back. A document that no longer merges is replaced by its next
 * generation, which every replica fills from its index.
 */
export class AutomergeLedger extends MemoryLedger {
  readonly #vehicles: Vehicles;
  readonly #gossip: Gossip;
  readonly #journal: Journal;

  /** @throws ProtocolError `InvalidInput` for a malformed device id */
  constructor({ roster, device, incarnation = 0, documents = [], store }: AutomergeLedgerOptions) {
    super(roster);
    if (!DEVICE_ID.test(device)) {
      throw new ProtocolError({
        code: "InvalidInput",
        what: "the device's id is malformed",
        todo: "open the ledger as one of the account's devices",
        where: { device },
      });
    }
    this.#vehicles = new Vehicles({
      account: this.account,
      writer: `${device} ${incarnation}`,
      documents,
      report: (fault, detail) => this.refuse(fault, detail),
      isUsed: (session) => this.index.session(session).size > 0,
    });
    this.#gossip = new Gossip(device);
    this.#journal = new Journal(store);
  }

  /** @throws ProtocolError `Storage` where the event could not be stored: offer it again */
  override append(bytes: Uint8Array): Admission {
    const admission = this.index.admit(bytes);
    const isStored = this.settle((admitted) => this.#store(admitted));
    if (admission.status === "quarantined" || isStored) return admission;
    if (this.#journal.waits(admission.event.hash)) throw this.#journal.error();
    return admission;
  }

  /** Takes back an event that was stored, and tells nobody. */
  restore(bytes: Uint8Array): Admission {
    const admission = this.index.admit(bytes);
    this.index.drain();
    return admission;
  }

  /** Takes in an event of a peer, outside any document. One that cannot be stored waits. */
  receiveEvent(bytes: Uint8Array): void {
    this.index.admit(bytes);
    this.settle((admitted) => this.#store(admitted));
  }

  override compact(): readonly string[] {
    const closed = super.compact();
    for (const session of closed) this.#vehicles.drop(session);
    return closed;
  }

  /** Keeps a session closed that was closed when the ledger was last open. */
  restoreClosed(closed: ClosedSession): void {
    this.index.close(closed);
    this.#vehicles.drop(closed.session);
  }

  /** Ids of the sessions that there are events or documents of. */
  sessions(): readonly string[] {
    return [...new Set([...this.index.sessions, ...this.#vehicles.sessions()])].sort();
  }

  /** How many events there are. */
  get size(): number {
    return this.index.sessions.reduce((sum, id) => sum + this.index.session(id).size, 0);
  }

  /** Hash of the set of the session's events: equal on two replicas that hold the same ones. */
  digest(session: string): Uint8Array {
    const closed = this.index.closed(session);
    return closed === undefined ? this.index.session(session).digest() : digestOfSet(closed.hashes);
  }

  /** The generation of each of the session's documents. */
  generations(session: string): readonly number[] {
    return this.#vehicles.of(session)?.generations() ?? [];
  }

  /** Names of the session's documents; none where they were given up. */
  documents(session: string): readonly DocumentName[] {
    const documents = this.#vehicles.of(session)?.documents() ?? [];
    return documents.map(({ name }) => name);
  }

  /** Whether events of the session travel outside documents, because these broke too often. */
  gaveUp(session: string): boolean {
    return this.#vehicles.of(session)?.gaveUp() ?? true;
  }

  /** What has to be kept of the documents to go on with them. */
  saveDocuments(): readonly SavedDocument[] {
    return this.#vehicles.save();
  }

  /** Tells the listener about changes from now on. Returns how to stop. */
  connect(listener: GossipListener): () => void {
    return this.#gossip.connect(listener);
  }

  /** Records input of a peer that cannot be used. */
  refuse(reason: QuarantineReason, detail: string, bytes?: Uint8Array): void {
    this.index.quarantine.add(reason, detail, bytes);
  }

  /** Where this replica stands with a document that a peer names. Adopts a higher generation. */
  standing(name: DocumentName): Standing {
    if (this.index.closed(name.session) !== undefined) return { status: "closed" };
    const vehicle = this.#vehicles.of(name.session);
    return vehicle?.find(name) ?? { status: "closed" };
  }

  /** Puts the session's events that no document carries into one, and tells the peers. */
  fill(session: string): void {
    const events = this.events({ session });
    this.#put(
      session,
      events.filter(({ hash }) => !this.#journal.waits(hash)),
    );
  }

  /**
   * Takes in one change of a document. Its events are admitted even where the document does not take
   * the change: each carries its own signature.
   *
   * @param sentTo names of the peers that have the change, the sender among them
   */
  receiveChange(name: DocumentName, change: Uint8Array, sentTo: readonly string[]): ChangeOutcome {
    const { session } = name;
    const read = this.#read(session, change);
    const standing = read === undefined ? undefined : this.standing(name);
    if (read === undefined || standing === undefined) return "refused";
    if (standing.status !== "open") {
      this.#admit(session, read);
      this.settle((admitted) => this.#store(admitted));
      return standing.status === "older" ? "older" : "refused";
    }
    const { document } = standing;
    const place = document.placeOf(read);
    if (place === "known") return place;
    this.#noticeForgery(document, read, change);
    const held = this.#admit(session, read);
    const outcome = place === "gap" ? place : this.#apply(document, read, change);
    if (outcome === "applied") {
      for (const hash of held) document.carried.add(hash);
      this.#gossip.change(name, change, sentTo);
    }
    this.settle((admitted) => this.#store(admitted, outcome === "gap" ? session : undefined));
    return outcome;
  }

  /** The next synchronisation message for a peer; nothing where the document is not in use. */
  nextSyncMessage(
    name: DocumentName,
    state: SyncState,
  ): readonly [SyncState, Uint8Array | null] | undefined {
    const standing = this.standing(name);
    if (standing.status !== "open") return undefined;
    return this.#attempt("BadSync", undefined, () => standing.document.nextMessage(state));
  }

  /**
   * Takes in a synchronisation message and the events of the changes that it brought.
   *
   * @param peer name of the sender
   * @returns the state after it; nothing where the message was refused
   */
  receiveSyncMessage(
    name: DocumentName,
    state: SyncState,
    message: Uint8Array,
    peer: string,
  ): SyncState | undefined {
    const { session } = name;
    const standing = this.standing(name);
    const readable = this.#attempt("BadSync", message, () => (checkSyncMessage(message), true));
    if (standing.status !== "open" || readable === undefined) return undefined;
    const { document } = standing;
    const before = document.heads();
    const next = this.#attempt("BadSync", message, () => document.receive(state, message));
    // A document that is too large is not read: its changes may say more than fits in memory.
    const bounded = this.#bounded(document);
    const changes = bounded ? document.changesSince(before) : [];
    for (const change of changes) {
      const read = this.#read(session, change);
      if (read === undefined) continue;
      this.#noticeForgery(document, read, change);
      for (const hash of this.#admit(session, read)) document.carried.add(hash);
    }
    if (next === undefined) this.#replace(document, "a synchronisation does not apply");
    else if (!bounded) this.#replace(document, "it is too large");
    else if (changes.length > 0) this.#gossip.advanced(session, peer);
    this.settle((admitted) => this.#store(admitted, session));
    // What neither side's document brought has to be put into one.
    if (next !== undefined && document.isShared(next)) this.fill(session);
    return next;
  }

  #read(session: string, change: Uint8Array): ReadChange | undefined {
    return this.#attempt("BadChange", change, () =>
      readChange(change, layoutOf(this.account, session)),
    );
  }

  /** A change that cannot be applied shows that the document will not merge with some other one. */
  #apply(document: EventDocument, read: ReadChange, change: Uint8Array): ChangeOutcome {
    if (document.size().changes >= MAX_CHANGES) {
      this.refuse("DocumentTooLarge", nameText(document.name), change);
      return "refused";
    }
    const applied = this.#attempt("BadChange", change, () => (document.apply(change, read), true));
    if (applied === undefined) this.#replace(document, "a change does not apply");
    else if (!this.#bounded(document)) this.#replace(document, "it is too large");
    return applied === undefined ? "refused" : "applied";
  }

  #bounded(document: EventDocument): boolean {
    const { changes, operations } = document.size();
    if (changes <= MAX_CHANGES && operations <= MAX_OPERATIONS) return true;
    this.refuse("DocumentTooLarge", `${nameText(document.name)}: ${changes}, ${operations}`);
    return false;
  }

  /** Sets the document aside, fills the next one, and lets the peers know. */
  #replace(document: EventDocument, why: string): void {
    const { session } = document.name;
    this.#vehicles.of(session)?.setAside(document, why);
    this.fill(session);
    this.#gossip.advanced(session);
  }

  /** Only this replica writes under its name, and it has its own changes. */
  #noticeForgery(document: EventDocument, { actor, hash }: ReadChange, change: Uint8Array): void {
    if (actor !== document.actor) return;
    this.refuse("ForgedActor", `${nameText(document.name)}: ${hash}`, change);
  }

  /** Runs what may throw on hostile input, and quarantines the input if it does. */
  #attempt<T>(
    reason: QuarantineReason,
    bytes: Uint8Array | undefined,
    run: () => T,
  ): T | undefined {
    try {
      return run();
    } catch (error) {
      this.refuse(reason, error instanceof Error ? error.message : "refused", bytes);
      return undefined;
    }
  }

  /**
   * Admits the events of a change; records what a change must not do.
   *
   * @returns hashes of its events that are in the index, new or not
   */
  #admit(session: string, { entries }: ReadChange): readonly string[] {
    return entries.flatMap((entry) => {
      const admission = this.#admitEntry(session, entry);
      return admission === undefined || admission.status === "quarantined" ? [] : [entry.key];
    });
  }

  #admitEntry(session: string, entry: Entry): Admission | undefined {
    if (entry.kind !== "put") {
      this.refuse(entry.kind === "deleted" ? "Deleted" : "NotAnEntry", entry.key);
      return undefined;
    }
    const { key, bytes, fresh } = entry;
    const admission = this.index.admit(bytes, { hash: key, session });
    if (!fresh && admission.status === "quarantined") this.refuse("Overwritten", key);
    return admission;
  }

  /**
   * Stores admitted events, then puts them into documents and tells everybody. Events that could not
   * be stored wait for the next attempt.
   *
   * @param except a session whose events go into no document now; a synchronisation that is under way
   *   may bring them
   */
  #store(admitted: readonly SignedEvent[], except?: string): boolean {
    const stored = this.#journal.write(admitted);
    if (stored === undefined) {
      this.refuse("NotStored", this.#journal.error().message);
      return false;
    }
    for (const to of new Set(stored.map((event) => event.session))) {
      if (to === except) continue;
      this.#put(
        to,
        stored.filter((event) => event.session === to),
      );
    }
    for (const event of stored) this.publish(event);
    return true;
  }

  #put(session: string, events: readonly SignedEvent[]): void {
    if (events.length === 0) return;
    const vehicle = this.#vehicles.of(session);
    if (vehicle === undefined) {
      for (const event of events) this.#gossip.event(event);
      return;
    }
    const { changes, left, replaced } = vehicle.put(events);
    for (const { name, change } of changes) this.#gossip.change(name, change, []);
    for (const event of left) this.#gossip.event(event);
    if (!replaced) return;
    this.fill(session);
    this.#gossip.advanced(session);
  }
}
