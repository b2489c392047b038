import { describe, expect, test } from "vitest";

import { MemoryLedger } from "../../../runtime/ledger/memory.ts";
import { watch } from "../../../runtime/ledger/watcher.ts";
import { ledgerTime } from "../../../runtime/time/ledger-time.ts";
import { virtualClock } from "../../../runtime/time/virtual-clock.ts";
import { type WakeCondition, onWake, wake } from "../../../runtime/time/wake.ts";
import { OTHER_SESSION, ROSTER, SESSION, eventOf, failure } from "../ledger/fixtures.ts";

function setting() {
  const ledger = new MemoryLedger(ROSTER);
  const clock = virtualClock();
  const watcher = watch(ledger, { session: SESSION, step: "Commit" });
  const write = (fields: Parameters<typeof eventOf>[0]): void => {
    ledger.append(eventOf(fields).bytes);
  };
  const woken: string[] = [];
  const wait = (...conditions: readonly WakeCondition[]): (() => void) =>
    onWake(clock, conditions, ({ kind }) => woken.push(`${kind} at ${clock.epoch()}`));
  return { ledger, clock, watcher, write, woken, wait };
}

describe("waking", () => {
  test("on an epoch and on a timeout", () => {
    const { clock, woken, wait } = setting();
    wait({ kind: "EpochReached", epoch: 4 });
    wait({ kind: "TimeoutAt", epoch: 3 });
    clock.advance(10);
    expect(woken).toEqual(["TimeoutAt at 3", "EpochReached at 4"]);
  });

  test("on a matching event, whether it comes or is there", () => {
    const { watcher, write, woken, wait } = setting();
    wait({ kind: "EventMatching", watcher });
    write({ step: "Reveal", nonce: 1 });
    expect(woken).toEqual([]);
    write({});
    wait({ kind: "EventMatching", watcher });
    expect(woken).toEqual(["EventMatching at 0", "EventMatching at 0"]);
  });

  test("on so many distinct authors: two events of one count once", () => {
    const { watcher, write, woken, wait } = setting();
    wait({ kind: "ThresholdEvents", watcher, count: 2 });
    write({ nonce: 0 });
    write({ nonce: 1 });
    write({ nonce: 2, iteration: 1 });
    expect(woken).toEqual([]);
    write({ author: "bob" });
    expect(woken).toEqual(["ThresholdEvents at 0"]);
  });

  test("not on an author that equivocates", () => {
    const { watcher, write, woken, wait, clock } = setting();
    wait({ kind: "ThresholdEvents", watcher, count: 2 }, { kind: "TimeoutAt", epoch: 5 });
    write({ nonce: 0, payload: 0 });
    write({ nonce: 1, payload: 1 });
    write({ author: "bob" });
    clock.advance(5);
    expect(woken).toEqual(["TimeoutAt at 5"]);
  });

  test("at once where no events are asked for", () => {
    const { watcher, woken, wait } = setting();
    wait({ kind: "ThresholdEvents", watcher, count: 0 });
    expect(woken).toEqual(["ThresholdEvents at 0"]);
  });

  test("on new events of the session only, and not on those that were there", () => {
    const { ledger, write, woken, wait } = setting();
    write({});
    wait({ kind: "NewEvents", ledger, session: SESSION });
    write({ session: OTHER_SESSION });
    expect(woken).toEqual([]);
    write({ nonce: 1 });
    expect(woken).toEqual(["NewEvents at 0"]);
  });

  test("an event that arrives at the deadline wins", () => {
    const { clock, watcher, write, woken, wait } = setting();
    wait({ kind: "TimeoutAt", epoch: 5 }, { kind: "EventMatching", watcher });
    clock.at(5, () => write({}));
    clock.advance(9);
    expect(woken).toEqual(["EventMatching at 5"]);
  });

  test("an event that is there wins over a deadline that has passed", () => {
    const { clock, watcher, write, woken, wait } = setting();
    clock.advance(9);
    write({});
    const timeout: WakeCondition = { kind: "TimeoutAt", epoch: 5 };
    wait(timeout, { kind: "EpochReached", epoch: 5 }, { kind: "EventMatching", watcher });
    wait(timeout, { kind: "EpochReached", epoch: 5 });
    wait(timeout);
    expect(woken).toEqual(["EventMatching at 9", "EpochReached at 9", "TimeoutAt at 9"]);
  });

  test("an event one epoch after the deadline is too late", () => {
    const { clock, watcher, write, woken, wait } = setting();
    wait({ kind: "TimeoutAt", epoch: 5 }, { kind: "EventMatching", watcher });
    clock.at(6, () => write({}));
    clock.advance(9);
    expect(woken).toEqual(["TimeoutAt at 5"]);
  });

  test("happens once, and leaves nothing behind", () => {
    const { clock, watcher, write, woken, wait } = setting();
    wait({ kind: "TimeoutAt", epoch: 5 }, { kind: "EventMatching", watcher });
    write({});
    write({ author: "bob" });
    expect([woken, clock.next()]).toEqual([["EventMatching at 0"], undefined]);
  });

  test("can be given up", () => {
    const { clock, watcher, write, woken, wait } = setting();
    const stop = wait(
      { kind: "TimeoutAt", epoch: 5 },
      { kind: "ThresholdEvents", watcher, count: 1 },
    );
    stop();
    write({});
    expect([woken, clock.next()]).toEqual([[], undefined]);
  });

  test("waits wake in the order of registration", () => {
    const { clock, watcher, write, woken, wait } = setting();
    wait({ kind: "EventMatching", watcher });
    wait({ kind: "ThresholdEvents", watcher, count: 1 });
    for (const epoch of [3, 2, 3]) wait({ kind: "EpochReached", epoch });
    write({});
    clock.advance(3);
    const epochs = [2, 3, 3].map((epoch) => `EpochReached at ${epoch}`);
    expect(woken).toEqual(["EventMatching at 0", "ThresholdEvents at 0", ...epochs]);
  });

  test("on nothing at all is refused", async () => {
    const clock = virtualClock();
    expect(failure(() => onWake(clock, [], () => undefined)).code).toBe("InvalidInput");
    await expect(wake(clock, [])).rejects.toMatchObject({ code: "InvalidInput" });
  });

  test("as a promise, with the condition that was met", async () => {
    const clock = virtualClock();
    const conditions: readonly WakeCondition[] = [
      { kind: "TimeoutAt", epoch: 9 },
      { kind: "EpochReached", epoch: 2 },
    ];
    const met = wake(clock, conditions);
    clock.advance(2);
    await expect(met).resolves.toBe(conditions[1]);
    await expect(wake(clock, conditions)).resolves.toBe(conditions[1]);
  });

  test("as a promise, given up by a signal before and during the wait", async () => {
    const clock = virtualClock();
    const controller = new AbortController();
    const waits = [{ kind: "TimeoutAt", epoch: 9 } as const];
    const given = wake(clock, waits, controller.signal);
    controller.abort("enough");
    await expect(given).rejects.toMatchObject({ code: "Aborted", cause: "enough" });
    await expect(wake(clock, waits, controller.signal)).rejects.toMatchObject({ code: "Aborted" });
    expect(clock.next()).toBeUndefined();
  });
});

describe("ledger time", () => {
  function driftingSetting(drift: number) {
    const base = setting();
    return { ...base, time: ledgerTime(base.clock, base.ledger, drift) };
  }

  test("is the larger of the source's epoch and the ledger's, within the drift", () => {
    const { clock, write, time } = driftingSetting(10);
    const epochs = [time.epoch()];
    write({ epoch: 7 });
    epochs.push(time.epoch());
    write({ epoch: 1_000, nonce: 1 });
    epochs.push(time.epoch());
    clock.advance(5);
    epochs.push(time.epoch());
    clock.advance(2_000);
    epochs.push(time.epoch());
    expect(epochs).toEqual([0, 7, 10, 15, 2_005]);
  });

  test("advances without writes", () => {
    const { clock, time } = driftingSetting(10);
    let calls = 0;
    time.at(5, () => (calls += 1));
    clock.advance(5);
    expect([calls, time.epoch()]).toEqual([1, 5]);
  });

  test("an event of a later epoch makes things due, once the clock lets them run", () => {
    const { clock, write, time } = driftingSetting(10);
    const heard: number[] = [];
    for (const epoch of [8, 20]) time.at(epoch, () => heard.push(epoch));
    write({ epoch: 30 });
    expect([heard, clock.next()]).toEqual([[], 0]);
    clock.advance(0);
    expect(heard).toEqual([8]);
    clock.advance(9);
    expect(heard).toEqual([8]);
    clock.advance(1);
    expect([heard, time.epoch(), clock.next()]).toEqual([[8, 20], 20, undefined]);
  });

  test("what the ledger reached before is due at once", () => {
    const { clock, write, time } = driftingSetting(10);
    write({ epoch: 8 });
    const heard: number[] = [];
    time.at(6, () => heard.push(6));
    clock.advance(0);
    expect(heard).toEqual([6]);
  });

  test("the event that brings the deadline wins over it", () => {
    const { clock, write, time, watcher } = driftingSetting(10);
    const woken: string[] = [];
    const conditions: readonly WakeCondition[] = [
      { kind: "TimeoutAt", epoch: 5 },
      { kind: "EventMatching", watcher },
    ];
    onWake(time, conditions, ({ kind }) => woken.push(kind));
    write({ epoch: 5 });
    clock.advance(5);
    expect(woken).toEqual(["EventMatching"]);
  });

  test("an event that comes in the batch of one that brings the deadline wins over it", () => {
    const { ledger, clock, write, time, watcher } = driftingSetting(10);
    const woken: string[] = [];
    const conditions: readonly WakeCondition[] = [
      { kind: "TimeoutAt", epoch: 5 },
      { kind: "EventMatching", watcher },
    ];
    onWake(time, conditions, ({ kind }) => woken.push(kind));
    const stop = ledger.subscribe(() => {
      stop();
      write({});
    });
    write({ epoch: 5, step: "Reveal", author: "bob" });
    clock.advance(5);
    expect(woken).toEqual(["EventMatching"]);
  });

  test("a cancelled callback leaves nothing behind", () => {
    const { clock, write, time } = driftingSetting(10);
    let calls = 0;
    const cancel = time.at(5, () => (calls += 1));
    cancel();
    write({ epoch: 9 });
    clock.advance(9);
    expect([calls, clock.next()]).toEqual([0, undefined]);
  });
});
