import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { soon, wallClock } from "../../../runtime/time/wall-clock.ts";
import { failure } from "../ledger/fixtures.ts";

describe("the wall clock", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("counts epochs since 1970", () => {
    const clock = wallClock({ epochMs: 1_000 });
    expect(clock.epoch()).toBe(1_000);
    vi.advanceTimersByTime(999);
    expect(clock.epoch()).toBe(1_000);
    vi.advanceTimersByTime(1);
    expect(clock.epoch()).toBe(1_001);
  });

  test("calls back when the epoch is reached, once", () => {
    const clock = wallClock({ epochMs: 1_000 });
    const heard: number[] = [];
    clock.at(1_002, () => heard.push(clock.epoch()));
    vi.advanceTimersByTime(1_999);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1);
    vi.advanceTimersByTime(5_000);
    expect(heard).toEqual([1_002]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("waits longer than a timer can, 60 days", () => {
    const clock = wallClock({ epochMs: 86_400_000 });
    let calls = 0;
    clock.at(clock.epoch() + 60, () => (calls += 1));
    vi.advanceTimersByTime(59 * 86_400_000);
    expect(calls).toBe(0);
    vi.advanceTimersByTime(86_400_000);
    expect(calls).toBe(1);
  });

  test("a past epoch is due at once, but not within the call", () => {
    const clock = wallClock({ epochMs: 1_000 });
    let calls = 0;
    clock.at(3, () => (calls += 1));
    expect(calls).toBe(0);
    vi.advanceTimersByTime(0);
    expect(calls).toBe(1);
  });

  test("what is due with a deadline goes first", () => {
    const clock = wallClock({ epochMs: 1_000 });
    const heard: string[] = [];
    clock.at(1_001, () => heard.push("deadline"), "deadline");
    clock.at(1_001, () => heard.push("work"));
    vi.advanceTimersByTime(1_000);
    expect(heard).toEqual(["work"]);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual(["work", "deadline"]);
  });

  test("a cancelled callback leaves no timer behind", () => {
    const clock = wallClock({ epochMs: 1_000 });
    let calls = 0;
    const cancels = (["work", "deadline"] as const).map((order) =>
      clock.at(1_100, () => (calls += 1), order),
    );
    vi.advanceTimersByTime(70_000);
    for (const cancel of cancels) cancel();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(200_000);
    expect(calls).toBe(0);
  });

  test("stands still while the system's clock is set back, and follows it forward", () => {
    const clock = wallClock({ epochMs: 1_000 });
    let calls = 0;
    expect(clock.epoch()).toBe(1_000);
    clock.at(1_200, () => (calls += 1));
    vi.setSystemTime(500_000);
    expect(clock.epoch()).toBe(1_000);
    vi.setSystemTime(1_300_000);
    vi.advanceTimersByTime(60_000);
    expect(calls).toBe(1);
  });

  test("refuses an epoch that is not a whole number of milliseconds", () => {
    for (const epochMs of [0, -1, 0.5, Number.NaN]) {
      expect(failure(() => wallClock({ epochMs })).code).toBe("InvalidInput");
    }
  });
});

describe("a process", () => {
  const source = new URL("../../../runtime/time/wall-clock.ts", import.meta.url).pathname;
  /** Runs a program with the clock in a process of its own, and gives what it printed. */
  function run(program: string): string {
    const loader = `import { build } from "esbuild";
      const { outputFiles: [file] } = await build({ entryPoints: [${JSON.stringify(source)}],
        bundle: true, write: false, format: "esm", platform: "node" });
      const url = "data:text/javascript;base64," + Buffer.from(file.text).toString("base64");
      const { wallClock } = await import(url);
      const clock = wallClock({ epochMs: 50 });
      ${program}`;
    const args = ["--input-type=module", "--eval", loader];
    return execFileSync(process.execPath, args, { encoding: "utf8", timeout: 20_000 }).trim();
  }

  test("does not end while somebody waits, and ends when nobody does", () => {
    const wait = 'clock.at(clock.epoch() + 4, () => console.log("woken"));';
    const give = "clock.at(clock.epoch() + 1e9, () => undefined)();";
    expect(run(wait + give)).toBe("woken");
  });
});

test("soon runs tasks after the current one, in order", async () => {
  const heard: string[] = [];
  soon(() => heard.push("first"));
  soon(() => heard.push("second"));
  expect(heard).toEqual([]);
  await Promise.resolve();
  expect(heard).toEqual(["first", "second"]);
});
