/** The small values of the language: roles, times, events, verdicts. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accepted, epochs, event, everyone, many, one, rejected, type } from "../../dsl/index.ts";
import { OpenPoll } from "../codegen/fixtures/events.ts";

describe("epochs", () => {
  it("is the number that it is given", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (count) => {
        expect(epochs(count)).toBe(count);
      }),
    );
  });

  it.each([-1, 0.5, NaN, Infinity, 2 ** 53])("refuses %d", (count) => {
    expect(() => epochs(count)).toThrow(
      `epochs(${count}) is no span of time. Give a whole number of epochs, 0 or more.`,
    );
  });
});

describe("a verdict", () => {
  it("accepts", () => {
    expect(accepted).toEqual({ accepted: true });
    expect(Object.isFrozen(accepted)).toBe(true);
  });

  it("rejects with a reason for programs and a sentence for people", () => {
    const verdict = rejected("BadProof", "its proof does not hold");
    expect(verdict).toEqual({
      accepted: false,
      reason: "BadProof",
      detail: "its proof does not hold",
    });
    expect(Object.isFrozen(verdict)).toBe(true);
  });
});

describe("a declaration", () => {
  it("of a role is its kind", () => {
    expect([one, many, everyone]).toEqual([{ kind: "one" }, { kind: "many" }, "everyone"]);
    expect(Object.isFrozen(one) && Object.isFrozen(many)).toBe(true);
  });

  it("of an event is its name, its schema and who may write it", () => {
    const again = event("OpenPoll", OpenPoll.schema, "device");
    expect(again).toEqual({
      kind: "event",
      name: "OpenPoll",
      schema: OpenPoll.schema,
      authorization: "device",
    });
    expect(Object.isFrozen(again)).toBe(true);
  });

  it("of a type holds nothing", () => {
    expect(type<{ readonly secret: string }>()).toEqual({});
  });
});
