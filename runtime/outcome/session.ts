/**
 * How a session ended, as anyone can tell from the ledger: a valid completion beats an abort. Both
 * can be written, for one device can wait no longer for what another has already done; whoever reads
 * both later says that the session is completed. The status rises, from open to aborted to
 * completed, as more events are known; it falls only where a record is taken back, and does not depend
 * on their order. So an abort stands until
 * the whole session is completed, even where its author has come to its end after all.
 *
 * Whoever plays a role of one device decides for all, as it does when it gives up: the session is
 * completed when each of these has completed its role. Where all roles are families, it is when more
 * than half of each family have. A completion is valid where the monitor finds no fault: its author
 * had seen everything that its role waits for, so that nobody can say "completed" too early.
 */
import * as v from "valibot";
import type { Blame } from "../../dsl/index.ts";
import { membersOf } from "../amounts.ts";
import type { SignedEvent } from "../ledger/envelope.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { ScriptsByRole } from "../monitor/local-types.ts";
import { SessionMonitor } from "../monitor/monitor.ts";
import { abortedStep, blamesOf, completedStep, plainBlames } from "../record.ts";
import type { Session, SessionCast } from "../session.ts";

export type SessionOutcome =
  /** `by` are the devices whose records say so; `blamed`, whom they blame. */
  | {
      readonly status: "completed";
      readonly by: readonly string[];
      readonly blamed: readonly Blame[];
    }
  | {
      readonly status: "aborted";
      readonly by: readonly string[];
      /** What the earliest of them says, by its epoch and then its hash. */
      readonly reason: string;
      readonly blamed: readonly Blame[];
    }
  | { readonly status: "open" };

const given = v.object({ reason: v.string() });

/**
 * The outcome of a session, from its events in any order.
 *
 * @param isValid whether a record counts
 */
export function sessionOutcome(
  events: readonly SignedEvent[],
  cast: SessionCast,
  isValid: (record: SignedEvent) => boolean,
): SessionOutcome {
  const records = events.filter(isValid).sort(byEpoch);
  const roles = Object.keys(cast);
  const ones = roles.filter((role) => typeof cast[role] === "string");
  const deciding = ones.length > 0 ? ones : roles;
  /** The first record of each device that ended this role so. */
  const endsOf = (role: string, step: string): readonly SignedEvent[] =>
    membersOf(cast, role).flatMap(
      (device) => records.find((event) => event.author === device && event.step === step) ?? [],
    );
  const completed = deciding.map((role) => endsOf(role, completedStep(role)));
  const isDone = completed.every(
    (ends, at) => 2 * ends.length > membersOf(cast, deciding[at] ?? "").length,
  );
  if (deciding.length > 0 && isDone) {
    return Object.freeze({ status: "completed", ...saidBy(completed.flat()) });
  }
  const aborted = deciding.map((role) => endsOf(role, abortedStep(role)));
  const isOver = aborted.some(
    (ends, at) => 2 * ends.length >= membersOf(cast, deciding[at] ?? "").length,
  );
  if (!isOver) return Object.freeze({ status: "open" });
  const said = aborted.flat().sort(byEpoch);
  const [first] = said.flatMap(({ payload }) => (v.is(given, payload) ? [payload.reason] : []));
  return Object.freeze({ status: "aborted", reason: first ?? "", ...saidBy(said) });
}

/** The outcome of a session, as far as this ledger knows. */
export function outcomeOf(
  ledger: Ledger,
  session: Pick<Session, "id" | "cast" | "params">,
  scripts: ScriptsByRole,
): SessionOutcome {
  const monitor = new SessionMonitor({ session, scripts, get: (hash) => ledger.get(hash) });
  const events = ledger.events({ session: session.id, where: isRecord });
  return sessionOutcome(
    events,
    session.cast,
    (event) => monitor.judge(event).status === "conforms",
  );
}

function isRecord({ step }: SignedEvent): boolean {
  return step.startsWith(completedStep("")) || step.startsWith(abortedStep(""));
}

function saidBy(records: readonly SignedEvent[]) {
  const by = [...new Set(records.map(({ author }) => author))].sort();
  const blamed = plainBlames(records.flatMap(({ payload }) => blamesOf(payload)));
  return { by, blamed: blamed.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) };
}

function keyOf({ device, reason }: Blame): string {
  return `${device} ${reason}`;
}

function byEpoch(a: SignedEvent, b: SignedEvent): number {
  return a.epoch - b.epoch || (a.hash < b.hash ? -1 : 1);
}
