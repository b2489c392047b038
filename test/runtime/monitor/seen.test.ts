/** What was seen of each author: the last event of each, whichever way it came. */
import { expect, it } from "vitest";
import { follow, inSlot, slotKey, together } from "../../../runtime/monitor/seen.ts";
import type { Mark, Point } from "../../../runtime/monitor/seen.ts";

const mark = (point: Point | undefined, faulty = false): Mark => ({ point, forked: false, faulty });
const seeing = (own: Mark) => new Map([["bob", own]]);
const both = (a: Mark, b: Mark) => together([seeing(a), seeing(b)]).get("bob");

it("is the later of two events that follow each other, in any order", () => {
  const first = follow(undefined);
  const second = follow(first);
  const third = follow(second);
  const aside = follow(first);
  for (const [early, late] of [
    [first, third],
    [second, third],
    [first, aside],
  ] as const) {
    expect(both(mark(early), mark(late))).toEqual(mark(late));
    expect(both(mark(late), mark(early))).toEqual(mark(late));
  }
  expect(both(mark(undefined), mark(third))).toEqual(mark(third));
});

it("is a fork where they do not, and what breaks a rule is not forgotten", () => {
  const first = follow(undefined);
  const [one, other] = [follow(first), follow(first)];
  expect(both(mark(one), mark(other))).toMatchObject({ forked: true, point: undefined });
  expect(both(mark(follow(undefined)), mark(follow(undefined)))).toMatchObject({ forked: true });
  expect(both(mark(first, true), mark(one))).toEqual(mark(one, true));
  expect(both(mark(one), mark(first, true))).toEqual(mark(one, true));
});

it("holds the slots of an event's own line, and none of a fork's", () => {
  const first = follow(undefined);
  const [one, other] = [follow(first), follow(first)];
  const slot = slotKey("Vote", 0);
  one.line.slots.set(slot, { nonce: one.nonce, hash: "aa" });
  expect(inSlot(one, slot)).toBe("aa");
  expect(inSlot(follow(one), slot)).toBe("aa");
  for (const without of [first, other, follow(other), undefined]) {
    expect(inSlot(without, slot)).toBeUndefined();
  }
});
