/** The files that new events are appended to, each synchronised before anybody hears of its event. */

import { ProtocolError } from "../../../dsl/errors.ts";
import type { ClosedSession } from "../compaction/snapshot.ts";
import type { Files } from "./files.ts";
import { eventsFile } from "./names.ts";
import type { AccountRoster } from "../roster.ts";
import { encodeRecord } from "./record.ts";
import { type Origin, encodeClosed, encodeOrigin } from "./schema.ts";

/** Where a file of events ends and the next begins. */
const FULL_BYTES = 8 * 1024 * 1024;

interface LogOrigin extends AccountRoster {
  readonly incarnation: number;
  readonly device: string;
}

export class EventLog {
  readonly #files: Files;
  readonly #folder: string;
  readonly #origin: Omit<Origin, "part">;
  readonly #written = new Map<string, number>();
  #parts = 0;
  #bytes = 0;
  /** Nothing is known of what a failed write left, so nothing is written after it. */
  #usable = false;
  #closed = false;

  /** Never appends to files of another incarnation: their ends may be torn. */
  constructor(files: Files, folder: string, origin: LogOrigin) {
    this.#files = files;
    this.#folder = folder;
    const { account, incarnation, device, devices } = origin;
    this.#origin = { account, incarnation, device, devices: [...devices] };
  }

  /** The files written so far, with their lengths. */
  written(): readonly { readonly file: string; readonly bytes: number }[] {
    return [...this.#written].map(([file, bytes]) => ({ file, bytes }));
  }

  /** Stores the events; when this returns, they survive a loss of power. Throws where it cannot. */
  append(events: readonly Uint8Array[]): void {
    this.#append(joined(events.map((event) => encodeRecord("event", event))));
  }

  /** Stores what is left of sessions whose events were dropped. Throws where it cannot. */
  appendClosed(closed: readonly ClosedSession[]): void {
    if (closed.length === 0) return;
    this.#append(joined(closed.map((each) => encodeRecord("closed", encodeClosed(each)))));
  }

  close(): void {
    this.#closed = true;
  }

  #append(bytes: Uint8Array): void {
    if (this.#closed) {
      throw new ProtocolError({
        code: "InvalidState",
        what: "the ledger's folder is closed",
        todo: "open it again",
      });
    }
    if (!this.#usable || this.#bytes >= FULL_BYTES) this.#begin();
    const file = eventsFile(this.#origin.incarnation, this.#parts - 1);
    const path = `${this.#folder}/${file}`;
    this.#usable = false;
    this.#files.append(path, bytes);
    this.#files.sync(path);
    this.#usable = true;
    this.#bytes += bytes.length;
    this.#written.set(file, this.#bytes);
  }

  #begin(): void {
    const file = eventsFile(this.#origin.incarnation, this.#parts);
    const path = `${this.#folder}/${file}`;
    const bytes = encodeRecord("origin", encodeOrigin({ ...this.#origin, part: this.#parts }));
    this.#parts += 1;
    this.#files.create(path, bytes);
    this.#files.sync(path);
    this.#files.syncFolder(this.#folder);
    this.#bytes = bytes.length;
    this.#written.set(file, bytes.length);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
