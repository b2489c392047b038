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
  /** The session, and those around it: an abort of any of them ends the wait. */
  readonly sessions: readonly string[];
  readonly time: TimeSource;
  /** Devices that gave the session up, and whether that ends it, leaving out some as deciders. */
  readonly aborts: (except?: readonly string[]) => Aborts;
  readonly place: ErrorPlace;
}

export interface Aborts {
  readonly by: readonly string[];
  readonly decided: boolean;
}

/** A wait that time ends. */
interface Timed extends Waiting {
  /** Device ids of those who may contribute. */
  readonly members: readonly string[];
  /** Epoch at which the wait is over. What comes in at that very epoch still counts. */
  readonly deadline: number;
  /** Told each time before the wait sleeps; who is missing, if it asks. */
  readonly onWaiting: (missing: () => readonly string[], have: number) => void;
}

export interface Wait extends Timed {
  readonly collector: Pick<Collector, "accepted" | "blamed" | "count" | "faulty" | "has"> & {
    judge: () => Promise<unknown>;
  };
  /** How many distinct ones are needed. */
  readonly count: number;
  /** Whether what is here is enough where no more can come, or none comes in time. */
  readonly isOptional: boolean;
  /** Why the values that this wait builds on are not the same everywhere; else `undefined`. */
  readonly divided: () => ProtocolError | undefined;
}

type Contributions = readonly Contribution<unknown>[];

/** The contributions that count, at least `count`; or the reason why they will not come. */
export async function waitForQuorum(wait: Wait): Promise<Contributions | ProtocolError> {
  const { collector, count } = wait;
  const look = async (): Promise<Contributions | ProtocolError | undefined> => {
    await collector.judge();
    return collector.count >= count ? collector.accepted() : hopeless(wait);
  };
  const late = () => (wait.isOptional ? collector.accepted() : timedOut(wait));
  const onWaiting = () => wait.onWaiting(() => missing(wait), collector.count);
  return lookUntil(wait, look, late, onWaiting);
}

/** Waits until one of `members` gives the session up, which is an error as it is for every wait. */
export function waitForAbort(wait: Timed): Promise<ProtocolError> {
  const { members, deadline, place } = wait;
  const look = () => {
    const { by, decided } = wait.aborts();
    if (!decided && !by.some((device) => members.includes(device)))
      return Promise.resolve(undefined);
    return Promise.resolve(givenUp(by, place, []));
  };
  const late = () =>
    new ProtocolError({
      code: "Timeout",
      what: `the session was to be given up by ${members.join(", ")}, and was not by epoch ${deadline}`,
      todo: "Start a new session when these devices are reachable",
      where: place,
    });
  return lookUntil(wait, look, late, () => wait.onWaiting(() => members, 0));
}

/** Looks after each event that comes or goes until there is an answer; `late` is the one when time is up. */
async function lookUntil<T>(
  { ledger, sessions, time, deadline }: Timed,
  look: () => Promise<T | undefined>,
  late: () => T,
  onWaiting: () => void,
): Promise<T> {
  let news = 0;
  const count = (): void => void (news += 1);
  const stops = sessions.flatMap((session) => [
    ledger.subscribe(count, { session }),
    ledger.onRetract(count, { session }),
  ]);
  try {
    for (;;) {
      const seen = news;
      const answer = await look();
      if (answer !== undefined) return answer;
      if (news !== seen) continue;
      if (time.epoch() >= deadline) return late();
      onWaiting();
      await wake(time, [
        ...sessions.map((session) => ({ kind: "NewEvents", ledger, session }) as const),
        { kind: "TimeoutAt", epoch: deadline },
      ]);
    }
  } finally {
    for (const stop of stops) stop();
  }
}

/** Sleeps to the given epoch; the reason why, where the session is over before. */
export async function sleepUntil(epoch: number, wait: Waiting): Promise<ProtocolError | undefined> {
  const { ledger, sessions, time } = wait;
  for (;;) {
    const { by, decided } = wait.aborts();
    if (decided) return givenUp(by, wait.place, []);
    if (time.epoch() >= epoch) return undefined;
    await wake(time, [
      ...sessions.map((session) => ({ kind: "NewEvents", ledger, session }) as const),
      { kind: "EpochReached", epoch },
    ]);
  }
}

/** Those whose contribution does not count, or not yet. */
function missing({ members, collector }: Wait): readonly string[] {
  return members.filter((member) => !collector.has(member));
}

/**
 * Nothing is left to wait for once too many are at fault or have left, or the decider ended it. A
 * wait that can do without goes on once all who still can have contributed, unless somebody else
 * ended the session.
 */
function hopeless(wait: Wait): Contributions | ProtocolError | undefined {
  const { count, members, collector, place, isOptional } = wait;
  const divided = wait.divided();
  if (divided !== undefined) return divided;
  const aborts = wait.aborts(isOptional ? members : []);
  const { faulty } = collector;
  const left = aborts.by.filter((one) => !faulty.has(one) && !collector.has(one));
  const able = members.length - faulty.size - left.filter((one) => members.includes(one)).length;
  if (aborts.decided) return givenUp(aborts.by, place, collector.blamed());
  if (able >= count) return undefined;
  if (isOptional) return collector.count >= able ? collector.accepted() : undefined;
  const blamed = collector.blamed();
  if (aborts.by.length > 0) return givenUp(aborts.by, place, blamed);
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

function timedOut(wait: Wait): ProtocolError {
  const silent = missing(wait).join(", ");
  return new ProtocolError({
    code: "Timeout",
    what: `${wait.collector.count} of ${wait.count} came by epoch ${wait.deadline}; not heard from: ${silent}`,
    todo: "Start a new session when these devices are reachable",
    where: wait.place,
    blamed: wait.collector.blamed(),
  });
}
