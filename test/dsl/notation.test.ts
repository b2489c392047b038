/** The session notation by value, and that it says what the compiler says. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProtocolError, parseSession } from "../../dsl/index.ts";

const label = fc.stringMatching(/^[A-Z][A-Za-z0-9_]{0,8}$/);
const steps = fc.uniqueArray(fc.record({ label, star: fc.boolean() }), {
  selector: (step) => step.label,
  minLength: 1,
  maxLength: 20,
});
const blank = fc.stringMatching(/^[ \t\r\n]{0,3}$/);

/** What parsing `notation` throws. */
function faultOf(notation: string): ProtocolError {
  try {
    parseSession(notation);
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error(`'${notation}' was parsed`);
}

describe("parseSession", () => {
  it("reads labels and families in order", () => {
    expect(parseSession("First . Second* . Third")).toEqual([
      { label: "First", star: false },
      { label: "Second", star: true },
      { label: "Third", star: false },
    ]);
  });

  it("parses back what is printed, whatever the blanks", () => {
    fc.assert(
      fc.property(steps, blank, (session, gap) => {
        const printed = session
          .map(({ label: name, star }) => `${gap}${name}${gap}${star ? "*" : ""}${gap}`)
          .join(".");
        expect(parseSession(printed)).toEqual(session);
      }),
    );
  });

  it("reads what it read", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("A", "b", ".", "*", " ", "é", "1") }),
        (text) => {
          let first: ReturnType<typeof parseSession>;
          try {
            first = parseSession(text);
          } catch (error) {
            expect(error).toBeInstanceOf(ProtocolError);
            return;
          }
          const again = first.map((step) => `${step.label}${step.star ? "*" : ""}`).join(" . ");
          expect(parseSession(again)).toEqual(first);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("gives steps that nobody can change", () => {
    const parsed = parseSession("A . B*");
    expect([parsed, ...parsed].every((each) => Object.isFrozen(each))).toBe(true);
  });

  it.each([
    ["", "the session has an empty step: write one label between two dots"],
    ["A . ", "the session has an empty step: write one label between two dots"],
    ["*", "the session has an empty step: write one label between two dots"],
    ["A . A*", "the session names the step 'A' twice: a label stands for one step"],
    ["a", "the session's step 'a' must start with a capital letter"],
    ["A B", "the session cannot read 'A B': write steps as 'A . B' and families as 'A*'"],
    ["A**", "the session cannot read 'A*': write steps as 'A . B' and families as 'A*'"],
    ["*A", "the session cannot read '*A': write steps as 'A . B' and families as 'A*'"],
    ["(A || B)", "the session cannot read '(A || B)': write steps as 'A . B' and families as 'A*'"],
    ["É", "the session cannot read 'É': write steps as 'A . B' and families as 'A*'"],
    ["A-B", "the session cannot read 'A-B': write steps as 'A . B' and families as 'A*'"],
    ["1st", "the session's step '1st' must start with a capital letter"],
    ["b . A . C . A", "the session names the step 'A' twice: a label stands for one step"],
    ["A . b . C . d*", "the session's step 'd' must start with a capital letter"],
    ["A".repeat(65_537), "the session is 65537 characters long; 65536 at most"],
  ])("refuses %.20s", (notation, what) => {
    const fault = faultOf(notation);
    expect({ code: fault.code, what: fault.what }).toEqual({ code: "InvalidDeclaration", what });
    expect(fault.todo).toBe("Correct the session notation at the head of the choreography");
  });

  it("reads a notation of the greatest length", () => {
    expect(parseSession("A".repeat(65_536))).toHaveLength(1);
  });
});

describe.each(["5.9", "6.0", "7.0"])("TypeScript %s", (version) => {
  const said = readFileSync(`test/messages/expected/${version}.txt`, "utf8");
  const faults = [
    ...said.matchAll(
      /^session\.ts:.* Type '"(.*)"' is not assignable to type '"(the session.*)"'\.$/gm,
    ),
  ].map(([, notation = "", sentence = ""]) => ({ notation, sentence }));

  it("was asked about every kind of fault", () => {
    expect(faults.length).toBeGreaterThanOrEqual(6);
  });

  it.each(faults)("says of '$notation' what the parser says", ({ notation, sentence }) => {
    expect(faultOf(notation).what).toBe(sentence);
  });
});
