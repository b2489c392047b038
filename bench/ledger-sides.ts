/** The stores that the ledger is compared with: one document a session, hash of an event → its bytes. */
import * as Automerge from "@automerge/automerge/slim";
import * as Y from "yjs";

import { AutomergeLedger, watch } from "../runtime/index.ts";
import type { AccountRoster } from "../runtime/index.ts";
import type { SavedDocument } from "../runtime/ledger/document.ts";
import { MAX_READY } from "../runtime/ledger/vehicles.ts";

/** The events of one session, in the order of writing: no more of each than its bytes. */
export interface Work {
  readonly session: string;
  readonly events: readonly { readonly hash: string; readonly bytes: Uint8Array }[];
}

export interface Store {
  /** Writes the events, and keeps the changes that the other replicas need. */
  append(work: Work): void;
  changes(session: string): readonly Uint8Array[];
  apply(session: string, changes: readonly Uint8Array[]): void;
  saved(): Saved;
  /** Reads from bytes what has to be there before events can be asked for. */
  load(needed: readonly Uint8Array[]): void;
  /** What was put off until a session is first asked for its events, written to or synchronised. */
  loadRest(): void;
}

/** Bytes that hold everything. */
export interface Saved {
  /** Read when a store is opened. */
  readonly needed: readonly Uint8Array[];
  /** Given to a store that is opened, and read when their session is first used. */
  readonly documents: readonly SavedDocument[];
}

/** All of it is needed. */
function whole(needed: readonly Uint8Array[]): Saved {
  return { needed, documents: [] };
}

/** A way to keep events. A watched store tells somebody of each event of each session. */
export interface Side {
  /** Whether it verifies signatures. */
  readonly isSigned?: boolean;
  open(device: string, isWatched: boolean, documents?: readonly SavedDocument[]): Store;
}

/** The baseline first. */
export const SIDES = ["raw Automerge", "this ledger", "plain Map", "Yjs"] as const;
export type SideName = (typeof SIDES)[number];

export function sideOf(name: SideName, roster: AccountRoster): Side {
  switch (name) {
    case "raw Automerge":
      return { open: rawAutomerge };
    case "this ledger":
      return { isSigned: true, open: (...options) => ledger(roster, ...options) };
    case "plain Map":
      return { open: plainMap };
    case "Yjs":
      return { open: yjs };
  }
}

function plainMap(): Store {
  const sessions = bySession(() => new Map<string, Uint8Array>());
  return {
    append: ({ session, events }) => {
      for (const { hash, bytes } of events) sessions.of(session).set(hash, bytes);
    },
    changes: (session) => [...sessions.of(session).values()],
    apply: (session, changes) => {
      for (const [at, bytes] of changes.entries()) sessions.of(session).set(String(at), bytes);
    },
    saved: () => whole(sessions.all().flatMap((events) => [...events.values()])),
    load: (saved) => {
      const read = new Map<number, Uint8Array>();
      for (const [at, bytes] of saved.entries()) read.set(at, Uint8Array.from(bytes));
    },
    loadRest: nothing,
  };
}

function yjs(_device: string, isWatched: boolean): Store {
  const changes = bySession((): Uint8Array[] => []);
  const docs = bySession((session) => {
    const doc = new Y.Doc();
    doc.on("update", (update: Uint8Array) => changes.of(session).push(update));
    if (isWatched) doc.getMap("events").observe(({ keysChanged }) => void keysChanged.size);
    return doc;
  });
  return {
    append: ({ session, events }) => {
      const map = docs.of(session).getMap<Uint8Array>("events");
      for (const { hash, bytes } of events) map.set(hash, bytes);
    },
    changes: (session) => changes.of(session),
    apply: (session, received) => {
      for (const change of received) Y.applyUpdate(docs.of(session), change);
    },
    saved: () => whole(docs.all().map((doc) => Y.encodeStateAsUpdate(doc))),
    load: (saved) => {
      for (const bytes of saved) Y.applyUpdate(new Y.Doc(), bytes);
    },
    loadRest: nothing,
  };
}

type Flat = Record<string, Uint8Array>;

/** An Automerge document of a session, open or packed, and the changes that were made to it. */
interface Held {
  open: Automerge.Doc<Flat> | undefined;
  packed: Uint8Array;
  readonly changes: Uint8Array[];
}

/** Packs documents that are not in use, as the ledger does: open ones would fill the memory. */
function rawAutomerge(_device: string, isWatched: boolean): Store {
  const docs = bySession((): Held => {
    return { open: Automerge.init<Flat>(), packed: new Uint8Array(), changes: [] };
  });
  const ready = new Set<Held>();
  const use = (session: string): { readonly held: Held; readonly doc: Automerge.Doc<Flat> } => {
    const held = docs.of(session);
    held.open ??= Automerge.load<Flat>(held.packed);
    ready.add(held);
    const [oldest] = ready;
    if (ready.size > MAX_READY && oldest?.open !== undefined) {
      ready.delete(oldest);
      oldest.packed = Automerge.save(oldest.open);
      Automerge.free(oldest.open);
      oldest.open = undefined;
    }
    return { held, doc: held.open };
  };
  const patchCallback = (patches: readonly unknown[]): void => void patches.length;
  const options = isWatched ? { time: 0, patchCallback } : { time: 0 };
  return {
    append: ({ session, events }) => {
      for (const { hash, bytes } of events) {
        const { held, doc } = use(session);
        held.open = Automerge.change(doc, options, (root) => {
          root[hash] = bytes;
        });
        const change = Automerge.getLastLocalChange(held.open);
        if (change !== undefined) held.changes.push(change);
      }
    },
    changes: (session) => docs.of(session).changes,
    apply: (session, received) => {
      for (const change of received) {
        const { held, doc } = use(session);
        [held.open] = Automerge.applyChanges(doc, [change]);
      }
    },
    saved: () =>
      whole(
        docs.all().map(({ open, packed }) => (open === undefined ? packed : Automerge.save(open))),
      ),
    load: (saved) => {
      for (const bytes of saved) Automerge.free(Automerge.load(bytes));
    },
    loadRest: nothing,
  };
}

/**
 * Its documents are vehicles: the truth that it keeps, and admits again when it is opened, is the
 * events. What else a session has is made when it is next used.
 */
function ledger(
  roster: AccountRoster,
  device: string,
  isWatched: boolean,
  documents: readonly SavedDocument[] = [],
): Store {
  const replica = new AutomergeLedger({ roster, device, documents });
  const changes = bySession((session): Uint8Array[] => {
    if (isWatched) watch(replica, { session });
    return [];
  });
  replica.connect({
    peer: "another",
    change: ({ session }, change) => changes.of(session).push(change),
    event: nothing,
    advanced: nothing,
  });
  return {
    append: ({ session, events }) => {
      changes.of(session);
      for (const { bytes } of events) replica.append(bytes);
    },
    changes: (session) => changes.of(session),
    apply: (session, received) => {
      const name = { session, epoch: 0, generation: 0 };
      for (const change of received) replica.receiveChange(name, change, ["another"]);
    },
    saved: () => ({
      needed: replica
        .sessions()
        .flatMap((session) => replica.events({ session }).map(({ bytes }) => bytes)),
      documents: replica.saveDocuments(),
    }),
    load: (needed) => {
      for (const bytes of needed) replica.restore(bytes);
    },
    loadRest: () => {
      for (const session of replica.sessions()) {
        replica.events({ session });
        replica.digest(session);
        replica.documents(session);
      }
    },
  };
}

function nothing(): void {
  // Nothing was put off, or nobody listens.
}

function bySession<T>(make: (session: string) => T) {
  const made = new Map<string, T>();
  return {
    of: (session: string): T => {
      const found = made.get(session) ?? make(session);
      made.set(session, found);
      return found;
    },
    all: (): readonly T[] => [...made.values()],
  };
}
