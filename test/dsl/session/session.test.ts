/** The session notation by value. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProtocolError, parseSession } from "../../../dsl/index.ts";
import type { SessionItem, SessionTree } from "../../../dsl/index.ts";
import { faultOf } from "./session-fault.ts";

/** One step as it is read from its label alone. */
function step(label: string, more: object = {}): object {
  return { kind: "step", label, star: false, optional: false, ...more };
}

function printed(items: SessionTree, dot = " . "): string {
  return items.map((item) => printedItem(item, dot)).join(dot);
}

function printedItem(item: SessionItem, dot: string): string {
  switch (item.kind) {
    case "step": {
      const family = item.role === undefined ? "" : `{m ∈ ${item.role}}`;
      const event = item.event === undefined ? "" : `(${item.event})`;
      const star = item.star && item.role === undefined ? "*" : "";
      return `${item.label}${star}${family}${event}${item.optional ? "?" : ""}`;
    }
    case "choice":
      return `{ ${item.branches.map(({ items }) => printed(items, dot)).join(" | ")} }`;
    case "rec":
      return `rec ${item.label} { ${printed(item.items, dot)} }`;
    case "parallel":
      return `( ${item.blocks.map(({ items }) => printed(items, dot)).join(" || ")} )`;
    case "again":
    case "abort":
      return item.label;
  }
}

/** Random notations with labels `L1`, `L2`, … in the order of their text. */
const notation = fc
  .letrec<{ items: string; item: string }>((tie) => ({
    items: fc
      .array(tie("item"), { minLength: 1, maxLength: 3, depthIdentifier: "n" })
      .map((items) => items.join(" . ")),
    item: fc.oneof(
      { maxDepth: 4, depthIdentifier: "n" },
      fc.constantFrom("L", "L*", "L?", "L*?", "L(Event)", "L{p ∈ family}", "L{p ∈ f}(E)?"),
      fc
        .array(tie("items"), { minLength: 2, maxLength: 3 })
        .map((branches) => `{ ${branches.map((each) => `L . ${each}`).join(" | ")} }`),
      fc
        .array(tie("items"), { minLength: 2, maxLength: 3 })
        .map((blocks) => `( ${blocks.join(" || ")} )`),
      tie("items").map((items) => `rec L { ${items} }`),
    ),
  }))
  .items.map((text) => {
    let labels = 0;
    return text.replaceAll(/L(?=[^A-Za-z]|$)/g, () => {
      labels += 1;
      return `L${labels}`;
    });
  });

describe("parseSession", () => {
  it("reads labels and families in order, and what may be missing", () => {
    expect(parseSession("First . Second* . Third? . Fourth*?")).toEqual([
      step("First"),
      step("Second", { star: true }),
      step("Third", { optional: true }),
      step("Fourth", { star: true, optional: true }),
    ]);
  });

  it("reads the long form", () => {
    expect(parseSession("A{p ∈ voters}(Vote) → B (Ask) → C { p ∈ voters } . D*(Vote)?")).toEqual([
      step("A", { star: true, role: "voters", event: "Vote" }),
      step("B", { event: "Ask" }),
      step("C", { star: true, role: "voters" }),
      step("D", { star: true, event: "Vote", optional: true }),
    ]);
  });

  it("reads a choice, named by the first labels of its branches", () => {
    const [choice] = parseSession(
      "{ Accept . Address | { No . Why | Never } | rec X { Ask . X } | abort }",
    );
    expect(choice).toMatchObject({ kind: "choice", label: "Accept | No | Ask | abort" });
    expect(parseSession("{ A | B }")).toEqual([
      {
        kind: "choice",
        label: "A | B",
        branches: [
          { label: "A", items: [step("A")] },
          { label: "B", items: [step("B")] },
        ],
      },
    ]);
  });

  it("reads a recursion and the ways back", () => {
    expect(parseSession("rec X { A . rec Y { B . { C . X | D . Y | E } } } . F")).toMatchObject([
      {
        kind: "rec",
        label: "X",
        items: [
          step("A"),
          {
            kind: "rec",
            items: [
              step("B"),
              {
                branches: [
                  { items: [step("C"), { kind: "again", label: "X" }] },
                  { items: [step("D"), { kind: "again", label: "Y" }] },
                  { items: [step("E")] },
                ],
              },
            ],
          },
        ],
      },
      step("F"),
    ]);
  });

  it("reads a parallel", () => {
    expect(parseSession("( A . B || (C || D) )")).toMatchObject([
      { kind: "parallel", label: "A || C", blocks: [{ label: "A" }, { label: "C" }] },
    ]);
  });

  it("lets a label come again in another branch only", () => {
    expect(parseSession("{ A . C | B . C }")).toHaveLength(1);
    expect(parseSession("rec X { { A . C . X | B . C } }")).toHaveLength(1);
  });

  it("parses back what is printed, whatever the blanks and the arrows", () => {
    const gap = fc.constantFrom(".", " . ", "\n.\t", " → ");
    fc.assert(
      fc.property(notation, gap, (text, dot) => {
        const tree = parseSession(text);
        expect(printed(tree)).toBe(text.replaceAll("p ∈", "m ∈"));
        expect(parseSession(printed(tree, dot))).toEqual(tree);
      }),
    );
  });

  it("reads or refuses any text, and what it reads it reads again", () => {
    const parts = ["A", "B", "b", ".", "*", "?", " ", "é", "{", "}", "(", ")", "|", "rec X {", "X"];
    const text = fc.string({
      unit: fc.constantFrom(...parts, " . ", " | ", "||", "abort", "p ∈ f"),
    });
    fc.assert(
      fc.property(text, (each) => {
        let tree: SessionTree;
        try {
          tree = parseSession(each);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
          return;
        }
        expect(parseSession(printed(tree))).toEqual(tree);
      }),
      { numRuns: 3000 },
    );
  });

  it("gives a tree that nobody can change", () => {
    const isFrozen = (value: unknown): boolean =>
      typeof value !== "object" ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(isFrozen));
    expect(isFrozen(parseSession("A . B* . { C | D } . rec X { E . X } . ( F || abort )"))).toBe(
      true,
    );
  });

  it("reads a notation of the greatest length and depth", () => {
    expect(parseSession("A".repeat(65_536))).toHaveLength(1);
    const labels = Array.from({ length: 8_000 }, (_, i) => `{A${i}|B${i}}`);
    expect(
      parseSession(
        labels
          .join(".")
          .slice(0, 65_536)
          .replace(/\.[^.]*$/, ""),
      ),
    ).not.toEqual([]);
    const deep = Array.from({ length: 64 }, (_, i) => `{ A${i} | B${i} . `);
    expect(parseSession(`${deep.join("")}C${" }".repeat(64)}`)).toHaveLength(1);
  });
});

describe("parseSession refuses", () => {
  const empty = "the session has an empty step: write one label between two dots";
  const unreadable = (label: string) =>
    `the session cannot read '${label}': write steps as 'A . B' and families as 'A*'`;
  const twice = (label: string) =>
    `the session names the step '${label}' twice: a label stands for one step`;

  it.each([
    ["", empty],
    ["A . ", empty],
    ["*", empty],
    ["A . . B", empty],
    ["{ . A | B }", empty],
    ["A . A*", twice("A")],
    ["{ A | B } . A", twice("A")],
    ["A . { A | B }", twice("A")],
    ["( A || B . A )", twice("A")],
    ["rec X { A } . rec X { B }", twice("X")],
    ["a", "the session's step 'a' must start with a capital letter"],
    ["A**", unreadable("A**")],
    ["A *?", "the session expects '.' before '*?'"],
    ["A? ?", unreadable("A ?")],
    ["*A", unreadable("*A")],
    ["A?*", unreadable("A?*")],
    ["É", unreadable("É")],
    ["A-B", unreadable("A-B")],
    ["1st", "the session's step '1st' must start with a capital letter"],
    ["b . A . C . A", "the session's step 'b' must start with a capital letter"],
    ["A . b . C . d*", "the session's step 'b' must start with a capital letter"],
  ])("the label in %s", (text, what) => {
    expect(faultOf(text).what).toBe(what);
  });

  it.each([
    ["{ Ask . | Stop }", "the session expects a step before '|'"],
    ["{ | A }", "the session expects a step before '|'"],
    ["{ A |", "the session does not close '{'"],
    ["A . ()", "the session expects a step before ')'"],
    ["A B", "the session expects '.' before 'B'"],
    ["A,B", "the session expects '.' before ','"],
    ["A { B | C }", "the session expects '.' before '{'"],
    ["A{p ∈ f}{p ∈ f}", "the session expects '.' before '{'"],
    ["A(E F)", "the session expects '.' before '('"],
    ["{ B | C } D", "the session expects '.' before 'D'"],
    ["A(E)B . C . D . F", "the session expects '.' before 'B'"],
    ["Z . { A | B", "the session does not close '{'"],
    ["Z . ( A || B", "the session does not close '('"],
    ["( A || B }", "the session closes '}', which is not open: remove it"],
    ["A } . B", "the session closes '}', which is not open: remove it"],
    ["A | B", "the session cannot use '|' here: write a choice as '{ A | B }'"],
    ["rec X { A | B }", "the session cannot use '|' here: write a choice as '{ A | B }'"],
    ["{ A || B }", "the session cannot use '||' here: write a parallel as '( A || B )'"],
    ["{ A . B }", "the session's choice of 'A' has one branch: write two or more as '{ A | B }'"],
    ["( A . B )", "the session's parallel of 'A' has one block: write two or more as '( A || B )'"],
    [
      "rec x { A }",
      "the session cannot read 'rec x': write a recursion as 'rec Loop { A . Loop }'",
    ],
    ["rec X . A", "the session cannot read 'rec X': write a recursion as 'rec Loop { A . Loop }'"],
    ["rec { A }", "the session cannot read 'rec': write a recursion as 'rec Loop { A . Loop }'"],
    ["A . rec", "the session cannot read 'rec': write a recursion as 'rec Loop { A . Loop }'"],
    ["rec X { A . X . B }", "the session goes on after 'X', where nothing can follow"],
    ["abort . B", "the session goes on after 'abort', where nothing can follow"],
  ])("the order of %s", (text, what) => {
    expect(faultOf(text).what).toBe(what);
  });

  it.each([
    [
      "{ A . B | A . C }",
      "the session has a choice with two branches that start with 'A': start each with its own",
    ],
    [
      "rec X { A . rec X { B . X } }",
      "the session names a recursion 'X' inside the recursion 'X': rename one",
    ],
    [
      "rec X { X }",
      "the session goes back to 'X' before any step: put one between 'rec X {' and 'X'",
    ],
    [
      "rec X { { A | rec Y { X } } }",
      "the session goes back to 'X' before any step: put one between 'rec X {' and 'X'",
    ],
    [
      "rec X { A . { X | B } }",
      "the session has a branch that starts with 'X', a way back: start it with a step of the decider",
    ],
    ["rec X { A . X } . X", "the session names a step and a recursion 'X': rename one"],
    ["X . rec X { A }", "the session names a step and a recursion 'X': rename one"],
    ["rec X { A . X* }", "the session names a step and a recursion 'X': rename one"],
    [
      "rec X { A . ( B . X || C ) }",
      "the session goes back to 'X' out of a parallel: its blocks end on their own",
    ],
  ])("the names in %s", (text, what) => {
    expect(faultOf(text).what).toBe(what);
  });

  it("what is too long or too deep", () => {
    expect(faultOf("A".repeat(65_537)).what).toBe(
      "the session is 65537 characters long; 65536 at most",
    );
    expect(faultOf("{".repeat(65)).what).toBe("the session nests brackets deeper than 64");
  });

  it("with a code and the place to correct", () => {
    const { code, todo } = faultOf("a");
    expect({ code, todo }).toEqual({
      code: "InvalidDeclaration",
      todo: "Correct the session notation at the head of the choreography",
    });
  });
});
