/** The interpreter alone: branches, loops, forks and calls, turn by turn. */
import { describe, expect, it } from "vitest";
import { ProtocolError, epochs } from "../../dsl/index.ts";
import type { ScriptNode } from "../../dsl/index.ts";
import { proceed } from "../../runtime/index.ts";
import { after, begin, brief, chosen, heard, value, written } from "./exchange.ts";
import { failure } from "./ledger/fixtures.ts";
import {
  Said,
  again,
  awaitAbort,
  compute,
  fork,
  gather,
  giveUp,
  hear,
  loop,
  offer,
  ret,
  say,
  select,
} from "./scripts.ts";

describe("an internal choice", () => {
  const choice = select({ Yes: [say("Yes", "y")], No: [compute("No", () => 1)] }, () => "No");

  it("asks which branch, performs it, and goes on behind it", () => {
    const step = begin(
      choice,
      compute("Last", () => 2),
    );
    expect(step.instruction).toMatchObject({ kind: "Compute", label: "Yes | No" });
    const inside = after(step, value("No"));
    expect(inside.instruction).toMatchObject({ kind: "Compute", label: "No", facts: {} });
    const behind = after(inside, value(1));
    expect(behind.instruction).toMatchObject({ label: "Last", facts: { No: 1 } });
    expect(after(behind, value(2)).instruction).toMatchObject({ kind: "Return", result: 2 });
  });

  it("says which event of its own would show that the branch was decided before", () => {
    const each = select({ Deep: [loop("X", 2, say("A", "a"))] }, () => "Deep");
    expect(begin(choice).instruction).toMatchObject({
      firsts: [{ branch: "Yes", step: "Yes", iteration: 0 }],
    });
    expect(begin(each).instruction).toMatchObject({ firsts: [{ branch: "Deep", step: "A" }] });
  });

  it.each([["Maybe"], ["toString"], [undefined], [1]])("of %s ends the script", (wrong) => {
    const { instruction } = after(begin(choice), value(wrong));
    const what = "the decision of 'Yes | No' is none of its branches: Yes, No";
    const error = { code: "ActionFailed", what, where: { step: "Yes | No" } };
    expect(instruction).toMatchObject({ kind: "Abort", error });
  });

  it("can have an empty branch, and return inside one", () => {
    const step = begin(select({ Yes: [], No: [ret] }, () => "Yes"));
    expect(after(step, value("Yes")).instruction).toMatchObject({ kind: "Return" });
    expect(after(step, value("No")).instruction).toEqual({ kind: "Return", result: undefined });
  });
});

describe("an external choice", () => {
  const slow: ScriptNode = {
    instruction: "AwaitEvent",
    label: "Slow",
    from: "crowd",
    event: Said,
    within: epochs(50),
  };
  const inner = offer("crowd", { Slow: [slow], Third: [hear("Third", "crowd")] });
  const choice = offer("crowd", {
    First: [hear("First", "crowd"), hear("Tail", "crowd")],
    Second: [loop("X", 2, inner, again("X"))],
  });

  it("waits for the first events of all branches, as long as the longest", () => {
    const { instruction } = begin(choice, hear("Last", "crowd"));
    expect(instruction).toMatchObject({ kind: "AwaitBranch", from: "crowd", within: 50 });
    const { alternatives } = instruction as Extract<typeof instruction, { kind: "AwaitBranch" }>;
    expect(
      alternatives.map(({ branch, wanted, later }) => [branch, wanted.label, [...later].sort()]),
    ).toEqual([
      ["First", "First", ["First", "Last", "Tail"]],
      ["Second", "Slow", ["Last", "Slow", "Third"]],
      ["Second", "Third", ["Last", "Slow", "Third"]],
    ]);
  });

  it("goes into the branch, which performs its own wait", () => {
    const inside = after(begin(choice, hear("Last", "crowd")), chosen("First"));
    expect(brief(inside.instruction)).toBe("AwaitEvent First#0");
    expect(brief(after(inside, heard("1"), heard("2")).instruction)).toBe("AwaitEvent Last#0");
    const nested = after(begin(choice), chosen("Second"));
    expect(brief(nested.instruction)).toBe("AwaitBranch Slow | Third");
  });

  it.each<[string, readonly ScriptNode[]]>([
    ["nothing", []],
    ["a write", [say("A", "a")]],
    ["a wait for a family", [gather("A", "crowd", 1)]],
  ])("with a branch that begins with %s ends the script", (_, body) => {
    const { instruction } = begin(offer("crowd", { B: [hear("B", "crowd")], A: body }));
    const what = "the branch 'A' of 'B | A' does not begin with a wait for an event";
    expect(instruction).toMatchObject({ kind: "Abort", error: { code: "InvalidState", what } });
  });

  it("counts on the driver's answer", () => {
    expect(failure(() => after(begin(choice), heard("x"))).code).toBe("InvalidState");
    expect(after(begin(choice), chosen("Third")).instruction.kind).toBe("Abort");
  });
});

describe("a loop", () => {
  const stop = select({ On: [again("X")], Off: [] }, () => "Off");
  const body = [hear("Ask", "crowd"), say("Reply", "r"), stop];

  it("counts each step's turns, overwrites its facts, and falls through", () => {
    let step = begin(
      loop("X", 3, ...body),
      compute("Last", () => 0),
    );
    const seen: string[] = [];
    for (const answer of [
      ...[heard("one"), value({}), written, value("On")],
      ...[heard("two"), value({}), written, value("Off")],
    ]) {
      seen.push(brief(step.instruction));
      step = proceed(step.state, answer);
    }
    expect(seen).toEqual([
      ...["AwaitEvent Ask#0", "Compute Reply", "WriteToLedger Reply#0", "Compute On | Off"],
      ...["AwaitEvent Ask#1", "Compute Reply", "WriteToLedger Reply#1", "Compute On | Off"],
    ]);
    expect(step.instruction).toMatchObject({ label: "Last", facts: { Ask: { text: "two" } } });
    expect(step.instruction).toMatchObject({ turns: [] });
  });

  it("tells the turns of all loops around, and starts an inner one anew", () => {
    const inner = loop(
      "Y",
      2,
      compute("A", () => 1),
      select({ In: [again("Y")], Out: [] }, String),
    );
    let step = begin(loop("X", 2, inner, again("X")));
    const turns: string[] = [];
    for (const branch of ["In", "Out", "In", "Out"]) {
      const { instruction } = step;
      if (instruction.kind !== "Compute") throw new Error(instruction.kind);
      turns.push(instruction.turns.map((each) => `${each.loop}${each.turn}`).join());
      step = after(step, value(1), value(branch));
    }
    expect(turns).toEqual(["X0,Y0", "X0,Y1", "X1,Y0", "X1,Y1"]);
    expect(step.instruction).toMatchObject({ kind: "Abort", error: { code: "Infeasible" } });
  });

  it.each<[number | string, number]>([
    [1, 1],
    [3, 3],
    ["most", 2],
  ])("of %s at most ends the script in the turn after", (atMost, most) => {
    let step = begin(
      loop(
        "X",
        atMost,
        compute("A", () => 1),
        again("X"),
      ),
    );
    for (let turn = 0; turn < most; turn += 1) {
      expect(step.instruction).toMatchObject({ kind: "Compute", turns: [{ loop: "X", turn }] });
      step = after(step, value(turn));
    }
    const what = `the loop 'X' goes into another turn, and may take ${most} at most`;
    const error = { code: "Infeasible", what, where: { step: "X" } };
    expect(step.instruction).toMatchObject({ kind: "Abort", error });
  });

  it.each([0, -1, 1.5, Number.NaN, "half", "missing", "toString"])(
    "of %s turns ends the script at once",
    (atMost) => {
      const { instruction } = begin(
        loop(
          "X",
          atMost,
          compute("A", () => 1),
        ),
      );
      const what = `the loop 'X' may take '${atMost}' turns, which is no number of turns`;
      expect(instruction).toMatchObject({ kind: "Abort", error: { code: "Infeasible", what } });
    },
  );

  it("that nothing is in falls through or ends, and does not hang", () => {
    expect(begin(loop("X", 2)).instruction.kind).toBe("Return");
    expect(begin(loop("X", 100_000, again("X"))).instruction.kind).toBe("Abort");
  });

  it("that is not around its Again ends the script", () => {
    const { instruction } = begin(loop("X", 2, again("Y")));
    expect(instruction).toMatchObject({ kind: "Abort", error: { code: "InvalidState" } });
  });
});

describe("a fork", () => {
  const both = fork({
    P: [hear("P", "crowd"), compute("P2", () => 1)],
    Q: [say("Q", "q")],
    None: [],
  });

  it("starts each block, and joins what each has learnt and counted", () => {
    const step = begin(loop("X", 2, both, again("X")));
    if (step.instruction.kind !== "Fork") throw new Error(step.instruction.kind);
    const [p, q, none] = step.instruction.blocks;
    if (p === undefined || q === undefined || none === undefined) throw new Error("no blocks");
    expect([p, q, none].map(({ instruction }) => brief(instruction))).toEqual([
      ...["AwaitEvent P#0", "Compute Q", "EndOfBlock"],
    ]);
    expect(q.instruction).toMatchObject({ turns: [{ loop: "X", turn: 0 }] });
    const ends = [after(p, heard("p"), value(7)), after(q, value({}), written), none];
    for (const end of ends) expect(end.instruction).toEqual({ kind: "EndOfBlock" });
    const joined = proceed(step.state, { kind: "Joined", blocks: ends.map(({ state }) => state) });
    expect(joined.state.facts).toEqual({ P: { text: "p" }, P2: 7, Q: { text: "written" } });
    expect(joined.state.performed).toEqual({ "wait P": 1, "write Q": 1 });
    if (joined.instruction.kind !== "Fork") throw new Error(joined.instruction.kind);
    expect(brief(joined.instruction.blocks[0]?.instruction ?? { kind: "EndOfBlock" })).toBe(
      "AwaitEvent P#1",
    );
  });

  it("does not let one block undo what another has learnt anew", () => {
    const known = { P: "old", Q: "old" };
    const step = after(
      begin(
        compute("P", () => 0),
        compute("Q", () => 0),
        both,
      ),
      ...[value("old"), value("old")],
    );
    const blocks = [
      { facts: { ...known, P: "new" }, performed: {} },
      { facts: known, performed: {} },
    ];
    expect(proceed(step.state, { kind: "Joined", blocks }).state.facts).toEqual({
      ...known,
      P: "new",
    });
  });

  it("has no block that returns, and is frozen", () => {
    const { instruction, state } = begin(fork({ P: [ret] }));
    if (instruction.kind !== "Fork") throw new Error(instruction.kind);
    const error = { code: "InvalidState", what: "a block of a fork cannot return" };
    expect(instruction.blocks[0]?.instruction).toMatchObject({ kind: "Abort", error });
    expect([state.frames, state.outer, instruction.blocks].every(Object.isFrozen)).toBe(true);
  });
});

describe("giving up", () => {
  it("ends the script with its reason", () => {
    const error = { code: "Aborted", what: "sold out", where: { step: "abort" } };
    expect(begin(giveUp("sold out")).instruction).toMatchObject({ kind: "Abort", error });
  });

  it("of another is waited for, and is an error", () => {
    const step = begin(awaitAbort("crowd"));
    expect(step.instruction).toMatchObject({ kind: "AwaitAbort", from: "crowd", within: 10 });
    expect(failure(() => proceed(step.state, { kind: "Acknowledged" })).code).toBe("InvalidState");
    const error = new ProtocolError({ code: "Aborted", what: "gone", todo: "rest" });
    expect(proceed(step.state, { kind: "Failed", error }).instruction).toEqual({
      kind: "Abort",
      error,
    });
  });
});
