/** A ledger that travels in Automerge documents, one a session. */

import { ProtocolError } from "../../dsl/errors.ts";
import type { SignedEvent } from "./envelope.ts";
import type { Admission } from "./event-index.ts";
import { Gossip, type GossipListener } from "./gossip.ts";
import { MemoryLedger } from "./memory.ts";
import type { QuarantineReason } from "./quarantine.ts";
import type { AccountRoster } from "./roster.ts";
import { type Entry, type ReadChange, SessionDocument } from "./session-document.ts";
import { type SyncState, readChange } from "./session-document.ts";

export interface AutomergeLedgerOptions {
  readonly roster: AccountRoster;
  /** Id of this device. */
  readonly device: string;
  /**
   * Counts the times that this device came back without its documents. A device that writes anew
   * under a name it used before splits its documents for good.
   */
  readonly incarnation?: number;
}

/** `gap`: the document lacks predecessors of the change. `refused`: it is malformed or forged. */
export type ChangeOutcome = "applied" | "known" | "gap" | "refused";

const MAX_SESSIONS = 4096;

/**
 * The index is the truth and the documents are vehicles. Events are read out of the changes, not out
 * of what a document shows: a change that deletes or overwrites an entry can hide it in the
 * document, but not take it back.
 */
export class AutomergeLedger extends MemoryLedger {
  readonly #writer: string;
  readonly #documents = new Map<string, SessionDocument>();
  readonly #gossip: Gossip;

  /** @throws ProtocolError `InvalidInput` for a device that is not in the roster */
  constructor({ roster, device, incarnation = 0 }: AutomergeLedgerOptions) {
    super(roster);
    if (roster.devices.every(({ id }) => id !== device)) {
      throw new ProtocolError({
        code: "InvalidInput",
        what: "the device is not in the account's roster",
        todo: "open the ledger as one of the roster's devices",
        where: { device },
      });
    }
    this.#writer = `${device} ${incarnation}`;
    this.#gossip = new Gossip(device);
  }

  /** Ids of the sessions that there are documents of. */
  sessions(): readonly string[] {
    return [...this.#documents.keys()].sort();
  }

  /** Hash of the set of the session's events: equal on two replicas that hold the same ones. */
  digest(session: string): Uint8Array {
    return this.index.session(session).digest();
  }

  /** Tells the listener about changes from now on. Returns how to stop. */
  connect(listener: GossipListener): () => void {
    return this.#gossip.connect(listener);
  }

  /** Records input of a peer that cannot be used. */
  refuse(reason: QuarantineReason, detail: string, bytes?: Uint8Array): void {
    this.index.quarantine.add(reason, detail, bytes);
  }

  /**
   * Takes in one change of a session's document. Its events are admitted even where the document
   * does not take the change: each carries its own signature.
   *
   * @param sentTo names of the peers that have the change, the sender among them
   */
  receiveChange(session: string, change: Uint8Array, sentTo: readonly string[]): ChangeOutcome {
    const read = this.#read(change);
    const document = read === undefined ? undefined : this.#open(session);
    if (read === undefined || document === undefined) return "refused";
    if (document.includes([read.hash])) return "known";
    const admitted = this.#admit(session, read);
    const outcome = this.#apply(document, read, change);
    if (outcome === "applied") this.#gossip.change(session, change, sentTo);
    this.settle(outcome === "refused" ? undefined : hashesOf(admitted));
    return outcome;
  }

  /** The next synchronisation message for a peer; nothing where there is nothing to say. */
  nextSyncMessage(
    session: string,
    state: SyncState,
  ): readonly [SyncState, Uint8Array | null] | undefined {
    return this.#open(session)?.nextMessage(state);
  }

  /**
   * Takes in a synchronisation message and the events of the changes that it brought.
   *
   * @param peer name of the sender
   * @returns the state after it; nothing where the message was refused
   */
  receiveSyncMessage(
    session: string,
    state: SyncState,
    message: Uint8Array,
    peer: string,
  ): SyncState | undefined {
    const document = this.#open(session);
    if (document === undefined) return undefined;
    const before = document.heads();
    const next = this.#attempt("BadSync", message, () => document.receive(state, message));
    const changes = document.changesSince(before);
    const admitted = changes.flatMap((change) => {
      const read = this.#read(change);
      return read === undefined ? [] : this.#admit(session, read);
    });
    if (changes.length > 0) this.#gossip.advanced(session, peer);
    this.settle(hashesOf(admitted));
    return next;
  }

  #read(change: Uint8Array): ReadChange | undefined {
    return this.#attempt("BadChange", change, () => readChange(change));
  }

  #apply(document: SessionDocument, read: ReadChange, change: Uint8Array): ChangeOutcome {
    if (!document.includes(read.deps)) return "gap";
    const outcome = this.#attempt("BadChange", change, () => {
      document.apply(change);
      return "applied" as const;
    });
    return outcome ?? "refused";
  }

  /** Runs what may throw on hostile input, and quarantines the input if it does. */
  #attempt<T>(reason: QuarantineReason, bytes: Uint8Array, run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      this.refuse(reason, error instanceof Error ? error.message : "refused", bytes);
      return undefined;
    }
  }

  /** Admits the events of a change; records what a change must not do. */
  #admit(session: string, { entries }: ReadChange): readonly SignedEvent[] {
    return entries.flatMap((entry) => {
      const admission = this.#admitEntry(session, entry);
      return admission?.status === "admitted" ? [admission.event] : [];
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

  /** Puts the event in this replica's own document, and tells the peers about the change. */
  protected override keep(event: SignedEvent): void {
    const change = this.#open(event.session)?.put(event.hash, event.bytes);
    if (change !== undefined) this.#gossip.change(event.session, change, []);
  }

  /** The document of a session. One without events makes room where there are too many. */
  #open(session: string): SessionDocument | undefined {
    const open = this.#documents.get(session);
    if (open !== undefined) return open;
    if (this.#documents.size >= MAX_SESSIONS && !this.#evict()) {
      this.refuse("TooManySessions", session);
      return undefined;
    }
    const document = new SessionDocument(this.account, session, this.#writer);
    this.#documents.set(session, document);
    return document;
  }

  #evict(): boolean {
    for (const session of this.#documents.keys()) {
      if (this.index.session(session).size === 0) return this.#documents.delete(session);
    }
    return false;
  }
}

function hashesOf(events: readonly SignedEvent[]): ReadonlySet<string> {
  return new Set(events.map(({ hash }) => hash));
}
