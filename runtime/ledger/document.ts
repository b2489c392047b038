/**
 * The vehicle of events: an Automerge document that maps the hash of an event to its bytes. A
 * session's is flat; the account's, which is larger, spreads its keys over 256 buckets, because each
 * change copies the map that it touches. The buckets are part of the constant first change: replicas
 * that each create a nested map see only one of them after a merge.
 */

import * as Automerge from "@automerge/automerge/slim";

import { labelled, toHex } from "../crypto/hash.ts";
import { changesAmong, unpack } from "./chunk.ts";
import {
  GENESIS_ACTOR,
  type Layout,
  type ReadChange,
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

/** How much a document holds. */
export interface DocumentSize {
  readonly changes: number;
  readonly operations: number;
}

const ACTOR_BYTES = 16;
const ROOT = "_root";
/** Changes say no time: a device's clock is its own affair. */
const NO_TIME = 0;

/** The hash of an event's bytes is its key, so an entry cannot stand for another event. */
type Entries = Record<string, unknown>;

export class EventDocument {
  readonly name: DocumentName;
  /** The name that this replica writes under, as changes have it. */
  readonly actor: string;
  /** Hashes of the admitted events that some change of the document holds, shown or hidden. */
  readonly carried: Set<string>;
  readonly #layout: Layout;
  /** Nothing while the document is at rest. */
  #open: Automerge.Doc<Entries> | undefined;
  /** What it was when it was last put to rest. */
  #packed: Uint8Array = new Uint8Array();
  /** Counted along, since the library counts from the beginning; unknown after a synchronisation. */
  #size: DocumentSize | undefined;

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
    const doc = saved === undefined ? Automerge.init<Entries>({ actor }) : this.#load(saved.bytes);
    [this.#open] = Automerge.applyChanges(doc, [genesisChange(account, name, layout)]);
    const [root] = Automerge.getChangesSince(this.#open, []);
    if (root === undefined || Automerge.decodeChange(root).actor !== GENESIS_ACTOR) {
      throw new Error("the saved document has another beginning");
    }
  }

  /**
   * Gives up most of the memory until the document is used again. Ten bytes of an open document are one
   * of a packed one; and where WebAssembly holds more than 64 megabytes, each growth of its memory makes
   * V8 collect all garbage at once.
   */
  rest(): void {
    if (this.#open === undefined) return;
    this.#packed = Automerge.save(this.#open);
    Automerge.free(this.#open);
    this.#open = undefined;
  }

  size(): DocumentSize {
    if (this.#size === undefined) {
      const { numChanges, numOps } = Automerge.stats(this.#doc());
      this.#size = { changes: numChanges, operations: numOps };
    }
    return this.#size;
  }

  /** Hashes of the latest changes. */
  heads(): readonly string[] {
    return Automerge.getHeads(this.#doc());
  }

  /** How a change relates to the document: in it, or fit to be applied, or neither yet. */
  placeOf({ hash, deps }: ReadChange): "known" | "next" | "gap" {
    const heads = this.heads();
    // What follows the latest changes is not among them: the usual case, and the cheapest to see.
    if (deps.length > 0 && deps.every((dep) => heads.includes(dep))) return "next";
    if (this.#includes([hash])) return "known";
    return this.#includes(deps) ? "next" : "gap";
  }

  /**
   * Puts events in one change, and returns it.
   *
   * @throws where a peer removed the bucket of one of them
   */
  put(events: readonly SignedEvent[]): Uint8Array {
    const handle = this.#handle();
    try {
      for (const { hash, bytes } of events) {
        handle.put(this.#container(hash), hash, bytes, "bytes");
      }
    } catch (error) {
      handle.rollback();
      throw error;
    }
    const isNew = handle.commit(undefined, NO_TIME) !== null;
    const change = isNew ? handle.getLastLocalChange() : undefined;
    if (change === undefined || change === null) throw new Error("nothing to put");
    this.#grow(events.length);
    for (const { hash } of events) this.carried.add(hash);
    return change;
  }

  /** Applies a change that is next; see {@link placeOf}. Throws where it does not fit. */
  apply(change: Uint8Array, { entries }: ReadChange): void {
    this.#handle().applyChanges([change]);
    this.#grow(entries.length);
  }

  /** The changes that are not among the predecessors of these heads. */
  changesSince(heads: readonly string[]): readonly Uint8Array[] {
    return Automerge.getChangesSince(this.#doc(), [...heads]);
  }

  /** The next message of a synchronisation; none where there is nothing to say. */
  nextMessage(state: SyncState): readonly [SyncState, Uint8Array | null] {
    return state.next(this.#doc());
  }

  /** Takes in a message of a synchronisation. Throws where it does not fit. */
  receive(state: SyncState, message: Uint8Array): SyncState {
    const [doc, next] = state.receive(this.#doc(), message);
    this.#open = doc;
    this.#size = undefined;
    return next;
  }

  /** Whether the peer's document is known to be the same as this one. */
  isShared(state: SyncState): boolean {
    const theirs = state.theirHeads();
    if (theirs.length === 0 || !this.#includes(theirs)) return false;
    return state.hasAllOf(this.#doc());
  }

  save(): SavedDocument {
    const carried = [...this.carried].sort();
    const bytes = this.#open === undefined ? this.#packed : Automerge.save(this.#open);
    return { name: this.name, bytes, carried };
  }

  /** Whether all of these changes are in the document. */
  #includes(changes: readonly string[]): boolean {
    return Automerge.hasHeads(this.#doc(), [...changes]);
  }

  #grow(operations: number): void {
    if (this.#size === undefined) return;
    this.#size = {
      changes: this.#size.changes + 1,
      operations: this.#size.operations + operations,
    };
  }

  #doc(): Automerge.Doc<Entries> {
    this.#open ??= this.#load(this.#packed);
    return this.#open;
  }

  #load(bytes: Uint8Array): Automerge.Doc<Entries> {
    return Automerge.load<Entries>(bytes, { actor: this.actor });
  }

  /**
   * The document without its face in JavaScript, which is made anew with every change: nobody looks at
   * it.
   */
  #handle(): ReturnType<typeof Automerge.getBackend> {
    return Automerge.getBackend(this.#doc());
  }

  /** Id of the map that the key belongs in. One that a peer put in a bucket's place is no bucket. */
  #container(key: string): string {
    if (this.#layout === "flat") return ROOT;
    const [, id] = this.#handle().getWithType(ROOT, bucketOf(key)) ?? [];
    if (id !== bucketId(key)) throw new Error(`the bucket of ${key} is not there`);
    return id;
  }
}

/** Reads a message of a synchronisation as far as can be without a document. Throws on garbage. */
export function checkSyncMessage(message: Uint8Array): void {
  const { changes } = Automerge.decodeSyncMessage(message);
  for (const change of changes.flatMap(changesAmong)) assertBounded(unpack(change));
}
