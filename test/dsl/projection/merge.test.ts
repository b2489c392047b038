/** Merging: what a role does that is told of a choice in the branches, later, or not at all. */
import { describe, expect, it } from "vitest";
import { project, projection } from "../../../dsl/index.ts";
import type { GlobalStep, ProjectedNode } from "../../../dsl/index.ts";
import { merge } from "../../../dsl/projection/merge.ts";
import { sameCode } from "../../../dsl/projection/same.ts";
import { shown } from "../shown.ts";
import { abort, again, between, broadcast, choice, parallel, rec, send } from "../steps.ts";
import { globalTraces, localTraces } from "../traces.ts";

/** What `role` does at `steps`; of a choice that it cannot follow, why. */
function at(role: string, ...steps: readonly GlobalStep<string>[]): string {
  const global = between(...steps);
  const { body, conflict } = projection(global, role);
  if (body === undefined) return `${conflict.reason}: ${conflict.what}`;
  expect(localTraces(body)).toEqual(globalTraces(global, role));
  return shown(body);
}

describe("a choice", () => {
  const accept = [broadcast("Accept", "q"), send("Address", "q", "r"), send("Date", "r", "q")];
  const buyers = [
    send("Title", "p", "r"),
    broadcast("Price", "r"),
    send("Share", "p", "q"),
    choice("q", accept, [broadcast("Reject", "q")]),
  ] as const;

  it("is one that its decider makes, and an offer to those who are told", () => {
    expect(at("p", ...buyers)).toBe("!Title . ?Price . !Share . q ? { ?Accept | ?Reject } . end");
    expect(at("q", ...buyers)).toBe(
      "?Price . ?Share . decide { !Accept . !Address . ?Date | !Reject } . end",
    );
    expect(at("r", ...buyers)).toBe(
      "?Title . !Price . q ? { ?Accept . ?Address . !Date | ?Reject } . end",
    );
  });

  it("has the branches' labels as the names of an offer's alternatives", () => {
    const offer = project(between(...buyers), "p").find(
      ({ instruction }) => instruction === "Branch",
    );
    expect(offer).toMatchObject({ label: "Accept | Reject", from: "q" });
    expect(Object.keys(offer !== undefined && "branches" in offer ? offer.branches : {})).toEqual([
      "Accept",
      "Reject",
    ]);
  });

  it("is nothing to a role that takes no part in it", () => {
    const told = choice("p", [send("A", "p", "q")], [send("B", "p", "q")]);
    expect(at("r", told, send("C", "q", "r"))).toBe("?C . end");
  });

  it("is made by everyone alike", () => {
    const agreed = choice("everyone", [send("A", "p", "q")], [send("B", "q", "p")]);
    expect(at("p", agreed)).toBe("decide { !A | ?B } . end");
    expect(at("r", agreed)).toBe("decide {  |  } . end");
  });

  it("is learnt late, from the same events up to the one that differs", () => {
    const [common, a, b] = [send("C", "p", "r"), send("A", "p", "q"), send("B", "p", "q")];
    const late = choice("p", [a, common, send("X", "p", "r")], [b, common, send("Y", "p", "r")]);
    expect(at("r", late)).toBe("?C . p ? { ?X | ?Y } . end");
    expect(at("r", choice("p", [a, common], [b, common]))).toBe("?C . end");
  });

  it("is learnt after it, where one branch tells the role nothing", () => {
    const half = choice("p", [send("A", "p", "q")], [send("B", "p", "q"), send("C", "p", "r")]);
    expect(at("r", half, send("D", "p", "r"))).toBe("p ? { ?D . end | ?C . ?D . end }");
    expect(at("p", half, send("D", "p", "r"))).toBe("decide { !A | !B . !C } . !D . end");
  });

  it("inside another goes on with what follows the outer one", () => {
    const inner = choice("p", [send("A", "p", "q")], [send("B", "p", "q"), send("C", "p", "r")]);
    const outer = choice("p", [send("In", "p", "r"), inner], [send("Out", "p", "r")]);
    expect(at("r", outer, send("D", "p", "r"))).toBe(
      "p ? { ?In . p ? { ?D . end | ?C . ?D . end } | ?Out . ?D . end }",
    );
  });
});

describe("a choice that is given up in a branch", () => {
  it("needs no word to the others: an abort wakes every wait", () => {
    const given = choice(
      "p",
      [send("A", "p", "q"), send("C", "q", "r")],
      [send("B", "p", "q"), abort("p")],
    );
    expect(at("r", given)).toBe("?C . end");
    expect(at("q", given)).toBe("p ? { ?A . !C | ?B . p gives up } . end");
    expect(at("p", given)).toBe("decide { !A | !B . give up } . end");
  });
});

describe("a choice in a loop", () => {
  const more = (...first: readonly GlobalStep<string>[]) =>
    rec(
      "X",
      ...first,
      choice(
        "p",
        [send("More", "p", "q"), again("X")],
        [send("Stop", "p", "q"), send("Fin", "p", "r")],
      ),
    );

  it("is no loop to a role that is told only of its end", () => {
    expect(at("r", more())).toBe("?Fin . end");
    expect(at("s", more())).toBe("end");
    expect(at("q", more())).toBe("loop X { p ? { ?More . again X | ?Stop } } . end");
  });

  it("is a loop of its own to a role that is told of each turn", () => {
    expect(at("r", more(send("Data", "p", "r")))).toBe(
      "?Data . loop More { p ? { ?Data . again More | ?Fin } } . end",
    );
    const [, loop] = project(between(more(send("Data", "p", "r"))), "r");
    expect(loop).toMatchObject({ instruction: "Loop", label: "More", atMost: 3 });
  });

  it("goes back by the way that follows the choice", () => {
    const sometimes = choice(
      "p",
      [send("A", "p", "q")],
      [send("B", "p", "q"), send("C", "p", "r")],
    );
    const turn = choice(
      "p",
      [send("Go", "p", "r"), sometimes, again("X")],
      [send("End", "p", "r")],
    );
    expect(at("r", rec("X", turn))).toBe(
      "p ? { ?Go . loop A { p ? { ?Go . again A | ?End | ?C . p ? { ?Go . again A | ?End } } } | ?End } . end",
    );
  });

  it("swaps the roles of the two", () => {
    const swapped = rec(
      "X",
      choice(
        "p",
        [
          send("Ping", "p", "q"),
          choice("q", [send("Pong", "q", "p"), again("X")], [send("Over", "q", "p")]),
        ],
        [send("Stop", "p", "q")],
      ),
    );
    expect(at("p", swapped)).toBe(
      "loop X { decide { !Ping . q ? { ?Pong . again X | ?Over } | !Stop } } . end",
    );
    expect(at("q", swapped)).toBe(
      "loop X { p ? { ?Ping . decide { !Pong . again X | !Over } | ?Stop } } . end",
    );
  });

  it("may go back to an outer loop, even past a role that the inner one does not concern", () => {
    const inner = rec(
      "Y",
      send("A", "p", "q"),
      choice(
        "p",
        [send("B", "p", "q"), again("Y")],
        [send("C", "p", "q"), again("X")],
        [send("E", "p", "q")],
      ),
    );
    const outer = rec("X", send("D", "p", "r"), inner, send("F", "p", "r"));
    expect(at("r", outer)).toBe("?D . loop B { p ? { ?D . again B | ?F } } . end");
    expect(at("q", outer)).toBe(
      "loop X { loop Y { ?A . p ? { ?B . again Y | ?C . again X | ?E } } } . end",
    );
  });

  it("does not take the end of a branch for the end of the loop", () => {
    const inner = choice(
      "p",
      [send("More", "p", "q"), again("X")],
      [send("Less", "p", "q"), send("B", "p", "r")],
    );
    const outer = choice("p", [send("In", "p", "r"), inner], [send("Out", "p", "r")]);
    expect(at("r", rec("X", send("D", "p", "r"), outer, send("Tail", "p", "r")))).toBe(
      "?D . p ? { ?In . loop More { p ? { ?D . p ? { ?In . again More | ?Out } . ?Tail | ?B . ?Tail } } | ?Out . ?Tail } . end",
    );
  });
});

describe("branches that a role cannot tell apart", () => {
  const [a, b] = [send("A", "p", "q"), send("B", "p", "q")];
  it.each([
    [
      "two senders race",
      choice("p", [a, send("C", "p", "r")], [b, send("D", "q", "r")]),
      "senders: 'r' cannot tell 'A' from 'B': in the one it waits for C from p, in the other it waits for D from q",
    ],
    [
      "one label is two events",
      choice("p", [a, send("C", "p", "r")], [b, { ...send("C", "p", "r"), event: "Other" }]),
      "payload: 'r' cannot tell 'A' from 'B': in the one it waits for C from p, in the other it waits for C from p",
    ],
    [
      "it ends in one and waits in the other",
      choice("p", [a], [b, send("C", "p", "r")]),
      "ending: 'r' cannot tell 'A' from 'B': in the one it is done, in the other it waits for C from p",
    ],
    [
      "it ends in one and acts in the other",
      choice("p", [a], [b, send("C", "r", "p")]),
      "acting: 'r' cannot tell 'A' from 'B': in the one it is done, in the other it sends C",
    ],
    [
      "it waits in one and acts in the other",
      choice("p", [a, send("D", "p", "r")], [b, send("C", "r", "p")]),
      "mixed: 'r' cannot tell 'A' from 'B': in the one it waits for D from p, in the other it sends C",
    ],
    [
      "it acts in both",
      choice("p", [a, send("D", "r", "q")], [b, send("C", "r", "p")]),
      "untold: 'r' cannot tell 'A' from 'B': in the one it sends D, in the other it sends C",
    ],
    [
      "the same event comes again before the one that differs",
      rec(
        "X",
        send("D", "p", "r"),
        choice("p", [a, again("X")], [b, send("D", "p", "r"), send("F", "p", "r")]),
      ),
      "mixed: 'r' cannot tell 'A' from 'B': in the one it goes back to X, in the other it waits for D from p",
    ],
    [
      "the wait may end without the event",
      choice("p", [a, { ...send("C", "p", "r"), onTimeout: "absent" }], [b, send("D", "p", "r")]),
      "untold: 'r' cannot tell 'A' from 'B': in the one it waits for C from p, in the other it waits for D from p",
    ],
  ])("are refused where %s", (_, step, said) => {
    expect(at("r", step)).toBe(said);
  });

  it("name the first two of them, and whom to tell", () => {
    const three = choice("p", [a], [b], [send("E", "p", "q"), send("C", "q", "r")]);
    const { conflict } = projection(between(three), "r");
    expect(conflict).toMatchObject({
      role: "r",
      choice: { label: "A | B | E" },
      branches: [{ label: "A" }, { label: "E" }],
      todo: "Let p tell r first in each branch",
    });
    expect(conflict?.choice).toBe(three);
    expect(conflict?.branches[1]).toBe(three.branches[2]);
    expect(() => project(between(three), "r")).toThrow(
      "protocol session, step A | B | E, role r: 'r' cannot tell 'A' from 'E'",
    );
  });

  it("include those of a block that runs beside another", () => {
    const block = choice("p", [a], [b, send("C", "q", "r")]);
    expect(at("r", parallel([block], [send("D", "p", "r")]))).toMatch("ending:");
  });
});

describe("merge", () => {
  const wait = (label: string, from = "p"): ProjectedNode<unknown> => ({
    instruction: "AwaitEvent",
    label,
    from,
    event: label,
    within: 1,
  });

  it("takes source of the same text as the same code", () => {
    const of = (text: string): ProjectedNode<unknown> => ({
      instruction: "AwaitEvent",
      label: "A",
      from: "p",
      event: { text },
      within: 1,
    });
    expect(merge([of("a")], [of("a")], sameCode).body).toHaveLength(1);
    expect(merge([of("a")], [of("b")], sameCode).clash?.reason).toBe("payload");
    expect(merge([of("a")], [of("b")], () => true).body).toHaveLength(1);
  });

  it("unites offers, and merges what follows the same event", () => {
    const { body } = merge([wait("A"), wait("B")], [wait("A"), wait("C")], sameCode);
    expect(body).toMatchObject([{ label: "A" }, { label: "B | C", from: "p" }]);
    const offer = merge(body?.slice(1) ?? [], [wait("D")], sameCode).body;
    expect(offer).toMatchObject([{ label: "B | C | D" }]);
  });
});

describe("large choices", () => {
  const spent = (work: () => unknown): number => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };

  it("project in well under a second: thirty in a row, told or not", () => {
    const row = (tell: boolean) =>
      Array.from({ length: 30 }, (_, i) =>
        choice(
          "p",
          [send(`A${i}`, "p", "q"), ...(tell ? [send(`C${i}`, "p", "r")] : [])],
          [send(`B${i}`, "p", "q"), send(`D${i}`, "p", "r")],
        ),
      );
    for (const tell of [true, false]) {
      const steps = [...row(tell), send("End", "p", "r")];
      expect(spent(() => project(between(...steps), "r"))).toBeLessThan(500);
      expect(spent(() => project(between(rec("X", ...steps)), "r"))).toBeLessThan(500);
    }
  });

  it("project in well under a second: six in one another, which only the end tells apart", () => {
    const nested = (depth: number, name: string): GlobalStep<string> =>
      choice(
        "p",
        ...["A", "B"].map((side) => {
          const label = `${name}${side}`;
          const tell = send(label, "p", "q");
          if (depth > 1) return [tell, nested(depth - 1, label)];
          return side === "A" ? [tell, again("X")] : [tell, send(`T${label}`, "p", "r")];
        }),
      );
    const loop = rec("X", send("D", "p", "r"), nested(6, "N"));
    const global = between(loop, send("End", "p", "r"));
    expect(projection(global, "r").conflict).toBe(undefined);
    expect(spent(() => projection(global, "r"))).toBeLessThan(1000);
  });
});
