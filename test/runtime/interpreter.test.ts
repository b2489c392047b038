/** The interpreter alone: which instruction comes out, and what is learnt from its answer. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProtocolError, epochs } from "../../dsl/index.ts";
import type { ScriptNode } from "../../dsl/index.ts";
import { proceed, start } from "../../runtime/index.ts";
import type { Instruction, InstructionResult, Step } from "../../runtime/index.ts";
import { failure } from "./ledger/fixtures.ts";
import { Said, compute, gather, hear, say, scriptOf, sleep } from "./scripts.ts";

const session = { params: { quorum: 2, half: 1.5, text: "2" }, cast: castOf(3) };

function castOf(size: number) {
  return { leader: "alice", crowd: ["alice", "bob", "carol", "dave"].slice(0, size) };
}

const answer: Readonly<Record<InstructionResult["kind"], InstructionResult>> = {
  Computed: { kind: "Computed", value: { text: "computed" } },
  Written: { kind: "Written", payload: { text: "written" } },
  Acknowledged: { kind: "Acknowledged" },
  Event: { kind: "Event", event: { author: "bob", payload: { text: "heard" }, hash: "aa" } },
  CollectedEvents: {
    kind: "CollectedEvents",
    events: [{ author: "bob", payload: { text: "heard" }, hash: "aa" }],
  },
  LedgerState: { kind: "LedgerState", state: { epoch: 7, nonce: 3, heads: ["aa"] } },
  CurrentEpoch: { kind: "CurrentEpoch", epoch: 7 },
  SubProtocol: { kind: "SubProtocol", result: "nested" },
  Chosen: { kind: "Chosen", branch: "Yes" },
  Joined: { kind: "Joined", blocks: [] },
  Failed: {
    kind: "Failed",
    error: new ProtocolError({ code: "Timeout", what: "too late", todo: "hurry" }),
  },
};

const nested = scriptOf(
  "inner",
  compute("Inner", () => 1),
);

const nodes = {
  compute: compute("Sum", () => 5),
  write: say("Hello", "hi"),
  hear: hear("Hello", "leader"),
  gather: gather("Votes", "crowd", 2),
  state: { instruction: "GetLedgerState", label: "State" },
  epoch: { instruction: "GetCurrentEpoch", label: "Now" },
  sleep: sleep("Pause", 3),
  call: {
    instruction: "RunSubProtocol",
    label: "Call",
    script: nested,
    cast: { inner: "leader" },
    params: () => ({ deep: true }),
  },
  check: { instruction: "CheckForEvent", label: "Veto", of: "Veto", from: "crowd", event: Said },
} as const satisfies Readonly<Record<string, ScriptNode>>;

function first(node: ScriptNode): Step {
  return start(scriptOf("leader", node), session);
}

/** Answers every instruction in turn; gives all of them, the last too. */
function run(step: Step, ...answers: readonly InstructionResult[]): readonly Instruction[] {
  const [next, ...others] = answers;
  if (next === undefined) return [step.instruction];
  return [step.instruction, ...run(proceed(step.state, next), ...others)];
}

describe("each instruction comes out, and its answer is learnt under its label", () => {
  it.each<[keyof typeof nodes, readonly [InstructionResult["kind"], object][], unknown]>([
    ["compute", [["Computed", { kind: "Compute", label: "Sum" }]], { text: "computed" }],
    [
      "write",
      [
        ["Computed", { kind: "Compute", label: "Hello" }],
        ["Written", { kind: "WriteToLedger", event: Said, payload: { text: "computed" } }],
      ],
      { text: "written" },
    ],
    [
      "hear",
      [["Event", { kind: "AwaitEvent", within: 10, wanted: { from: "leader", event: Said } }]],
      { text: "heard" },
    ],
    [
      "gather",
      [["CollectedEvents", { kind: "AwaitThreshold", count: 2, wanted: { from: "crowd" } }]],
      [{ author: "bob", payload: { text: "heard" }, hash: "aa" }],
    ],
    [
      "state",
      [["LedgerState", { kind: "GetLedgerState", label: "State" }]],
      { epoch: 7, nonce: 3, heads: ["aa"] },
    ],
    ["epoch", [["CurrentEpoch", { kind: "GetCurrentEpoch", label: "Now" }]], 7],
    ["sleep", [["Acknowledged", { kind: "WaitEpochs", epochs: epochs(3) }]], undefined],
    [
      "call",
      [
        ["Computed", { kind: "Compute", label: "Call" }],
        ["SubProtocol", { kind: "RunSubProtocol", script: nested, params: { text: "computed" } }],
      ],
      "nested",
    ],
    [
      "check",
      [["Event", { kind: "CheckForEvent", wanted: { label: "Veto", from: "crowd" } }]],
      { text: "heard" },
    ],
  ])("%s", (name, exchange, learnt) => {
    const instructions = run(first(nodes[name]), ...exchange.map(([kind]) => answer[kind]));
    expect(instructions).toMatchObject([
      ...exchange.map(([, instruction]) => instruction),
      { kind: "Return", result: learnt },
    ]);
  });

  it("a check that finds nothing learns undefined", () => {
    const [, last] = run(first(nodes.check), { kind: "Event", event: undefined });
    expect(last).toMatchObject({ kind: "Return", result: undefined });
  });

  it("an action is given what was learnt before it, and nothing later", () => {
    const script = scriptOf("leader", nodes.epoch, nodes.compute, nodes.state);
    const [, second] = run(start(script, session), answer.CurrentEpoch);
    expect(second).toMatchObject({ kind: "Compute", facts: { Now: 7 } });
    const [, , , last] = run(
      start(script, session),
      answer.CurrentEpoch,
      answer.Computed,
      answer.LedgerState,
    );
    expect(last).toEqual({
      kind: "Return",
      label: "State",
      result: { epoch: 7, nonce: 3, heads: ["aa"] },
    });
  });
});

describe("a state", () => {
  const anyNodes = fc.array(fc.constantFrom(...Object.values(nodes)), {
    minLength: 1,
    maxLength: 8,
  });
  const answerTo = ({ kind }: Instruction): InstructionResult | undefined =>
    ({
      Compute: answer.Computed,
      WriteToLedger: answer.Written,
      AwaitEvent: answer.Event,
      AwaitThreshold: answer.CollectedEvents,
      GetLedgerState: answer.LedgerState,
      GetCurrentEpoch: answer.CurrentEpoch,
      WaitEpochs: answer.Acknowledged,
      RunSubProtocol: answer.SubProtocol,
      CheckForEvent: answer.Event,
      AwaitBranch: answer.Chosen,
      AwaitAbort: answer.Failed,
      Fork: answer.Joined,
      EndOfBlock: undefined,
      Return: undefined,
      Abort: undefined,
    })[kind];

  it("is frozen, and goes on the same way however often it is answered", () => {
    fc.assert(
      fc.property(anyNodes, (script) => {
        let step = start(scriptOf("leader", ...script), session);
        for (
          let reply = answerTo(step.instruction);
          reply !== undefined;
          reply = answerTo(step.instruction)
        ) {
          expect(Object.isFrozen(step.state) && Object.isFrozen(step.state.facts)).toBe(true);
          const before = structuredClone(step.state.facts);
          const once = proceed(step.state, reply);
          proceed(step.state, answer.Failed);
          expect(proceed(step.state, reply)).toEqual(once);
          expect(step.state.facts).toEqual(before);
          step = once;
        }
        expect(step.instruction.kind).toBe("Return");
      }),
      { numRuns: 60 },
    );
  });
});

describe("an answer that does not fit is the driver's mistake", () => {
  it.each(Object.keys(nodes) as (keyof typeof nodes)[])("to %s", (name) => {
    const step = first(nodes[name]);
    const fitting = new Set(
      Object.values(answer).filter((each) => {
        try {
          return proceed(step.state, each) !== undefined;
        } catch (error) {
          if (error instanceof ProtocolError && error.code === "InvalidState") return false;
          throw error;
        }
      }),
    );
    // Its own answer, and failure.
    expect(fitting.size).toBe(2);
    expect(fitting).toContain(answer.Failed);
  });

  it("names the step and what came", () => {
    const error = failure(() => proceed(first(nodes.epoch).state, answer.Event));
    expect(error.code).toBe("InvalidState");
    expect(error.message).toBe(
      "protocol test, step Now, role leader: 'GetCurrentEpoch' was answered with 'Event'. " +
        "Answer each instruction once, with the result of its kind.",
    );
  });

  it("to AwaitEvent: no event", () => {
    const absent: InstructionResult = { kind: "Event", event: undefined };
    expect(failure(() => proceed(first(nodes.hear).state, absent)).code).toBe("InvalidState");
  });

  it("after the end", () => {
    const done = proceed(first(nodes.epoch).state, answer.CurrentEpoch);
    expect(failure(() => proceed(done.state, answer.CurrentEpoch)).code).toBe("InvalidState");
    const aborted = proceed(first(nodes.epoch).state, answer.Failed);
    expect(failure(() => proceed(aborted.state, answer.CurrentEpoch)).code).toBe("InvalidState");
  });

  it("a script without its Return", () => {
    const { steps, ...script } = scriptOf("leader", nodes.epoch);
    const cut = { ...script, steps: steps.slice(0, 1) };
    const step = start(cut, session);
    expect(failure(() => proceed(step.state, answer.CurrentEpoch)).what).toContain(
      "lacks its Return",
    );
  });
});

describe("failure", () => {
  it.each(Object.keys(nodes) as (keyof typeof nodes)[])("of %s aborts with its error", (name) => {
    const { instruction } = proceed(first(nodes[name]).state, answer.Failed);
    expect(instruction).toMatchObject({
      kind: "Abort",
      error: { code: "Timeout", what: "too late" },
    });
  });

  it("of the second half of a write aborts too", () => {
    const half = proceed(first(nodes.write).state, answer.Computed);
    expect(proceed(half.state, answer.Failed).instruction.kind).toBe("Abort");
  });
});

describe("how many a threshold waits for", () => {
  it.each([
    [1, 3, 1],
    [3, 3, 3],
    ["all", 3, 3],
    ["all", 1, 1],
    ["quorum", 2, 2],
  ])("%s of %i", (atLeast, size, count) => {
    const script = scriptOf("leader", gather("Votes", "crowd", atLeast));
    const { instruction } = start(script, { ...session, cast: castOf(size) });
    expect(instruction).toMatchObject({ kind: "AwaitThreshold", count });
  });

  it.each<[number | string, number, string]>([
    [4, 3, "the step waits for 4 of 3 crowd devices"],
    [0, 3, "the step waits for 0 of 3 crowd devices"],
    [-1, 3, "the step waits for -1 of 3 crowd devices"],
    [1.5, 3, "the step waits for 1.5 of 3 crowd devices"],
    [Number.NaN, 3, "the step waits for NaN of 3 crowd devices"],
    ["quorum", 1, "the step waits for 2 of 1 crowd devices"],
    ["half", 3, "the step waits for 1.5 of 3 crowd devices"],
    ["text", 3, "the step waits for 'text', which is no number, of 3 crowd devices"],
    ["missing", 3, "the step waits for 'missing', which is no number, of 3 crowd devices"],
    ["toString", 3, "the step waits for 'toString', which is no number, of 3 crowd devices"],
    ["all", 0, "the step waits for 0 of 0 crowd devices"],
  ])("%s of %i fails at once", (atLeast, size, what) => {
    const script = scriptOf("leader", gather("Votes", "crowd", atLeast));
    const { instruction } = start(script, { ...session, cast: castOf(size) });
    expect(instruction).toMatchObject({
      kind: "Abort",
      error: { code: "Infeasible", what, todo: `Ask for 1 to ${size}`, where: { step: "Votes" } },
    });
  });

  it("fails at once also after other steps, and for a role that nobody plays", () => {
    const script = scriptOf("leader", nodes.epoch, gather("Votes", "nobody", 1));
    const { instruction } = proceed(start(script, session).state, answer.CurrentEpoch);
    expect(instruction).toMatchObject({ kind: "Abort", error: { code: "Infeasible" } });
  });
});

describe("how long a sleep is", () => {
  const nap = (span: string) =>
    start(scriptOf("leader", { instruction: "WaitEpochs", label: "Nap", epochs: span }), session)
      .instruction;

  it("that a parameter says", () => {
    expect(nap("quorum")).toEqual({ kind: "WaitEpochs", label: "Nap", epochs: 2 });
  });

  it.each(["half", "text", "missing", "toString"])("%s is none, and ends the script", (span) => {
    const what = `the step sleeps for '${span}', which is no span of time`;
    const error = { code: "InvalidInput", what, where: { step: "Nap" } };
    expect(nap(span)).toMatchObject({ kind: "Abort", error });
  });
});
