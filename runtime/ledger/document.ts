/**
 * The vehicle of events: an Automerge document that maps the hash of an event to its bytes. A
 * session's is flat; the account's, which is larger, spreads its keys over 256 buckets, because each
 * change copies the map that it touches. The buckets are part of the constant first change: replicas
 * that each create a nested map see only one of them after a merge.
 */

import * as Automerge from "@automerge/automerge/slim";

import { labelled, toHex } from "../crypto/hash.ts";
import { changesAmong } from "./chunk.ts";
import {
  GENESIS_ACTOR,
  type Layout,
  assertBounded,
  bucketId,
  bucketOf,
  genesisChange,
} from "./document-layout.ts";
import type { SignedEvent } from "./envelope.ts";
import type { SyncState } from "./sync-state.ts";

/** Which of the documents of a session. */
export interface DocumentName {
  /** Hex id of the session. */
  readonly session: string;
  /** Counts the session's documents before this one, which are full. */
  readonly epoch: number;
  /** Counts the documents in this one's place that were set aside, because they no longer merge. */
  readonly generation: number;
}

/** A document as it is kept in a file. */
export interface SavedDocument {
  readonly name: DocumentName;
  readonly bytes: Uint8Array;
  /** Hex hashes of the events in it. */
  readonly carried: readonly string[];
}

interface DocumentOptions {
  readonly account: string;
  readonly name: DocumentName;
  readonly layout: Layout;
  /**
   * Names this replica among those that write to the document; one that lost its document must not
   * write under its old name, or the document splits.
   */
  readonly writer: string;
}

const ACTOR_BYTES = 16;

/** The hash of an event's bytes is its key, so an entry cannot stand for another event. */
type Entries = Record<string, unknown>;

export class EventDocument {
  readonly name: DocumentName;
  /** The name that this replica writes under, as changes have it. */
  readonly actor: string;
  /** Hashes of the admitted events that some change of the document holds, shown or hidden. */
  readonly carried: Set<string>;
  readonly #layout: Layout;
  #doc: Automerge.Doc<Entries>;

  /**
   * Documents made apart for one account and name share their first change, byte for byte.
   *
   * @throws where the saved document is damaged, or another one
   */
  constructor(options: DocumentOptions, saved?: SavedDocument) {
    const { account, name, layout, writer } = options;
    const { session, epoch, generation } = name;
    const place = [account, session, `${epoch}`, `${generation}`, writer];
    const actor = toHex(labelled("aura/document/actor/v2", ...place).subarray(0, ACTOR_BYTES));
    this.name = name;
    this.actor = actor;
    this.#layout = layout;
    this.carried = new Set(saved?.carried);
    const genesis = genesisChange(account, name, layout);
    const doc =
      saved === undefined
        ? Automerge.init<Entries>({ actor })
        : Automerge.load<Entries>(saved.bytes, { actor });
    [this.#doc] = Automerge.applyChanges(doc, [genesis]);
    const [root] = Automerge.getChangesSince(this.#doc, []);
    if (root === undefined || Automerge.decodeChange(root).actor !== GENESIS_ACTOR) {
      throw new Error("the saved document has another beginning");
    }
  }

  /** How many changes and operations the document holds. */
  size(): { readonly changes: number; readonly operations: number } {
    const { numChanges, numOps } = Automerge.stats(this.#doc);
    return { changes: numChanges, operations: numOps };
  }

  /** Hashes of the latest changes. */
  heads(): readonly string[] {
    return Automerge.getHeads(this.#doc);
  }

  /** Whether all of these changes are in the document. */
  includes(changes: readonly string[]): boolean {
    return Automerge.hasHeads(this.#doc, [...changes]);
  }

  /**
   * Puts events in one change, and returns it.
   *
   * @throws where a peer removed the bucket of one of them
   */
  put(events: readonly SignedEvent[]): Uint8Array {
    const before = this.size().changes;
    this.#doc = Automerge.change(this.#doc, { time: 0 }, (root) => {
      for (const { hash, bytes } of events) this.#container(root, hash)[hash] = bytes;
    });
    const change = Automerge.getLastLocalChange(this.#doc);
    if (change === undefined || this.size().changes === before) throw new Error("nothing to put");
    for (const { hash } of events) this.carried.add(hash);
    return change;
  }

  /** Applies a change whose predecessors are all in the document. Throws where it does not fit. */
  apply(change: Uint8Array): void {
    [this.#doc] = Automerge.applyChanges(this.#doc, [change]);
  }

  /** The changes that are not among the predecessors of these heads. */
  changesSince(heads: readonly string[]): readonly Uint8Array[] {
    return Automerge.getChangesSince(this.#doc, [...heads]);
  }

  /** The next message of a synchronisation; none where there is nothing to say. */
  nextMessage(state: SyncState): readonly [SyncState, Uint8Array | null] {
    return state.next(this.#doc);
  }

  /** Takes in a message of a synchronisation. Throws where it does not fit. */
  receive(state: SyncState, message: Uint8Array): SyncState {
    const [doc, next] = state.receive(this.#doc, message);
    this.#doc = doc;
    return next;
  }

  /** Whether the peer's document is known to be the same as this one. */
  isShared(state: SyncState): boolean {
    const theirs = state.theirHeads();
    if (theirs.length === 0 || !this.includes(theirs)) return false;
    return state.hasAllOf(this.#doc);
  }

  save(): SavedDocument {
    const carried = [...this.carried].sort();
    return { name: this.name, bytes: Automerge.save(this.#doc), carried };
  }

  /** The map that the key belongs in. One that a peer put in a bucket's place is no bucket. */
  #container(root: Entries, key: string): Entries {
    if (this.#layout === "flat") return root;
    const bucket = root[bucketOf(key)];
    const intact = isMap(bucket) && Automerge.getObjectId(bucket) === bucketId(key);
    if (!intact) throw new Error(`the bucket of ${key} is not there`);
    return bucket;
  }
}

/** Reads a message of a synchronisation as far as can be without a document. Throws on garbage. */
export function checkSyncMessage(message: Uint8Array): void {
  const { changes } = Automerge.decodeSyncMessage(message);
  for (const change of changes.flatMap(changesAmong)) assertBounded(change);
}

function isMap(value: unknown): value is Entries {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array);
}
