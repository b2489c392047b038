/** Which sessions the group has closed, and what they had: of those that were dropped, and of those to be. */
import type { AccountView } from "../../account/state.ts";
import { equalBytes } from "../../crypto/hash.ts";
import type { SignedEvent } from "../envelope.ts";
import { EVENT_HASH } from "../envelope-fields.ts";
import type { SessionIndex } from "../session-index.ts";
import { coveredOf } from "./covered.ts";
import { type ClosedSession, rootOf } from "./snapshot.ts";

/** A session that the group has closed, and of which this replica holds other events than it says. */
export interface UnclosedSession {
  /** Hex id. */
  readonly session: string;
  /** How many events of it are here. */
  readonly events: number;
  /**
   * Hex hashes, ascending: of the events here that nobody else has followed. If one too many is here, it
   * is likely one of these; if all are covered, something is missing here.
   */
  readonly loose: readonly string[];
}

/** A session that the group has closed and whose events are still here. */
interface Due {
  readonly id: string;
  readonly events: readonly SignedEvent[];
  readonly loose: readonly SignedEvent[];
  /** Those that the group's root covers; nothing where this replica cannot tell. */
  readonly hashes: readonly string[] | undefined;
}

type Sessions = ReadonlyMap<string, SessionIndex>;

export class Closing {
  readonly #state: Pick<AccountView, "closedRoot">;
  /** Sessions whose events were dropped: what they had. */
  readonly #closed = new Map<string, ReadonlySet<string>>();
  /** Sessions to be closed, by what another replica has told: what they had. */
  readonly #covered = new Map<string, ReadonlySet<string>>();

  constructor(state: Pick<AccountView, "closedRoot">) {
    this.#state = state;
  }

  isClosed(session: string): boolean {
    return this.#closed.has(session);
  }

  /** Whether the event is one that a closed session had. */
  had({ session, hash }: SignedEvent): boolean {
    return this.#closed.get(session)?.has(hash) ?? false;
  }

  /** What is left of a session whose events were dropped. */
  closed(session: string): ClosedSession | undefined {
    const hashes = this.#closed.get(session);
    return hashes === undefined ? undefined : { session, hashes: [...hashes].sort() };
  }

  close({ session, hashes }: ClosedSession): void {
    this.#closed.set(session, new Set(hashes));
    this.#covered.delete(session);
  }

  /** Sessions that the group has closed, and that cannot be dropped here. */
  unclosed(sessions: Sessions): readonly UnclosedSession[] {
    return this.due(sessions).flatMap(({ id, events, loose, hashes }) =>
      hashes === undefined
        ? [{ session: id, events: events.length, loose: loose.map(({ hash }) => hash).sort() }]
        : [],
    );
  }

  /**
   * Takes in what another replica says that a session had when it was closed: what is {@link due} goes by
   * it. It can come from anyone, for the group has signed the root.
   *
   * @returns whether it is what the group has signed
   */
  learn({ session, hashes }: ClosedSession): boolean {
    const root = this.#state.closedRoot(session);
    const isWell = hashes.every((hash) => EVENT_HASH.test(hash));
    if (root === undefined || !isWell || !equalBytes(rootOf(hashes), root)) return false;
    if (!this.isClosed(session)) this.#covered.set(session, new Set(hashes));
    return true;
  }

  /** Sessions that the group has closed and whose events are still here, in ascending order of id. */
  due(sessions: Sessions): readonly Due[] {
    return [...sessions.keys()].sort().flatMap((id) => {
      const [root, session] = [this.#state.closedRoot(id), sessions.get(id)];
      return root === undefined || session === undefined || this.isClosed(id)
        ? []
        : [this.#dueOf(id, session, root)];
    });
  }

  #dueOf(id: string, session: SessionIndex, root: Uint8Array): Due {
    const events = session.candidates({ session: id });
    const loose = events.filter((event) => !session.isFollowed(event));
    const known = this.#covered.get(id);
    const listed = events.flatMap(({ hash }) => (known?.has(hash) === true ? [hash] : []));
    const isWhole = known !== undefined && listed.length === known.size;
    return { id, events, loose, hashes: isWhole ? listed : coveredOf(events, loose, root) };
  }
}
