/** The interpreter alone: writes to each, waits that can do without, looks and calls. */
import { describe, expect, it } from "vitest";
import { epochs } from "../../dsl/index.ts";
import type { ScriptNode } from "../../dsl/index.ts";
import { proceed } from "../../runtime/index.ts";
import type { InstructionResult } from "../../runtime/index.ts";
import { after, begin, heard, value, written } from "./exchange.ts";
import { failure } from "./ledger/fixtures.ts";
import { Said, again, compute, hear, loop, ret, scriptOf } from "./scripts.ts";

describe("other steps", () => {
  it("a write to each asks for the payload of each, and teaches nothing", () => {
    const each: ScriptNode = { ...writeEach, sealedTo: "crowd" };
    let step = begin(
      each,
      compute("Last", () => 0),
    );
    const asked: unknown[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      asked.push("to" in step.instruction && [step.instruction.kind, step.instruction.to]);
      step = proceed(step.state, turn % 2 === 0 ? value({ text: "x" }) : written);
    }
    expect(asked).toEqual([
      ...[
        ["Compute", "bob"],
        ["WriteToLedger", "bob"],
      ],
      ...[
        ["Compute", "carol"],
        ["WriteToLedger", "carol"],
      ],
    ]);
    expect(step.instruction).toMatchObject({ label: "Last", facts: {} });
    expect(step.state.facts).toEqual({});
    expect(step.state.performed).toEqual({ "write Each": 1 });
  });

  it("a write to each of nobody ends the script", () => {
    const { instruction } = begin({ ...writeEach, toEach: "nobody" });
    expect(instruction).toMatchObject({ kind: "Abort", error: { code: "InvalidState" } });
  });

  it("a wait that can do without takes an absence, any other does not", () => {
    const maybe: ScriptNode = {
      instruction: "AwaitEvent",
      label: "A",
      from: "crowd",
      event: Said,
      within: epochs(3),
      onTimeout: "absent",
    };
    const absent: InstructionResult = { kind: "Event", event: undefined };
    const { instruction } = after(begin(maybe), absent);
    expect(instruction).toEqual({ kind: "Return", label: "A", result: undefined });
    expect(failure(() => after(begin(hear("A", "crowd")), absent)).code).toBe("InvalidState");
  });

  it("a look is at the latest turn that this role has performed", () => {
    const look = {
      instruction: "CheckForEvent",
      label: "Look",
      from: "crowd",
      event: Said,
    } as const;
    const own = { ...look, of: "A" };
    const step = begin(loop("X", 3, hear("A", "crowd"), own, again("X")));
    const first = after(step, heard("1"));
    expect(first.instruction).toMatchObject({
      isPerformed: true,
      wanted: { label: "A", iteration: 0 },
    });
    const second = after(first, heard("1"), heard("2"));
    expect(second.instruction).toMatchObject({ isPerformed: true, wanted: { iteration: 1 } });
    expect(begin(own).instruction).toMatchObject({ isPerformed: false });
    const collected = { ...own, collected: true } as const;
    const many = begin(collected);
    expect(failure(() => after(many, heard("1"))).code).toBe("InvalidState");
    expect(after(many, { kind: "CollectedEvents", events: [] }).state.facts).toEqual({ Look: [] });
  });

  it("a call says which turn of it this is, and what an abort of it means", () => {
    const call: ScriptNode = {
      instruction: "RunSubProtocol",
      label: "Call",
      script: scriptOf("inner", ret),
      cast: { inner: "leader" },
      families: ["inner"],
      params: () => 1,
      onAbort: "absent",
    };
    const step = after(begin(loop("X", 2, call, again("X"))), value(1));
    const kept = { kind: "RunSubProtocol", onAbort: "absent", families: ["inner"], params: 1 };
    expect(step.instruction).toMatchObject({ ...kept, iteration: 0 });
    const next = after(step, { kind: "SubProtocol", result: undefined }, value(1));
    expect(next.instruction).toMatchObject({ ...kept, iteration: 1 });
  });
});

const writeEach = {
  instruction: "WriteToLedger",
  label: "Each",
  event: Said,
  payload: () => ({ text: "x" }),
  toEach: "crowd",
} as const satisfies ScriptNode;
