/** A ledger that is kept in a folder. */

import { ProtocolError } from "../../../dsl/errors.ts";
import { AutomergeLedger } from "../automerge.ts";
import type { SavedDocument } from "../document.ts";
import type { AccountRoster } from "../roster.ts";
import { type FileProblem, type FolderContents, readFolder } from "./contents.ts";
import { EventLog } from "./event-log.ts";
import { type Files, TEMPORARY, writeWhole } from "./files.ts";
import { STATE_FILE, asideName, documentFile, documentFiles, kindOf } from "./names.ts";
import { nodeFiles } from "./node-files.ts";
import { eventHash } from "../envelope.ts";
import { encodeRecord } from "./record.ts";
import { recover } from "./recover.ts";
import { encodeDocument, encodeState, storedRefusal } from "./schema.ts";

export interface OpenLedgerOptions {
  readonly roster: AccountRoster;
  /** Id of this device. */
  readonly device: string;
  /** Where the folder is: on the disk, where nothing else is given. */
  readonly files?: Files;
}

/** What was found in the folder. */
export interface OpenReport {
  /** Counts the times that the device opened its ledger, from 1. */
  readonly incarnation: number;
  /** Events in the ledger. */
  readonly events: number;
  /** Of these, events that were in documents only. */
  readonly recovered: number;
  /** Stored records that hold no event of the account; the ledger lists them as quarantined. */
  readonly refused: number;
  /** How many events fewer there are than there were; peers may have them. */
  readonly lost: number;
  /** Files that are not as they were written; what is good in them is kept. */
  readonly problems: readonly FileProblem[];
}

export interface OpenLedger {
  readonly ledger: AutomergeLedger;
  readonly report: OpenReport;
  /** Stores documents and quarantine. Events are stored before anybody hears of them. */
  flush(): void;
  /**
   * Drops the events of sessions that the group's snapshots have closed, see `Ledger.compact`. The disk
   * has the room back when the folder is opened the next time.
   *
   * @returns hex ids of the sessions that were closed now
   */
  compact(): readonly string[];
  /** As `flush`, and lets other processes in. The ledger takes no more events. */
  close(): void;
}

/** So many files of events are merged into one. */
const MANY_FILES = 16;

/**
 * Opens the ledger in a folder, and makes the folder where it is not there. A file that is damaged is
 * reported and set aside under a name that ends in `.corrupt-N`; everything else loads.
 *
 * @throws ProtocolError `Storage` where another process has the folder open, or it belongs to another
 *   account or device; `InvalidInput` for a device that is not in the roster
 */
export function openLedger(folder: string, options: OpenLedgerOptions): OpenLedger {
  const { files = nodeFiles } = options;
  files.makeFolder(folder);
  const unlock = files.lock(folder);
  try {
    return new FolderLedger(folder, options, files, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

class FolderLedger implements OpenLedger {
  readonly ledger: AutomergeLedger;
  readonly report: OpenReport;
  readonly #folder: string;
  readonly #files: Files;
  readonly #unlock: () => void;
  readonly #log: EventLog;
  readonly #device: string;
  /** Files of events of earlier incarnations that stay. */
  readonly #kept: readonly { readonly file: string; readonly bytes: number }[];
  /** Hashes of the events of closed sessions. */
  readonly #dropped: ReadonlySet<string>;
  #closed = false;

  constructor(folder: string, options: OpenLedgerOptions, files: Files, unlock: () => void) {
    const { roster, device } = options;
    [this.#folder, this.#files, this.#unlock, this.#device] = [folder, files, unlock, device];
    const contents = ownContents(folder, options, readFolder(files, folder));
    const incarnation = contents.incarnation + 1;
    this.#log = new EventLog(files, folder, { ...roster, incarnation, device });
    this.ledger = new AutomergeLedger({
      roster,
      device,
      incarnation,
      documents: newest(roster.account, contents),
      store: (events) => this.#log.append(events.map(({ bytes }) => bytes)),
    });
    for (const { reason, detail, bytes } of contents.state?.refusals ?? []) {
      this.ledger.refuse(reason, detail, bytes);
    }
    const found = recover(roster.account, contents, (bytes) => this.ledger.restore(bytes));
    const closed = contents.events.flatMap((file) => file.closed);
    for (const session of closed) this.ledger.restoreClosed(session);
    this.#dropped = new Set(closed.flatMap(({ hashes }) => hashes));
    this.report = Object.freeze({
      incarnation,
      events: found.events,
      recovered: found.recovered.length,
      refused: found.refused,
      lost: Math.max(0, (contents.state?.events ?? 0) - found.events),
      problems: contents.problems,
    });
    this.#kept = this.#tidy(contents, found.recovered);
  }

  flush(): void {
    const files = this.#files;
    const saved = this.ledger.saveDocuments();
    for (const document of saved) {
      const record = encodeRecord("document", encodeDocument(this.ledger.account, document));
      writeWhole(files, this.#folder, documentFile(document.name), record);
    }
    this.#writeState(saved);
    const current = documentFiles(saved);
    const old = files.list(this.#folder).filter((file) => kindOf(file) === "document");
    for (const file of old) if (!current.includes(file)) files.remove(`${this.#folder}/${file}`);
  }

  compact(): readonly string[] {
    const ids = this.ledger.compact();
    this.#log.appendClosed(ids.flatMap((id) => this.ledger.closed(id) ?? []));
    return ids;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.flush();
    } finally {
      this.#log.close();
      this.#unlock();
    }
  }

  /**
   * Begins the files of this incarnation, and writes to them the events of those files that cannot
   * stay, before these go. The incarnation is on the disk before anything is written under it.
   */
  #tidy(contents: FolderContents, recovered: readonly Uint8Array[]) {
    const files = this.#files;
    const at = (file: string): string => `${this.#folder}/${file}`;
    const faulty = contents.problems.filter(
      ({ fault }) => fault !== "Missing" && fault !== "Stray" && fault !== "Unreadable",
    );
    const leaves = new Set(faulty.map(({ file }) => file));
    const merged = contents.events.length >= MANY_FILES;
    const going = contents.events.filter(
      ({ file, events }) =>
        merged || leaves.has(file) || events.some((bytes) => this.#isDropped(bytes)),
    );
    const events = new Map<string, Uint8Array>();
    for (const bytes of [...going.flatMap((file) => file.events), ...recovered]) {
      const admission = this.ledger.restore(bytes);
      const isKept = admission.status === "known" && !this.#isDropped(bytes);
      if (isKept) events.set(admission.event.hash, bytes);
    }
    this.#log.appendClosed(going.flatMap(({ closed }) => closed));
    this.#log.append([...events.values()]);
    for (const { file, fault } of faulty) {
      if (fault === "Torn") files.remove(at(file));
      else files.rename(at(file), at(asideName(file, files.list(this.#folder))));
    }
    for (const { file } of going) if (!leaves.has(file)) files.remove(at(file));
    for (const file of files.list(this.#folder)) {
      if (file.endsWith(TEMPORARY)) files.remove(at(file));
    }
    const kept = contents.events
      .filter((file) => !going.includes(file))
      .map(({ file, bytes }) => ({ file, bytes }));
    this.#writeState(contents.documents.filter(({ file }) => !leaves.has(file)).map(savedOf), kept);
    return kept;
  }

  /** Whether the event is one of those that were dropped with their session. */
  #isDropped(bytes: Uint8Array): boolean {
    const hash = eventHash(bytes);
    return this.#dropped.has(hash) && this.ledger.get(hash) === undefined;
  }

  #writeState(documents: readonly SavedDocument[], kept = this.#kept): void {
    const state = encodeState({
      account: this.ledger.account,
      device: this.#device,
      incarnation: this.report.incarnation,
      events: this.ledger.size,
      files: [
        ...kept,
        ...this.#log.written(),
        ...documentFiles(documents).map((file) => ({ file, bytes: 0 })),
      ],
      refusals: this.ledger.quarantined().map(storedRefusal),
    });
    writeWhole(this.#files, this.#folder, STATE_FILE, encodeRecord("state", state));
  }
}

/** The documents to go on with: of each epoch the one of the last generation. */
function newest(account: string, { documents }: FolderContents): readonly SavedDocument[] {
  const best = new Map<string, SavedDocument>();
  for (const { saved } of documents.filter((document) => document.account === account)) {
    const key = `${saved.name.session} ${saved.name.epoch}`;
    const other = best.get(key);
    if (other === undefined || other.name.generation < saved.name.generation) best.set(key, saved);
  }
  return [...best.values()];
}

function savedOf({ saved }: { readonly saved: SavedDocument }): SavedDocument {
  return saved;
}

/**
 * Where the state says that the folder is the device's own, single files of others are a problem;
 * where there is no state, they are all there is to go by.
 */
function ownContents(
  folder: string,
  { roster, device }: OpenLedgerOptions,
  contents: FolderContents,
): FolderContents {
  const { state, events, documents, problems } = contents;
  const foreign = [
    ...events.filter(({ origin }) => {
      if (origin === undefined) return false;
      return origin.account !== roster.account || origin.device !== device;
    }),
    ...documents.filter(({ account }) => account !== roster.account),
  ].map(({ file }) => file);
  const own = state?.account === roster.account && state.device === device;
  if (!own && (state !== undefined || foreign.length > 0)) {
    throw new ProtocolError({
      code: "Storage",
      what: `${folder} holds the ledger of another account or device`,
      todo: "open it with the roster and the device that it was made with, or use another folder",
      where: { device },
    });
  }
  const known = new Set(problems.map(({ file }) => file));
  const added = foreign
    .filter((file) => !known.has(file))
    .map((file) => ({ file, fault: "Foreign" as const, detail: "of another account or device" }));
  return { ...contents, problems: [...problems, ...added] };
}
