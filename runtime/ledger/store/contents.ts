/** Reads what a folder holds, changing nothing. */

import type { ClosedSession } from "../compaction/snapshot.ts";
import type { SavedDocument } from "../document.ts";
import type { Files } from "./files.ts";
import { STATE_FILE, documentFile, eventsFile, incarnationOf, kindOf } from "./names.ts";
import { type RecordReading, type StoredRecord, readRecords } from "./record.ts";
import {
  type Origin,
  type StoredDocument,
  type StoredState,
  readClosed,
  readDocument,
  readOrigin,
  readState,
} from "./schema.ts";

/**
 * What is wrong with a file. `Torn`: it ends in the middle of a record. `Damaged`: some of its bytes
 * make no sense. `Misplaced`: it says that it is another one. `Foreign`: it belongs to another account
 * or device. `Missing`: it was there. `Unreadable`: the platform does not read it. `Stray`: no file of
 * a ledger has such a name.
 */
type FileFault = "Torn" | "Damaged" | "Misplaced" | "Foreign" | "Missing" | "Unreadable" | "Stray";

export interface FileProblem {
  readonly file: string;
  readonly fault: FileFault;
  readonly detail: string;
}

interface EventsFile {
  readonly file: string;
  readonly origin: Origin | undefined;
  readonly events: readonly Uint8Array[];
  /** Sessions whose events were dropped. */
  readonly closed: readonly ClosedSession[];
  /** Length of the file. */
  readonly bytes: number;
}

interface DocumentFile {
  readonly file: string;
  readonly account: string;
  readonly saved: SavedDocument;
}

export interface FolderContents {
  readonly state: StoredState | undefined;
  readonly events: readonly EventsFile[];
  readonly documents: readonly DocumentFile[];
  readonly problems: readonly FileProblem[];
  /** The highest incarnation that left a trace. */
  readonly incarnation: number;
}

/** What one file gave. */
interface FileReading {
  readonly state?: StoredState | undefined;
  readonly events?: EventsFile;
  readonly document?: DocumentFile;
  readonly problem?: Omit<FileProblem, "file"> | undefined;
}

export function readFolder(files: Files, folder: string): FolderContents {
  const names = [...files.list(folder)].sort();
  const problems: FileProblem[] = [];
  const readings = names.map((file) => {
    const reading = readFile(files, folder, file);
    if (reading.problem !== undefined) problems.push({ file, ...reading.problem });
    return reading;
  });
  const state = readings.flatMap((reading) => reading.state ?? [])[0];
  const events = readings.flatMap((reading) => reading.events ?? []);
  const documents = readings.flatMap((reading) => reading.document ?? []);
  for (const file of missing(state, events, names)) {
    problems.push({
      file,
      fault: "Missing",
      detail: "the file was there when the ledger was open",
    });
  }
  for (const { file, bytes } of events) {
    const listed = state?.files.find((entry) => entry.file === file)?.bytes ?? 0;
    if (bytes >= listed || problems.some((problem) => problem.file === file)) continue;
    problems.push({
      file,
      fault: "Torn",
      detail: `${listed} bytes were stored, ${bytes} are left`,
    });
  }
  const incarnation = Math.max(
    state?.incarnation ?? 0,
    ...names.filter((name) => name.startsWith("events-")).map(incarnationOf),
    ...events.map(({ origin }) => origin?.incarnation ?? 0),
  );
  return { state, events, documents, problems, incarnation };
}

/** A state is written whenever files of events are. */
function missing(
  state: StoredState | undefined,
  events: readonly EventsFile[],
  names: readonly string[],
): readonly string[] {
  if (state !== undefined) {
    return state.files.map(({ file }) => file).filter((file) => !names.includes(file));
  }
  const first = events.every(({ events: stored }) => stored.length === 0);
  return first || names.includes(STATE_FILE) ? [] : [STATE_FILE];
}

function readFile(files: Files, folder: string, file: string): FileReading {
  const kind = kindOf(file);
  if (kind === "passed over") return {};
  if (kind === "stray") return { problem: { fault: "Stray", detail: "no file of a ledger" } };
  let bytes: Uint8Array;
  try {
    bytes = files.read(`${folder}/${file}`);
  } catch (error) {
    const detail = error instanceof Error ? error.message : "cannot be read";
    return { problem: { fault: "Unreadable", detail } };
  }
  const reading = readRecords(bytes);
  const content = contentOf(file, reading, bytes.length);
  return { ...content, problem: damageOf(reading, bytes) ?? misplacementOf(file, content) };
}

function damageOf({ damaged, torn }: RecordReading, bytes: Uint8Array): FileReading["problem"] {
  if (torn || bytes.length === 0)
    return { fault: "Torn", detail: "the file ends in the middle of a record" };
  return damaged === 0 ? undefined : { fault: "Damaged", detail: `${damaged} bytes` };
}

/** Everything readable, whatever the name of the file promises. */
function contentOf(file: string, { records }: RecordReading, bytes: number): FileReading {
  const [state] = payloads(records, "state").flatMap((payload) => readState(payload) ?? []);
  const [origin] = payloads(records, "origin").flatMap((payload) => readOrigin(payload) ?? []);
  const [read] = payloads(records, "document").flatMap((payload) => readDocument(payload) ?? []);
  const events = payloads(records, "event");
  const closed = payloads(records, "closed").flatMap((payload) => readClosed(payload) ?? []);
  const isLog = kindOf(file) === "events" || origin !== undefined || events.length > 0;
  return {
    ...(state === undefined ? {} : { state }),
    ...(isLog ? { events: { file, origin, events, closed, bytes } } : {}),
    ...(read === undefined ? {} : { document: documentOf(file, read) }),
  };
}

function documentOf(file: string, { account, ...saved }: StoredDocument): DocumentFile {
  return { file, account, saved };
}

/** A file holds one thing, the one that its name says. */
function misplacementOf(file: string, { state, events, document }: FileReading) {
  const names = [
    ...(state === undefined ? [] : [STATE_FILE]),
    ...(events?.origin === undefined
      ? []
      : [eventsFile(events.origin.incarnation, events.origin.part)]),
    ...(document === undefined ? [] : [documentFile(document.saved.name)]),
  ];
  if (names.length === 1 && names[0] === file) return undefined;
  if (names.length === 0)
    return { fault: "Damaged", detail: "nothing in it says what it is" } as const;
  return { fault: "Misplaced", detail: `this is ${names.join(" and ")}` } as const;
}

function payloads(
  records: readonly StoredRecord[],
  kind: StoredRecord["kind"],
): readonly Uint8Array[] {
  return records.filter((record) => record.kind === kind).map(({ payload }) => payload);
}
