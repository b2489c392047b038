/**
 * Where each session stands, from the records that its devices write: who opened it, who is done, who
 * gave it up. A valid completion beats an abort (verification of timeouts: both can be written), so
 * more events only ever move a session forward.
 */
import type { Blame } from "../../dsl/index.ts";
import type { SignedEvent } from "../ledger/envelope.ts";
import { readRecord } from "../record.ts";
import type { SessionBinding } from "../session.ts";

export type SessionStatus =
  /** Opened, and nobody has taken a step. */
  | "Pending"
  | "Active"
  /** Everyone waits for an epoch. */
  | "Cooldown"
  | "Completed"
  | "Aborted"
  /** Neither completed nor aborted when its time ran out. */
  | "TimedOut";

export interface SessionState {
  /** Hex id. */
  readonly id: string;
  readonly status: SessionStatus;
  readonly protocol: string;
  readonly cast: Readonly<Record<string, string | readonly string[]>>;
  /** The first epoch in which it has run out of time; never where absent. */
  readonly expires?: number;
  /** Devices that ran their script to its end. */
  readonly completedBy: readonly string[];
  /** Why it was given up, where it was. */
  readonly reason?: string;
  readonly blamed: readonly Blame[];
}

interface Aborted {
  readonly author: string;
  readonly hash: string;
  readonly reason: string;
  readonly blamed: readonly Blame[];
}

/** The records of one session. Grows only; the state is a function of the set. */
export class SessionBook {
  readonly #id: string;
  #binding: SessionBinding | undefined;
  /** Role → devices that say that they completed it. */
  readonly #completed = new Map<string, Set<string>>();
  readonly #aborted = new Map<string, Aborted>();
  #cooldown = 0;
  #hasSteps = false;

  constructor(id: string) {
    this.#id = id;
  }

  /** Takes in an event of the session. Returns whether its state may be another now. */
  add(event: SignedEvent): boolean {
    const record = readRecord(event);
    switch (record.kind) {
      case "opened":
        this.#binding ??= record.binding;
        return true;
      case "completed": {
        const devices = this.#completed.get(record.role) ?? new Set();
        this.#completed.set(record.role, devices.add(event.author));
        return true;
      }
      case "aborted": {
        const { reason, blamed } = record;
        this.#aborted.set(event.hash, { author: event.author, hash: event.hash, reason, blamed });
        return true;
      }
      case "cooldown":
        this.#cooldown = Math.max(this.#cooldown, record.until);
        return true;
      case "step": {
        const isFirst = !this.#hasSteps;
        this.#hasSteps = true;
        return isFirst;
      }
      case "malformed":
        return false;
    }
  }

  /** Nothing as long as nobody has said what the session is. */
  at(epoch: number): SessionState | undefined {
    const binding = this.#binding;
    if (binding === undefined) return undefined;
    const { protocol, cast, expires } = binding;
    const aborts = this.#deciding(binding);
    const [first] = aborts;
    const status = this.#statusAt(epoch, binding, aborts.length > 0);
    const completedBy = [...new Set([...this.#completed.values()].flatMap((all) => [...all]))];
    return Object.freeze({
      id: this.#id,
      status,
      protocol,
      cast,
      ...(expires === undefined ? {} : { expires }),
      completedBy: completedBy.sort(),
      ...(first === undefined || status === "Completed" ? {} : { reason: first.reason }),
      blamed: blamedBy([...this.#aborted.values()]),
    });
  }

  #statusAt(epoch: number, binding: SessionBinding, isAborted: boolean): SessionStatus {
    if (this.#isCompleted(binding)) return "Completed";
    if (isAborted) return "Aborted";
    if (binding.expires !== undefined && epoch >= binding.expires) return "TimedOut";
    if (epoch < this.#cooldown) return "Cooldown";
    return this.#hasSteps ? "Active" : "Pending";
  }

  /**
   * Who alone plays a role decides: its completion is the session's. Where only families play, more
   * than half of each must be done.
   */
  #isCompleted({ cast }: SessionBinding): boolean {
    const roles = Object.entries(cast);
    const isDone = (role: string, player: string): boolean =>
      this.#completed.get(role)?.has(player) === true;
    const ones = roles.flatMap(([role, one]) => (typeof one === "string" ? [[role, one]] : []));
    if (ones.length > 0) return ones.some(([role = "", player = ""]) => isDone(role, player));
    return roles.every(([role, players]) => {
      const family = typeof players === "string" ? [players] : players;
      return 2 * family.filter((player) => isDone(role, player)).length > family.length;
    });
  }

  /** The aborts that end the session: of a role's only player, or of more than half of a family. */
  #deciding({ cast }: SessionBinding): readonly Aborted[] {
    const authors = new Set([...this.#aborted.values()].map(({ author }) => author));
    const ending = new Set(
      Object.values(cast).flatMap((players) => {
        if (typeof players === "string") return authors.has(players) ? [players] : [];
        const gone = players.filter((player) => authors.has(player));
        return 2 * gone.length > players.length ? gone : [];
      }),
    );
    return [...this.#aborted.values()]
      .filter(({ author }) => ending.has(author))
      .sort((a, b) => (a.hash < b.hash ? -1 : 1));
  }
}

function blamedBy(aborts: readonly Aborted[]): readonly Blame[] {
  const all = aborts.flatMap(({ blamed }) => blamed);
  const byKey = new Map(all.map((blame) => [`${blame.device} ${blame.reason}`, blame]));
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
}
