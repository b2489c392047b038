/**
 * Where each session stands, from the records that its devices write: who opened it, who is done, who
 * gave it up. Whether a record is one that its author could write at that point is for those to judge
 * who have the session's scripts; here, it is taken at its word.
 */
import type { Blame } from "../../dsl/index.ts";
import type { SignedEvent } from "../ledger/envelope.ts";
import { readRecord } from "../record.ts";
import type { OpenedSession } from "../record.ts";
import { sessionOutcome } from "../outcome/session.ts";
import type { SessionOutcome } from "../outcome/session.ts";

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
  /** Devices whose records say how it ended. */
  readonly endedBy: readonly string[];
  /** Why it was given up, where it was. */
  readonly reason?: string;
  readonly blamed: readonly Blame[];
}

/** The records of one session. Grows only; the state is a function of the set. */
export class SessionBook {
  readonly #id: string;
  #opened: OpenedSession | undefined;
  readonly #endings: SignedEvent[] = [];
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
        this.#opened ??= record.session;
        return true;
      case "completed":
      case "aborted":
        this.#endings.push(event);
        return true;
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
    const opened = this.#opened;
    if (opened === undefined) return undefined;
    const { protocol, cast, expires } = opened;
    const outcome = sessionOutcome(this.#endings, cast, () => true);
    const ended = outcome.status === "open" ? { by: [], blamed: [] } : outcome;
    return Object.freeze({
      id: this.#id,
      status: this.#statusAt(epoch, outcome, expires),
      protocol,
      cast,
      ...(expires === undefined ? {} : { expires }),
      endedBy: Object.freeze(ended.by),
      ...(outcome.status === "aborted" ? { reason: outcome.reason } : {}),
      blamed: Object.freeze(ended.blamed),
    });
  }

  #statusAt(epoch: number, { status }: SessionOutcome, expires: number | undefined): SessionStatus {
    if (status === "completed") return "Completed";
    if (status === "aborted") return "Aborted";
    if (expires !== undefined && epoch >= expires) return "TimedOut";
    if (epoch < this.#cooldown) return "Cooldown";
    return this.#hasSteps ? "Active" : "Pending";
  }
}
