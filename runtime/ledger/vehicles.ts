/** The documents of all sessions: opened when they are asked for, and bounded in number. */

import type { SavedDocument } from "./document.ts";
import { Vehicle, type VehicleOptions } from "./vehicle.ts";

interface VehiclesOptions {
  readonly account: string;
  /** Names this replica among those that write to the documents. */
  readonly writer: string;
  /** Documents of an earlier incarnation. */
  readonly documents: readonly SavedDocument[];
  readonly report: (fault: "TooManySessions" | VehicleFault, detail: string) => void;
  /** Whether the session has events: then its documents stay. */
  readonly isUsed: (session: string) => boolean;
}

type VehicleFault = Parameters<VehicleOptions["report"]>[0];

const MAX_SESSIONS = 4096;
const MAX_DOCUMENTS = 2 * MAX_SESSIONS;
/** Sessions whose documents are ready for use; those of others rest. */
export const MAX_READY = 32;

export class Vehicles {
  readonly #options: VehiclesOptions;
  readonly #saved = new Map<string, SavedDocument[]>();
  readonly #open = new Map<string, Vehicle>();
  /** The last one was used last. */
  readonly #ready = new Set<string>();

  constructor(options: VehiclesOptions) {
    this.#options = options;
    for (const document of options.documents) {
      const { session } = document.name;
      const others = this.#saved.get(session);
      if (others === undefined) this.#saved.set(session, [document]);
      else others.push(document);
    }
  }

  /** Ids of the sessions whose documents are open. */
  sessions(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** What has to be kept of the documents to go on with them. */
  save(): readonly SavedDocument[] {
    const untouched = [...this.#saved].filter(([session]) => !this.#open.has(session));
    const open = [...this.#open.values()].flatMap((vehicle) => vehicle.save());
    return [...open, ...untouched.flatMap(([, documents]) => documents)];
  }

  /** The documents of a session. One without events makes room where there are too many. */
  of(session: string): Vehicle | undefined {
    const vehicle = this.#open.get(session) ?? this.#add(session);
    if (vehicle !== undefined) this.#use(session);
    return vehicle;
  }

  #add(session: string): Vehicle | undefined {
    const { account, writer, report } = this.#options;
    if (this.#open.size >= MAX_SESSIONS && !this.#evict()) {
      report("TooManySessions", session);
      return undefined;
    }
    const saved = this.#saved.get(session) ?? [];
    const hasRoom = (): boolean => this.#count() < MAX_DOCUMENTS;
    const vehicle = new Vehicle({ account, session, writer, saved, report, hasRoom });
    this.#open.set(session, vehicle);
    return vehicle;
  }

  /** Lets go of a session's documents. */
  drop(session: string): void {
    this.#saved.delete(session);
    this.#forget(session);
  }

  #use(session: string): void {
    this.#ready.delete(session);
    this.#ready.add(session);
    if (this.#ready.size <= MAX_READY) return;
    const [oldest] = this.#ready;
    if (oldest === undefined) return;
    this.#ready.delete(oldest);
    this.#open.get(oldest)?.rest();
  }

  #forget(session: string): boolean {
    this.#ready.delete(session);
    return this.#open.delete(session);
  }

  #count(): number {
    return [...this.#open.values()].reduce((sum, { size }) => sum + size, 0);
  }

  #evict(): boolean {
    for (const session of this.#open.keys()) {
      if (!this.#options.isUsed(session)) return this.#forget(session);
    }
    return false;
  }
}
