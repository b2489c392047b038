/** The names of a store's files, which say what each holds. */

import { type DocumentName, type SavedDocument } from "../document.ts";
import { TEMPORARY } from "./files.ts";

export const STATE_FILE = "state";

export type FileKind = "state" | "events" | "document" | "passed over" | "stray";

/** What a file is, by its name. Files that were set aside are not looked at again. */
export function kindOf(file: string): FileKind {
  if (file === STATE_FILE) return "state";
  if (/^events-\d{1,15}-\d{1,15}$/.test(file)) return "events";
  if (/^document-[0-9a-f]{1,64}-\d{1,4}-\d{1,4}$/.test(file)) return "document";
  const known = file === "lock" || file.endsWith(TEMPORARY) || /\.corrupt-\d+$/.test(file);
  return known ? "passed over" : "stray";
}

/** The file of the events that one incarnation of the device stored: its n-th. */
export function eventsFile(incarnation: number, part: number): string {
  return `events-${incarnation}-${part}`;
}

/** The incarnation in such a name. */
export function incarnationOf(file: string): number {
  return Number(/^events-(\d+)-/.exec(file)?.[1] ?? 0);
}

export function documentFile({ session, epoch, generation }: DocumentName): string {
  return `document-${session}-${epoch}-${generation}`;
}

export function documentFiles(documents: readonly SavedDocument[]): readonly string[] {
  return documents.map(({ name }) => documentFile(name));
}

/** A name for a corrupt file that none of these has. */
export function asideName(file: string, taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(`${file}.corrupt-${number}`)) number += 1;
  return `${file}.corrupt-${number}`;
}
