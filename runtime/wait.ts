/** Waiting for a quorum: until enough count, until enough cannot come any more, or too long. */
import { ProtocolError } from "../dsl/index.ts";
import type { Blame, Contribution, ErrorPlace } from "../dsl/index.ts";
import type { Collector } from "./collector.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { TimeSource } from "./time/time-source.ts";
import { wake } from "./time/wake.ts";

/** What every wait in a session looks at. */
export interface Waiting {
  readonly ledger: Ledger;
  readonly session: string;
  readonly time: TimeSource;
  /** Devices that gave the session up, and whether that ends it. */
  readonly aborts: () => { readonly by: readonly string[]; readonly decided: boolean };
  readonly place: ErrorPlace;
}

export interface Wait extends Waiting {
  readonly collector: Collector;
  /** Device ids of those who may contribute. */
  readonly members: readonly string[];
  /** How many distinct ones are needed. */
  readonly count: number;
  /** Epoch at which the wait is over. What comes in at that very epoch still counts. */
  readonly deadline: number;
  /** Why the values that this wait builds on are not the same everywhere; else `undefined`. */
  readonly divided: () => ProtocolError | undefined;
  /** Told each time before the wait sleeps. */
  readonly onWaiting: (missing: readonly string[], have: number) => void;
}

/** The contributions that count, at least `count`; or the reason why they will not come. */
export async function waitForQuorum(
  wait: Wait,
): Promise<readonly Contribution<unknown>[] | ProtocolError> {
  const { collector, count, deadline, ledger, session, time } = wait;
  let news = 0;
  const unsubscribe = ledger.subscribe(() => void (news += 1), { session });
  try {
    for (;;) {
      const seen = news;
      await collector.judge();
      const accepted = collector.accepted();
      if (accepted.length >= count) return accepted;
      const failure = hopeless(wait, accepted);
      if (failure !== undefined) return failure;
      if (news !== seen) continue;
      if (time.epoch() >= deadline) return timedOut(wait, accepted);
      wait.onWaiting(missing(wait, accepted), accepted.length);
      await wake(time, [
        { kind: "NewEvents", ledger, session },
        { kind: "TimeoutAt", epoch: deadline },
      ]);
    }
  } finally {
    unsubscribe();
  }
}

/** Sleeps to the given epoch; the reason why, where the session is over before. */
export async function sleepUntil(epoch: number, wait: Waiting): Promise<ProtocolError | undefined> {
  const { ledger, session, time } = wait;
  for (;;) {
    const { by, decided } = wait.aborts();
    if (decided) return givenUp(by, wait.place, []);
    if (time.epoch() >= epoch) return undefined;
    await wake(time, [
      { kind: "NewEvents", ledger, session },
      { kind: "EpochReached", epoch },
    ]);
  }
}

/** Those whose contribution does not count, or not yet. */
function missing(wait: Wait, accepted: readonly Contribution<unknown>[]): readonly string[] {
  const authors = new Set(accepted.map(({ author }) => author));
  return wait.members.filter((member) => !authors.has(member));
}

/** Nothing is left to wait for once too many are at fault or have left, or the decider ended it. */
function hopeless(
  wait: Wait,
  accepted: readonly Contribution<unknown>[],
): ProtocolError | undefined {
  const { count, members, collector, place } = wait;
  const divided = wait.divided();
  if (divided !== undefined) return divided;
  const aborts = wait.aborts();
  const blamed = collector.blamed();
  const lost = new Set([...blamed.map(({ device }) => device), ...aborts.by]);
  const able = accepted.length + missing(wait, accepted).filter((one) => !lost.has(one)).length;
  if (aborts.decided || (able < count && aborts.by.length > 0)) {
    return givenUp(aborts.by, place, blamed);
  }
  if (able >= count) return undefined;
  const what =
    members.length === 1
      ? `the event of ${members.join("")} was refused`
      : `only ${able} of ${members.length} devices can still contribute, and ${count} are needed`;
  return new ProtocolError({ code: "Rejected", what, todo: restart, where: place, blamed });
}

function givenUp(
  by: readonly string[],
  where: ErrorPlace,
  blamed: readonly Blame[],
): ProtocolError {
  const what = `the session was given up by ${by.join(", ")}`;
  return new ProtocolError({ code: "Aborted", what, todo: restart, where, blamed });
}

/** What to do when a session fails through somebody's fault. */
export const restart = "Start a new session, without the devices that are blamed";

function timedOut(wait: Wait, accepted: readonly Contribution<unknown>[]): ProtocolError {
  const silent = missing(wait, accepted).join(", ");
  return new ProtocolError({
    code: "Timeout",
    what: `${accepted.length} of ${wait.count} came by epoch ${wait.deadline}; not heard from: ${silent}`,
    todo: "Start a new session when these devices are reachable",
    where: wait.place,
    blamed: wait.collector.blamed(),
  });
}
