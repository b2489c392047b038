/** Ledgers in folders, for the tests of the store. */

import type { Files } from "../../../../runtime/ledger/store/files.ts";
import { type OpenLedger, openLedger } from "../../../../runtime/ledger/store/open.ts";
import type { AutomergeLedger } from "../../../../runtime/ledger/automerge.ts";
import type { SignedEvent } from "../../../../runtime/ledger/envelope.ts";
import { ROSTER, SESSION, eventOf } from "../fixtures.ts";

export const FOLDER = "ledger";

export function openAlice(files: Files, folder = FOLDER): OpenLedger {
  return openLedger(folder, { roster: ROSTER, device: "alice", files });
}

/** Events of two sessions: the account's own, and another one. */
export function someEvents(count: number, from = 0): readonly SignedEvent[] {
  return Array.from({ length: count }, (_, at) =>
    eventOf({ nonce: from + at, session: at % 2 === 0 ? SESSION : ROSTER.account }),
  );
}

export function heldBy(ledger: AutomergeLedger): readonly string[] {
  return ledger
    .sessions()
    .flatMap((session) => ledger.events({ session }))
    .map(({ hash }) => hash)
    .sort();
}

export function hashesOf(events: readonly SignedEvent[]): readonly string[] {
  return events.map(({ hash }) => hash).sort();
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function drawing(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}
