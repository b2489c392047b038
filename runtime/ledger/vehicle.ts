/** The documents that carry the events of one session, each until it is full or broken. */

import { EventDocument, type DocumentName, type SavedDocument } from "./document.ts";
import type { Layout } from "./document-layout.ts";
import type { SignedEvent } from "./envelope.ts";

export interface VehicleOptions {
  readonly account: string;
  readonly session: string;
  readonly writer: string;
  readonly saved: readonly SavedDocument[];
  /** Told what a peer's input did to a document, or that a saved one cannot be read. */
  readonly report: (fault: VehicleFault, detail: string) => void;
  /** Whether a peer may make this replica open one more document. */
  readonly hasRoom: () => boolean;
}

type VehicleFault = "DocumentSetAside" | "DocumentAdopted" | "BadDocument";

/** A change of this replica's, for the peers. */
export interface WrittenChange {
  readonly name: DocumentName;
  readonly change: Uint8Array;
}

/** `older`: the peer holds a document that was set aside. `closed`: out of bounds, or given up. */
export type Standing =
  | { readonly status: "open"; readonly document: EventDocument }
  | { readonly status: "older" }
  | { readonly status: "closed" };

/** What one place in the row of a session's documents holds; no document after the last generation. */
interface Place {
  readonly generation: number;
  readonly document?: EventDocument | undefined;
}

/** A replica writes to the next document when this one has so many changes: they get slow. */
export const FULL_CHANGES = 1_000;
/** More are not taken from peers, who may have written while they heard of no next document. */
export const MAX_CHANGES = 2 * FULL_CHANGES;
export const MAX_OPERATIONS = 64 * FULL_CHANGES;
/** Documents of one session. */
export const MAX_EPOCHS = 64;
/** How often a document is replaced. Then its events travel one by one, and nothing can break. */
export const MAX_GENERATIONS = 8;

/** Together at most half of what a frame takes of one change. */
const BATCH_EVENTS = 100;
const BATCH_BYTES = 64 * 1024;

export class Vehicle {
  readonly #options: VehicleOptions;
  readonly #layout: Layout;
  readonly #places = new Map<number, Place>();
  #setAsides = 0;

  constructor(options: VehicleOptions) {
    this.#options = options;
    this.#layout = layoutOf(options.account, options.session);
    for (const saved of options.saved) this.#load(saved);
  }

  /** The generation of each document so far, from epoch 0. */
  generations(): readonly number[] {
    const count = Math.max(0, ...this.#places.keys()) + 1;
    return Array.from({ length: count }, (_, epoch) => this.#places.get(epoch)?.generation ?? 0);
  }

  /** The documents that this replica uses; opens the first. */
  documents(): readonly EventDocument[] {
    this.#at(0);
    return [...this.#places.values()].flatMap(({ document }) => document ?? []);
  }

  /** How many documents are open. */
  get size(): number {
    return this.#places.size;
  }

  /** Whether some document of the session was replaced so often that there is none in its place. */
  gaveUp(): boolean {
    return [...this.#places.values()].some(({ document }) => document === undefined);
  }

  /** The document of this name. A higher generation replaces the replica's own. */
  find({ epoch, generation }: DocumentName): Standing {
    if (epoch >= MAX_EPOCHS || generation > MAX_GENERATIONS) return { status: "closed" };
    const known = this.#places.get(epoch);
    if (known === undefined && epoch > 0 && !this.#options.hasRoom()) return { status: "closed" };
    const place = known ?? this.#open(epoch, generation);
    if (place.generation > generation) return { status: "older" };
    const { document } = place.generation < generation ? this.#adopt(epoch, generation) : place;
    return document === undefined ? { status: "closed" } : { status: "open", document };
  }

  /** Puts the document aside, and opens its next generation. */
  setAside({ name }: EventDocument, why: string): void {
    const { epoch, generation } = name;
    this.#setAsides += 1;
    this.#options.report("DocumentSetAside", `${nameText(name)}: ${why}`);
    this.#open(epoch, generation + 1);
  }

  /** Puts the events that no document carries into one. */
  put(events: readonly SignedEvent[]): {
    readonly changes: readonly WrittenChange[];
    /** The events for which there is no document. */
    readonly left: readonly SignedEvent[];
    /** Whether a document was set aside, so that what it carried has to be put again. */
    readonly replaced: boolean;
  } {
    const before = this.#setAsides;
    const missing = events.filter(({ hash }) => !this.#carries(hash));
    const changes: WrittenChange[] = [];
    const left: SignedEvent[] = [];
    for (const batch of batches(missing)) {
      const written = this.#write(batch);
      if (written === undefined) left.push(...batch);
      else changes.push(written);
    }
    return { changes, left, replaced: this.#setAsides > before };
  }

  /** Lets the documents take little memory until they are used again. */
  rest(): void {
    for (const { document } of this.#places.values()) document?.rest();
  }

  save(): readonly SavedDocument[] {
    return [...this.#places.values()].flatMap(({ document }) => document?.save() ?? []);
  }

  #carries(hash: string): boolean {
    return [...this.#places.values()].some(({ document }) => document?.carried.has(hash) === true);
  }

  /**
   * Writes to the first document with room, whatever later ones peers speak of. A document that a
   * peer made unfit for writing is replaced, until there is no next one.
   */
  #write(batch: readonly SignedEvent[]): WrittenChange | undefined {
    for (let epoch = 0; epoch < MAX_EPOCHS; epoch += 1) {
      let { document } = this.#at(epoch);
      while (document !== undefined && document.size().changes < FULL_CHANGES) {
        try {
          return { name: document.name, change: document.put(batch) };
        } catch (error) {
          this.setAside(document, error instanceof Error ? error.message : "does not take events");
          ({ document } = this.#at(epoch));
        }
      }
      if (document === undefined) return undefined;
    }
    return undefined;
  }

  #at(epoch: number): Place {
    return this.#places.get(epoch) ?? this.#open(epoch, 0);
  }

  #adopt(epoch: number, generation: number): Place {
    const name = { session: this.#options.session, epoch, generation };
    this.#options.report("DocumentAdopted", nameText(name));
    return this.#open(epoch, generation);
  }

  #open(epoch: number, generation: number): Place {
    const { account, session, writer } = this.#options;
    const name = Object.freeze({ session, epoch, generation });
    const options = { account, name, layout: this.#layout, writer };
    const exhausted = generation >= MAX_GENERATIONS;
    const place = { generation, document: exhausted ? undefined : new EventDocument(options) };
    this.#places.set(epoch, place);
    return place;
  }

  #load(saved: SavedDocument): void {
    const { account, writer, report } = this.#options;
    const { name } = saved;
    const options = { account, name, layout: this.#layout, writer };
    try {
      const document = new EventDocument(options, saved);
      this.#places.set(name.epoch, { generation: name.generation, document });
    } catch (error) {
      const why = error instanceof Error ? error.message : "cannot be read";
      report("BadDocument", `${nameText(name)}: ${why}`);
    }
  }
}

/** The account's own session has many events, those of a protocol run few. */
export function layoutOf(account: string, session: string): Layout {
  return session === account ? "bucketed" : "flat";
}

export function nameText({ session, epoch, generation }: DocumentName): string {
  return `${session} ${epoch} ${generation}`;
}

function batches(events: readonly SignedEvent[]): readonly (readonly SignedEvent[])[] {
  const all: SignedEvent[][] = [];
  let [last, bytes]: [SignedEvent[], number] = [[], 0];
  for (const event of events) {
    const fits = last.length < BATCH_EVENTS && bytes + event.bytes.length <= BATCH_BYTES;
    if (last.length === 0 || !fits) {
      [last, bytes] = [[], 0];
      all.push(last);
    }
    last.push(event);
    bytes += event.bytes.length;
  }
  return all;
}
