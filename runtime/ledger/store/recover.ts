/** Brings what a folder holds into a ledger: from the files of events, and what they lost from documents. */

import { EventDocument, type SavedDocument } from "../document.ts";
import { readChange } from "../document-layout.ts";
import { eventHash } from "../envelope.ts";
import type { Admission } from "../event-index.ts";
import { layoutOf } from "../vehicle.ts";
import type { FolderContents } from "./contents.ts";

export interface Recovered {
  readonly events: number;
  /** Events that only documents had. */
  readonly recovered: readonly Uint8Array[];
  /** Records that hold no event of this account: quarantined. */
  readonly refused: number;
}

/** @param admit offers stored bytes to the ledger */
export function recover(
  account: string,
  { events, documents }: Pick<FolderContents, "events" | "documents">,
  admit: (bytes: Uint8Array) => Admission,
): Recovered {
  const held = new Set<string>();
  const offer = (bytes: Uint8Array): boolean => {
    const admission = admit(bytes);
    if (admission.status !== "quarantined") held.add(admission.event.hash);
    return admission.status === "quarantined";
  };
  const stored = events.flatMap((file) => file.events);
  // An event can stand before the one that vouches for its author.
  const refused = stored.filter(offer).filter(offer).length;
  const recovered: Uint8Array[] = [];
  for (const { saved } of documents.filter((document) => document.account === account)) {
    const missing = saved.carried.filter((hash) => !held.has(hash));
    if (missing.length === 0) continue;
    const entries = entriesOf(account, saved);
    for (const hash of missing) {
      const bytes = entries.get(hash);
      if (bytes === undefined || held.has(hash)) continue;
      if (admit(bytes).status === "quarantined") continue;
      held.add(hash);
      recovered.push(bytes);
    }
  }
  return { recovered, refused, events: held.size };
}

/** The events of a document's changes; none where it cannot be read. */
function entriesOf(account: string, saved: SavedDocument): ReadonlyMap<string, Uint8Array> {
  const { name } = saved;
  const layout = layoutOf(account, name.session);
  try {
    const document = new EventDocument({ account, name, layout, writer: "" }, saved);
    const entries = document
      .changesSince([])
      .flatMap((change) => readChange(change, layout).entries)
      .flatMap((entry) => (entry.kind === "put" ? [entry] : []))
      .filter(({ key, bytes }) => eventHash(bytes) === key);
    return new Map(entries.map(({ key, bytes }) => [key, bytes]));
  } catch {
    return new Map();
  }
}
