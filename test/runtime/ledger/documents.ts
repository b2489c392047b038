/** Documents and changes for tests: those of honest replicas, and those of Mallory. */

import * as Automerge from "@automerge/automerge/slim";

import type { AutomergeLedger } from "../../../runtime/ledger/automerge.ts";
import { type DocumentName, EventDocument } from "../../../runtime/ledger/document.ts";
import type { Layout } from "../../../runtime/ledger/document-layout.ts";
import type { GossipListener } from "../../../runtime/ledger/gossip.ts";
import { layoutOf } from "../../../runtime/ledger/vehicle.ts";
import { ROSTER, SESSION } from "./fixtures.ts";

export function nameOf(session = SESSION, epoch = 0, generation = 0): DocumentName {
  return { session, epoch, generation };
}

export function documentOf(writer: string, name = nameOf()): EventDocument {
  const layout: Layout = layoutOf(ROSTER.account, name.session);
  return new EventDocument({ account: ROSTER.account, name, layout, writer });
}

export function genesis(name = nameOf()): readonly Uint8Array[] {
  return documentOf("anybody", name).changesSince([]);
}

/** The changes that a replica hands out from now on. */
export function changesOf(ledger: AutomergeLedger, peer = "erin"): readonly Uint8Array[] {
  const changes: Uint8Array[] = [];
  const listener: GossipListener = {
    peer,
    change: (_name, change) => changes.push(change),
    event: () => undefined,
    advanced: () => undefined,
  };
  ledger.connect(listener);
  return changes;
}

type Root = Record<string, unknown>;

export const MALLORY = "ba".repeat(16);

/** A document of Mallory's, who follows no rules, on top of these changes. */
export function mallorysDocument(
  changes: readonly Uint8Array[],
  edits: readonly ((root: Root) => void)[],
  { actor = MALLORY, name = nameOf() } = {},
): Automerge.Doc<Root> {
  const empty = Automerge.init<Root>({ actor });
  let [doc] = Automerge.applyChanges(empty, [...genesis(name), ...changes]);
  for (const edit of edits) doc = Automerge.change(doc, { time: 0 }, edit);
  return doc;
}

/** The last change of such a document. */
export function mallorys(
  changes: readonly Uint8Array[],
  edit: (root: Root) => void,
  options: { actor?: string; name?: DocumentName } = {},
): Uint8Array {
  const last = Automerge.getLastLocalChange(mallorysDocument(changes, [edit], options));
  if (last === undefined) throw new Error("no change");
  return last;
}

/** A bucket of a bucketed document, as Mallory's editor sees it. */
export function bucket(root: Root, key: string): Root {
  const map = root[key.slice(0, 2)];
  if (typeof map !== "object" || map === null) throw new Error("no bucket");
  return map as Root;
}

/** The actor of a change. */
export function actorOf(change: Uint8Array): string {
  return Automerge.decodeChange(change).actor;
}
