import { describe, expect, test } from "vitest";

import { inProcessChannel } from "../../../runtime/transport/channel.ts";

/** Deliveries that wait until they are run. */
function postponed() {
  const tasks: (() => void)[] = [];
  return {
    deliver: (task: () => void): void => void tasks.push(task),
    run: (): void => {
      for (const task of tasks.splice(0)) task();
    },
  };
}

const message = (value: number): Uint8Array => Uint8Array.of(value);

describe("an in-process channel", () => {
  test("delivers both ways, in order, and never within send", () => {
    const { deliver, run } = postponed();
    const [left, right] = inProcessChannel({ deliver });
    const heard: string[] = [];
    left.onMessage((bytes) => heard.push(`left ${bytes[0]}`));
    right.onMessage((bytes) => heard.push(`right ${bytes[0]}`));
    left.send(message(1));
    left.send(message(2));
    right.send(message(3));
    expect(heard).toEqual([]);
    run();
    expect(heard).toEqual(["right 1", "right 2", "left 3"]);
  });

  test("copies messages: a sender may reuse its buffer", () => {
    const { deliver, run } = postponed();
    const [left, right] = inProcessChannel({ deliver });
    const heard: Uint8Array[] = [];
    right.onMessage((bytes) => heard.push(bytes));
    const buffer = message(1);
    left.send(buffer);
    buffer.fill(9);
    run();
    expect(heard).toEqual([message(1)]);
  });

  test("drops what is beyond its capacity, and recovers", () => {
    const { deliver, run } = postponed();
    const [left, right] = inProcessChannel({ deliver, capacity: 2 });
    const heard: (number | undefined)[] = [];
    right.onMessage((bytes) => heard.push(bytes[0]));
    for (const value of [1, 2, 3]) left.send(message(value));
    run();
    left.send(message(4));
    run();
    expect(heard).toEqual([1, 2, 4]);
  });

  test("a handler that was taken off hears no more, the others do", () => {
    const { deliver, run } = postponed();
    const [left, right] = inProcessChannel({ deliver });
    const heard: string[] = [];
    const stop = right.onMessage(() => heard.push("first"));
    right.onMessage(() => heard.push("second"));
    left.send(message(1));
    run();
    stop();
    left.send(message(2));
    run();
    expect(heard).toEqual(["first", "second", "second"]);
  });

  test("closing one end silences both, with what is under way", () => {
    const { deliver, run } = postponed();
    const [left, right] = inProcessChannel({ deliver });
    const heard: string[] = [];
    left.onMessage(() => heard.push("left"));
    right.onMessage(() => heard.push("right"));
    left.send(message(1));
    left.close();
    right.send(message(2));
    run();
    expect(heard).toEqual([]);
  });

  test("delivers after the current task where nothing else is said", async () => {
    const [left, right] = inProcessChannel();
    const arrived = new Promise<Uint8Array>((resolve) => right.onMessage(resolve));
    left.send(message(7));
    await expect(arrived).resolves.toEqual(message(7));
  });
});
