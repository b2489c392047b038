/** `do`: calls of other protocols, unfolded. */
import { describe, expect, it } from "vitest";
import { outline, read, refusalOf } from "./reading.ts";

const main = (body: string, others: string) =>
  `global protocol Main(role A, role B, role C) { ${body} } ${others}`;
const sessionOf = (body: string, others: string) => read(main(body, others)).global.session;

describe("a call", () => {
  it("is replaced by what it calls, with its roles", () => {
    const { global } = read(
      main(
        "do Q(B, A); do Q(A as Y, C as X);",
        "aux global protocol Q(role X, role Y) { m() from X to Y; }",
      ),
    );
    expect(outline(global.steps)).toEqual(["M: b -> a M", "M2: c -> a M2"]);
  });

  it("is replaced with its types and signatures", () => {
    const { global, events } = read(
      main(
        "do Q<Int, hello(String)>(A, B);",
        "aux global protocol Q<type T, sig S>(role X, role Y) { m(T) from X to Y; S from Y to X; }",
      ),
    );
    expect(global.session).toBe("M . Hello");
    expect(events.map(({ name, payload }) => [name, payload])).toEqual([
      ["M", [{ type: { kind: "plain", plain: "integer" } }]],
      ["Hello", [{ type: { kind: "plain", plain: "string" } }]],
    ]);
  });

  it("finds a protocol by its module too", () => {
    const text = `module x.Y; ${main("do x.Y.Q(A, B);", "aux protocol Q(role X, role Y) { m() from X to Y; }")}`;
    expect(read(text).global.session).toBe("M");
  });

  it("has recursions of its own", () => {
    expect(
      sessionOf(
        "rec X { do Q(A, B); choice at A { b() from A to B; continue X; } or { c() from A to B; } }",
        "aux protocol Q(role A, role B) { rec X { m() from A to B; choice at B { n() from B to A; continue X; } or { o() from B to A; } } }",
      ),
    ).toBe("rec X { rec X2 { M . { N . X2 | O } } . { B . X | C } }");
  });
});

describe("a call of itself", () => {
  it("is a recursion", () => {
    expect(
      read(`global protocol Ping(role A, role B) {
        choice at A { ping() from A to B; do Ping(A, B); } or { stop() from A to B; }
      }`).global.session,
    ).toBe("rec Ping2 { { Ping . Ping2 | Stop } }");
  });

  it("is a recursion of as many turns as it takes to be the same again: swapped roles", () => {
    const text = `global protocol Main(role A, role B) { do Loop(A, B); }
      aux global protocol Loop(role A, role B) { m() from A to B; do Loop(B, A); }`;
    const { global } = read(text);
    expect(outline(global.steps)).toEqual([
      "rec Loop",
      "  M: a -> b M",
      "  M2: b -> a M2",
      "  again Loop",
    ]);
  });

  it("goes through others, and back to any that is open", () => {
    expect(
      sessionOf(
        "do Q(A, B, C);",
        `aux protocol Q(role A, role B, role C) {
           choice at A { a() from A to B; do R(B, C, A); } or { b() from A to B; } }
         aux protocol R(role A, role B, role C) {
           choice at A { c() from A to B; do R(A, B, C); } or { d() from A to B; do Q(C, A, B); } }`,
      ),
    ).toBe("rec Q { { A . rec R { { C . R | D . Q } } | B } }");
  });

  it("may be followed by something in its caller", () => {
    expect(
      sessionOf(
        "do Q(A, B); z() from A to B;",
        "aux protocol Q(role A, role B) { choice at A { a() from A to B; do Q(A, B); } or { b() from A to B; } }",
      ),
    ).toBe("rec Q { { A . Q | B } } . Z");
  });

  it("without a message is kept, for the checker", () => {
    expect(sessionOf("do Q(A, B);", "aux protocol Q(role A, role B) { do Q(A, B); }")).toBe(
      "rec Q { Q }",
    );
  });

  it.each([
    ["m() from A to B; do Q(A, B); n() from B to A;", "1:119"],
    [
      "choice at A { m() from A to B; do Q(A, B); } or { n() from A to B; } o() from B to A;",
      "1:133",
    ],
    ["par { m() from A to B; do Q(A, B); } and { n() from B to A; }", "1:125"],
  ])("is refused where something is still to be done after it: %s", (body, at) => {
    expect(
      refusalOf(main("do Q(A, B);", `aux global protocol Q(role A, role B) { ${body} }`)),
    ).toBe(
      `test.scr:${at}: 'Q' calls itself here, and something is still to be done after the call. ` +
        "Make the recursive 'do' the last interaction of the protocol, outside of 'par'.",
    );
  });

  it("is refused where a call in between is not the last", () => {
    expect(
      refusalOf(
        main(
          "do Q(A, B);",
          `aux protocol Q(role A, role B) { do R(A, B); x() from A to B; }
           aux protocol R(role A, role B) { m() from A to B; do Q(A, B); }`,
        ),
      ),
    ).toContain("test.scr:2:62: 'Q' calls itself here");
  });
});

describe("a call that does not fit", () => {
  const others = "aux protocol Q(role X, role Y) { m() from X to Y; }";
  it.each([
    ["do R(A, B);", "the protocol 'R' is not in this file"],
    ["do x.Q(A, B);", "the protocol 'x.Q' is not in this file"],
    ["do Q(A);", "'Q' has 2 roles, and the call gives 1"],
    ["do Q<T>(A, B);", "'Q' has 0 parameters, and the call gives 1"],
    ["do Q(A, A);", "one role is given for two roles of 'Q'"],
    ["do Q(A as X, B as Z);", "nobody is given for the role 'Y' of 'Q'"],
  ])("is refused: %s", (body, says) => {
    expect(refusalOf(main(body, others))).toMatch(/^test\.scr:1:\d+: /);
    expect(refusalOf(main(body, others))).toContain(says);
  });

  it("is refused for a role or a recursion that the callee does not have", () => {
    const callee = (body: string) =>
      refusalOf(main("rec X { do Q(A, B); }", `aux protocol Q(role A, role B) { ${body} }`));
    expect(callee("m() from A to C;")).toContain("'C' is no role of the protocol 'Q'");
    expect(callee("m() from A to B; continue X;")).toContain(
      "no 'rec X' is around this 'continue'",
    );
  });

  it("is refused where calls multiply without end", () => {
    const twice = (index: number) =>
      `aux protocol Q${index}(role A, role B) { do Q${index + 1}(A, B); do Q${index + 1}(A, B); }`;
    const others2 = Array.from({ length: 40 }, (_, index) => twice(index)).join("\n");
    const last = "aux protocol Q40(role A, role B) { m() from A to B; }";
    expect(refusalOf(main("do Q0(A, B);", `${others2}\n${last}`))).toContain(
      "with its calls unfolded, the protocol has more than 5000 steps",
    );
  });

  it("is refused where calls go on through too many protocols", () => {
    const next = (index: number) =>
      `aux protocol Q${index}(role A, role B) { do Q${index + 1}(A, B); }`;
    const chain = Array.from({ length: 300 }, (_, index) => next(index)).join("\n");
    expect(refusalOf(main("do Q0(A, B);", `${chain}\n${next(300)}`))).toContain(
      "with its calls unfolded, the protocol is nested deeper than 200",
    );
  });
});
