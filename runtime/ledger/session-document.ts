/**
 * The vehicle of one session's events: an Automerge document whose root maps the hash of an event to
 * its bytes. Flat, because replicas that each create a nested map see only one of them after a merge.
 */

import * as Automerge from "@automerge/automerge/slim";

import { equalBytes, labelled, toHex } from "../crypto/hash.ts";

export type SyncState = Automerge.SyncState;

/** One operation of a change, as far as it concerns the root map. */
export type Entry =
  | {
      readonly kind: "put";
      readonly key: string;
      readonly bytes: Uint8Array;
      readonly fresh: boolean;
    }
  | { readonly kind: "deleted"; readonly key: string }
  /** Anything that a replica of this program does not write. */
  | { readonly kind: "foreign"; readonly key: string };

export interface ReadChange {
  readonly hash: string;
  readonly deps: readonly string[];
  readonly entries: readonly Entry[];
}

const GENESIS_ACTOR = "00".repeat(16);
const ACTOR_BYTES = 16;

export class SessionDocument {
  #doc: Automerge.Doc<Record<string, Uint8Array>>;

  /**
   * Documents made apart for one account and session share their first change, byte for byte.
   *
   * @param writer names this replica among those that write to the document; one that lost its
   *   document must not write under its old name, or the document splits
   */
  constructor(account: string, session: string, writer: string) {
    const actor = labelled("aura/document/actor/v1", account, session, writer);
    const empty = Automerge.init<Record<string, Uint8Array>>({
      actor: toHex(actor.subarray(0, ACTOR_BYTES)),
    });
    [this.#doc] = Automerge.applyChanges(empty, [genesisChange(account, session)]);
  }

  /** Hashes of the latest changes. */
  heads(): readonly string[] {
    return Automerge.getHeads(this.#doc);
  }

  /** Whether all of these changes are in the document. */
  includes(changes: readonly string[]): boolean {
    return Automerge.hasHeads(this.#doc, [...changes]);
  }

  /** Puts an entry, unless it is there. Returns the change to send to others. */
  put(key: string, bytes: Uint8Array): Uint8Array | undefined {
    const present: unknown = Object.hasOwn(this.#doc, key) ? this.#doc[key] : undefined;
    if (present instanceof Uint8Array && equalBytes(present, bytes)) return undefined;
    this.#doc = Automerge.change(this.#doc, { time: 0 }, (root) => {
      root[key] = bytes;
    });
    return Automerge.getLastLocalChange(this.#doc);
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
    return Automerge.generateSyncMessage(this.#doc, state);
  }

  /** Takes in a message of a synchronisation. Throws where it is malformed or does not fit. */
  receive(state: SyncState, message: Uint8Array): SyncState {
    const [doc, next] = Automerge.receiveSyncMessage(this.#doc, state, message);
    this.#doc = doc;
    return next;
  }
}

/** The state of a synchronisation that has not begun. */
export function freshSyncState(): SyncState {
  return Automerge.initSyncState();
}

/** Reads a change without applying it. Throws where it is malformed. */
export function readChange(change: Uint8Array): ReadChange {
  const { hash, deps, ops } = Automerge.decodeChange(change);
  return { hash, deps, entries: ops.map(entryOf) };
}

/** The operations that the decoder gives are wider than its types: bytes come as a list of numbers. */
function entryOf(op: {
  action: string;
  obj: string;
  key: string;
  pred: string[];
  value?: unknown;
}) {
  const { action, obj, key, pred, value } = op;
  if (obj !== "_root") return { kind: "foreign", key: obj } as const;
  if (action === "del") return { kind: "deleted", key } as const;
  if (action !== "set" || !isByteList(value)) return { kind: "foreign", key } as const;
  return { kind: "put", key, bytes: Uint8Array.from(value), fresh: pred.length === 0 } as const;
}

function isByteList(value: unknown): value is readonly number[] {
  return Array.isArray(value);
}

/** An empty change: it gives documents made apart one common ancestor, bound to the session. */
function genesisChange(account: string, session: string): Uint8Array {
  const message = `aura/session/v1/${account}/${session}`;
  return Automerge.encodeChange({
    actor: GENESIS_ACTOR,
    author: null,
    seq: 1,
    startOp: 1,
    time: 0,
    message,
    deps: [],
    ops: [],
  });
}
