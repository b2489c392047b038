/** What is Scribble, and what is refused: word for word, at its place. */
import { describe, expect, it } from "vitest";
import { parseScribble } from "../../../codegen/scribble/parse.ts";
import { readScribble } from "../../../codegen/scribble/index.ts";
import { file, read, readBody, refusalOf } from "./reading.ts";

describe("a Scribble file", () => {
  it("has a module, imports, external types and protocols", () => {
    const module = parseScribble(
      `(*# RefinementTypes, SenderValidateRefinements #*)
       module a.b.C; // the module
       import d.E; import d.F as G; from d.H import I as J;
       type <java> "java.lang.Integer" from "rt.jar" as Int;
       data <typescript> "Coordinate" from "./Types" as Point;
       sig <java> "x.Ping" from "x.jar" as Ping;
       /* two of them */
       explicit global protocol P<type T, sig S>(role A, role B) @"note" { }
       (* nested (* comments *) too *) (*) and a line
       aux global protocol Q(role A) { }`,
      file,
    );
    expect(module.name).toBe("a.b.C");
    expect(
      module.externals.map(({ kind, alias, external }) => [kind, alias.text, external]),
    ).toEqual([
      ["type", "Int", "java.lang.Integer"],
      ["type", "Point", "Coordinate"],
      ["sig", "Ping", "x.Ping"],
    ]);
    expect(
      module.protocols.map(({ name, aux, roles, parameters }) => ({
        name: name.text,
        aux,
        roles: roles.map((role) => role.text),
        parameters: parameters.map((parameter) => [parameter.kind, parameter.name.text]),
      })),
    ).toEqual([
      {
        name: "P",
        aux: false,
        roles: ["A", "B"],
        parameters: [
          ["type", "T"],
          ["sig", "S"],
        ],
      },
      { name: "Q", aux: true, roles: ["A"], parameters: [] },
    ]);
  });

  it("knows where everything stands", () => {
    const module = parseScribble("protocol P(role A) {\n\tm(x: T)\r\n  from A to B;\n}", file);
    const [protocol] = module.protocols;
    const [message] = protocol?.body.interactions ?? [];
    expect(protocol?.name.place).toEqual({ file, line: 1, column: 10 });
    expect(protocol?.end).toEqual({ file, line: 4, column: 1 });
    expect(message).toEqual({
      kind: "message",
      place: { file, line: 2, column: 2 },
      signature: {
        name: { text: "m", place: { file, line: 2, column: 2 } },
        payload: [{ name: "x", type: { text: "T", place: { file, line: 2, column: 7 } } }],
      },
      from: { text: "A", place: { file, line: 3, column: 8 } },
      to: [{ text: "B", place: { file, line: 3, column: 13 } }],
    });
  });

  it.each(["choice", "rec", "par", "do", "continue", "connect", "from", "to"])(
    "may name a message %s",
    (word) => {
      expect(readBody(`${word}() from A to B;`).global.steps).toHaveLength(1);
    },
  );

  it("takes NuScr's short heads", () => {
    expect(read("global P(role A, role B) { m from A to B; }").name).toBe("p");
    expect(read("protocol P(role A, role B) { m from A to B; }").name).toBe("p");
  });

  it("gives a choreography for each protocol that is not aux, or for the one asked for", () => {
    const body = "(role A, role B) { m() from A to B; }";
    const text = `global protocol One${body} aux global protocol Two${body} protocol Three${body}`;
    const names = (protocol?: string) =>
      readScribble(text, file, protocol).map((each) => each.protocol);
    expect(names()).toEqual(["One", "Three"]);
    expect(names("Two")).toEqual(["Two"]);
    expect(() => names("Four")).toThrow("test.scr:1:1: the file has no global protocol 'Four'");
  });
});

const inP = (body: string) => `global protocol P(role A, role B) {\n${body}\n}`;

describe("a file that is no Scribble", () => {
  it("is refused where there is nothing to read", () => {
    expect(refusalOf("")).toBe(
      "test.scr:1:1: the file has no global protocol that is not aux. " +
        "Declare one: 'global protocol Name(role A, role B) { … }'.",
    );
  });

  const source = "Correct the Scribble source.";
  it.each([
    [inP("m() from A to B"), `test.scr:3:1: found '}' where ';' is expected. ${source}`],
    [inP("m() form A to B;"), `test.scr:2:5: found 'form' where 'from' is expected. ${source}`],
    [inP("m( from A to B;"), `test.scr:2:9: found 'A' where ')' is expected. ${source}`],
    [inP("m() from to B;"), `test.scr:2:13: found 'B' where 'to' is expected. ${source}`],
    [inP("choice A { }"), `test.scr:2:8: found 'A' where 'at' is expected. ${source}`],
    [
      inP("choice at A { m() from A to B; } or"),
      `test.scr:3:1: found '}' where '{' is expected. ${source}`,
    ],
    [inP("; "), `test.scr:2:1: found ';' where a message or '}' is expected. ${source}`],
    [
      "global protocol P(role A, role B) { m() from A to B;",
      `test.scr:1:53: found the end of the file where a message or '}' is expected. ${source}`,
    ],
    ['module "x";', `test.scr:1:8: found "x" where the module's name is expected. ${source}`],
    ["x", `test.scr:1:1: found 'x' where 'global protocol' is expected. ${source}`],
    [
      inP("m() from A to B; }"),
      `test.scr:3:1: found '}' where 'global protocol' is expected. ${source}`,
    ],
    ["/* no end", "test.scr:1:1: the comment that '/*' opens has no end. Close it: '*/'."],
    ["\n (* a (* b *)", "test.scr:2:2: the comment that '(*' opens has no end. Close it: '*)'."],
    ['type <java> "x', "test.scr:1:13: the quoted text has no end on its line. Close it: '\"'."],
    [inP("m() → B;"), "test.scr:2:5: '→' is no character of Scribble. Take it out."],
    [
      "global protocol P(role A, role A) {}",
      "test.scr:1:32: there are two roles 'A'. Rename one of them.",
    ],
    [`${inP("")}${inP("")}`, "test.scr:3:18: there are two protocols 'P'. Rename one of them."],
  ])("is refused with what was found, and what is expected: %s", (text, says) => {
    expect(refusalOf(text)).toBe(says);
  });

  it.each([
    ["connect A to B;", "2:1", "'connect': connections between roles"],
    ["m(T) connect A to B;", "2:6", "'connect': connections between roles"],
    ["disconnect A and B;", "2:1", "'disconnect': connections between roles"],
    ["wrap A to B;", "2:1", "'wrap': connections between roles"],
    ["interruptible { } with { }", "2:1", "'interruptible': interruptible blocks"],
    ["A calls Q(B);", "2:3", "'calls': nested protocols"],
  ])("is refused where choreographies have nothing like it: %s", (body, at, what) => {
    expect(refusalOf(inP(body))).toBe(
      `test.scr:${at}: ${what} have no counterpart in a choreography. Write the protocol without ` +
        "them: all roles are there from the start to the end.",
    );
  });

  it.each([
    [inP("m(x: int{x > 0}) from A to B;"), "test.scr:2:9: a payload type with a condition"],
    [inP("m(P@A) from A to B;"), "test.scr:2:4: a message that hands a session on"],
    [inP("rec X [n<A>: int = 0] { }"), "test.scr:2:7: a recursion with values of its own"],
    ["nested protocol P(role A) { }", "test.scr:1:1: a nested protocol is not read"],
    ["local protocol P at A(role A) { }", "test.scr:1:1: a local protocol is not read"],
    ["global protocol P(role A; new role B) { }", "test.scr:1:25: 'new': roles made during"],
  ])("is refused where it would be read half: %s", (text, says) => {
    expect(refusalOf(text)).toContain(says);
  });
});

describe("a file without bounds", () => {
  const deep = (levels: number) =>
    inP(`${"rec X { ".repeat(levels)}m() from A to B; ${"}".repeat(levels)}`);

  it("is read 200 blocks deep and no deeper", () => {
    expect(refusalOf(deep(199))).toBe("not refused");
    expect(refusalOf(deep(200))).toContain("the blocks are nested deeper than 200");
    expect(refusalOf(deep(50_000).slice(0, 262_000))).toContain("nested deeper than 200");
  });

  it("is not read beyond its greatest length", () => {
    expect(refusalOf(" ".repeat(262_145))).toContain(
      "test.scr:1:1: the file is 262145 characters long; 262144 at most are read",
    );
  });

  it("is soon read even on one line", () => {
    expect(refusalOf("m() ".repeat(65_000))).toContain("test.scr:1:1: found 'm'");
  });
});
