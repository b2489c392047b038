import { describe, expect, test } from "vitest";

import { virtualClock } from "../../../runtime/time/virtual-clock.ts";
import { failure } from "../ledger/fixtures.ts";

describe("a virtual clock", () => {
  test("passes when told, and stands still otherwise", () => {
    const clock = virtualClock({ start: 5 });
    clock.advance(3);
    clock.advanceTo(20);
    expect(clock.epoch()).toBe(20);
    expect(virtualClock().epoch()).toBe(0);
  });

  test("runs callbacks at their epochs, in the order of registration, each once", () => {
    const clock = virtualClock();
    const heard: string[] = [];
    const note = (what: string) => () => heard.push(`${what} at ${clock.epoch()}`);
    clock.at(7, note("late"));
    clock.at(3, note("first"));
    clock.at(3, note("second"));
    clock.advance(2);
    expect(heard).toEqual([]);
    clock.advance(8);
    clock.advance(8);
    expect(heard).toEqual(["first at 3", "second at 3", "late at 7"]);
  });

  test("runs deadlines after all work of their epoch, that which the work adds included", () => {
    const clock = virtualClock();
    const heard: string[] = [];
    clock.at(3, () => heard.push("deadline"), "deadline");
    clock.at(3, () => {
      heard.push("work");
      clock.at(3, () => heard.push("more work"));
    });
    clock.advanceTo(3);
    expect(heard).toEqual(["work", "more work", "deadline"]);
  });

  test("a past epoch is due at once, but not within the call", () => {
    const clock = virtualClock({ start: 9 });
    let calls = 0;
    clock.at(2, () => (calls += 1));
    expect([calls, clock.next()]).toEqual([0, 9]);
    clock.advance(0);
    expect([calls, clock.epoch()]).toEqual([1, 9]);
  });

  test("jumps to the next callback, until nothing waits", () => {
    const clock = virtualClock();
    const cancel = clock.at(50, () => undefined);
    clock.at(100, () => undefined);
    cancel();
    cancel();
    expect([clock.next(), clock.jump(), clock.epoch()]).toEqual([100, true, 100]);
    expect([clock.next(), clock.jump(), clock.epoch()]).toEqual([undefined, false, 100]);
  });

  test("a callback can cancel one that is due with it", () => {
    const clock = virtualClock();
    const heard: string[] = [];
    clock.at(1, () => cancel());
    const cancel = clock.at(1, () => heard.push("cancelled"));
    clock.advance(1);
    expect(heard).toEqual([]);
  });

  test("goes neither back nor by parts of an epoch", () => {
    const clock = virtualClock({ start: 5 });
    for (const epoch of [4, 5.5, Number.NaN]) {
      expect(failure(() => clock.advanceTo(epoch)).code).toBe("InvalidInput");
    }
    expect(failure(() => clock.advance(-1)).code).toBe("InvalidInput");
    expect(failure(() => virtualClock({ start: -1 })).code).toBe("InvalidInput");
  });
});
