/** From Scribble to a global type. */
import { describe, expect, it } from "vitest";
import { outline, read, readBody, refusalOf } from "./reading.ts";

const session = (text: string) => read(text).global.session;
const bodySession = (body: string) => readBody(body).global.session;

describe("a protocol", () => {
  it("is a global type: two buyers", () => {
    const { name, exportName, global } = read(`
      module buyers;
      global protocol TwoBuyer(role Buyer1, role Buyer2, role Seller) {
        title(String) from Buyer1 to Seller;
        price(Int) from Seller to Buyer1;
        share(Int) from Buyer1 to Buyer2;
        choice at Buyer2 {
          accept() from Buyer2 to Seller;
          address(String) from Buyer2 to Seller;
          date(String) from Seller to Buyer2;
        } or {
          reject() from Buyer2 to Seller;
        }
      }`);
    expect([name, exportName]).toEqual(["two-buyer", "twoBuyer"]);
    expect(global.roles).toEqual({ buyer1: "one", buyer2: "one", seller: "one" });
    expect(global.session).toBe("Title . Price . Share . { Accept . Address . Date | Reject }");
    expect(outline(global.steps)).toEqual([
      "Title: buyer1 -> seller Title",
      "Price: seller -> buyer1 Price",
      "Share: buyer1 -> buyer2 Share",
      "choice Accept | Reject at buyer2",
      "- Accept",
      "  Accept: buyer2 -> seller Accept",
      "  Address: buyer2 -> seller Address",
      "  Date: seller -> buyer2 Date",
      "- Reject",
      "  Reject: buyer2 -> seller Reject",
    ]);
  });

  it("may go round: ping-pong", () => {
    const text = `global protocol PingPong(role A, role B) {
      rec Loop {
        choice at A { ping() from A to B; pong() from B to A; continue Loop; }
        or { stop() from A to B; }
      }
    }`;
    expect(session(text)).toBe("rec Loop { { Ping . Pong . Loop | Stop } }");
    const [loop] = read(text).global.steps;
    expect(loop).toMatchObject({ verb: "rec", label: "Loop", atMost: 100 });
  });

  it("may have a choice that others learn of later: OAuth 2", () => {
    expect(
      session(`global protocol OAuth(role S, role C, role A) {
        choice at S {
          login() from S to C; password(String) from C to A; auth(Bool) from A to S;
        } or {
          cancel() from S to C; quit() from C to A;
        }
      }`),
    ).toBe("{ Login . Password . Auth | Cancel . Quit }");
  });

  it("has recursions in branches, and parallel blocks", () => {
    expect(
      bodySession(`choice at A {
        rec X { a() from A to B; choice at B { b() from B to A; continue X; } or { c() from B to A; } }
      } or {
        par { d() from A to B; } and { e() from B to C; f() from C to B; }
      }
      g() from C to A;`),
    ).toBe("{ rec X { A . { B . X | C } } | ( D || E . F ) } . G");
  });

  it("knows where each step and branch stands", () => {
    const { global, places, headPlace, endPlace } = read(
      "protocol P(role A, role B) {\n m() from A to B;\n choice at A { n() from A to B; }\n or { o() from A to B; }\n}",
    );
    const [message, choice] = global.steps;
    const lineOf = (part: object | undefined) => places.get(part ?? {})?.line;
    expect([lineOf(message), lineOf(choice)]).toEqual([2, 3]);
    const branches = choice?.verb === "choice" ? choice.branches : [];
    expect(branches.map(lineOf)).toEqual([3, 4]);
    expect(branches.map(({ steps }) => lineOf(steps[0]))).toEqual([3, 4]);
    expect([headPlace.line, endPlace.line]).toEqual([1, 5]);
  });
});

describe("what is trivial", () => {
  it.each([
    ["choice at A { m() from A to B; }", "M"],
    ["par { m() from A to B; }", "M"],
    ["par { m() from A to B; } and { }", "M"],
    ["m() from A to B; par { } and { }", "M"],
  ])("is left out: %s", (body, expected) => {
    expect(bodySession(body)).toBe(expected);
  });

  it("is left out where a choice begins with a choice by the same role", () => {
    expect(
      bodySession(`choice at A {
        choice at A { a() from A to B; } or { b() from A to B; }
        c() from B to C;
      } or { d() from A to B; }`),
    ).toBe("{ A . C | B . C | D }");
    expect(
      bodySession(`rec X { choice at A {
        choice at A { a() from A to B; continue X; } or { b() from A to B; }
        c() from B to C;
      } or { d() from A to B; } }`),
    ).toBe("rec X { { A . X | B . C | D } }");
  });

  it("stays where another role chooses, for the checker", () => {
    expect(
      bodySession(`choice at A {
        choice at B { a() from B to A; } or { b() from B to A; }
      } or { d() from A to B; }`),
    ).toBe("{ { A | B } | D }");
  });
});

describe("labels", () => {
  it("begin with a capital letter", () => {
    expect(
      bodySession(
        "get_it() from A to B; 250() from B to A; _x() from A to B; m'() from A to B; () from B to C;",
      ),
    ).toBe("Get_it . M250 . M_x . M . M2");
  });

  it("are used once on a path", () => {
    expect(
      bodySession(
        "m() from A to B; m() from A to B; m2() from B to A; m() from B to A; x1() from A to B; x1() from A to B;",
      ),
    ).toBe("M . M3 . M2 . M4 . X1 . X1_2");
  });

  it("are the same for the same message in two branches", () => {
    expect(
      bodySession(`choice at A { a() from A to B; m() from B to C; m() from B to C; }
        or { b() from A to B; m() from B to C; }
        m() from B to C;`),
    ).toBe("{ A . M . M2 | B . M } . M3");
  });

  it("are the same with another payload, whose event is another one", () => {
    const { global } = readBody(`choice at A { a() from A to B; m(Int) from B to C; }
      or { b() from A to B; m(String) from B to C; }`);
    expect(outline(global.steps)).toEqual([
      "choice A | B at a",
      "- A",
      "  A: a -> b A",
      "  M: b -> c M",
      "- B",
      "  B: a -> b B",
      "  M: b -> c M2",
    ]);
  });

  it("differ where sender or receivers do", () => {
    expect(
      bodySession(`choice at A { a() from A to B; m() from B to C; }
        or { b() from A to B; m() from C to B; }
        or { c() from A to B; m() from B to A; }
        or { d() from A to B; m() from B to A, C; }`),
    ).toBe("{ A . M | B . M2 | C . M3 | D . M4 . M5 }");
  });

  it("of branches that begin alike are told apart by the receiver only", () => {
    expect(bodySession("choice at A { m() from A to B; } or { m() from A to C; }")).toBe(
      "{ M | M2 }",
    );
    expect(
      bodySession("choice at A { m() from A to B; } or { m() from A to B; n() from B to C; }"),
    ).toBe("{ M | M . N }");
  });

  it("of recursions differ from those of messages", () => {
    expect(
      bodySession(`rec loop { loop() from A to B; choice at A { x() from A to B; continue loop; } or
        { y() from A to B; } } rec loop { z() from A to B; continue loop; }`),
    ).toBe("rec Loop2 { Loop . { X . Loop2 | Y } } . rec Loop3 { Z . Loop3 }");
  });

  it("of recursions within each other are told apart", () => {
    expect(bodySession("rec X { a() from A to B; rec X { b() from B to A; continue X; } }")).toBe(
      "rec X { A . rec X2 { B . X2 } }",
    );
  });
});

describe("a message to several", () => {
  it("is a send to each, in order, made once", () => {
    const { global } = readBody("m(Int) from A to B, C;");
    expect(outline(global.steps)).toEqual(["M: a -> b M", "M2: a -> c M2"]);
    expect(global.steps.map((step) => (step.verb === "send" ? step.payload.text : ""))).toEqual([
      "({ device }) => device.m()",
      "({ device }) => device.m()",
    ]);
  });
});

describe("a message to one role twice", () => {
  it("is refused", () => {
    expect(refusalOf("protocol P(role A, role B) { m() from A to B, B; }")).toBe(
      "test.scr:1:47: the message goes to 'B' twice. Name it once.",
    );
  });
});

describe("roles", () => {
  it("have names in camel case that no two share", () => {
    const { global } = read(
      "protocol P(role SELLER, role My_Buyer, role a, role A, role 1st, role everyone, role new) { m() from SELLER to a; }",
    );
    expect(Object.keys(global.roles)).toEqual([
      ...["seller", "myBuyer", "a", "a2", "r1St", "everyone2", "new2"],
    ]);
  });

  it("leave their name to the choreography's constant", () => {
    expect(read("protocol Bank(role Bank, role B) { m() from Bank to B; }").exportName).toBe(
      "bankProtocol",
    );
    expect(read("protocol New(role A, role B) { m() from A to B; }").exportName).toBe(
      "newProtocol",
    );
  });
});

describe("what the checker is to refuse", () => {
  it.each([
    ["m() from A to Nobody;", ["M: a -> nobody M"]],
    ["m() from A to A;", ["M: a -> a M"]],
    ["m() from A to B; continue Y;", ["M: a -> b M", "again Y"]],
    [
      "rec X { m() from A to B; continue X; n() from A to B; }",
      ["rec X", "  M: a -> b M", "  again X", "  N: a -> b N"],
    ],
    ["rec X { continue X; }", ["rec X", "  again X"]],
  ])("is kept: %s", (body, expected) => {
    expect(outline(readBody(body).global.steps)).toEqual(expected);
  });

  it.each([
    [
      "choice at A { m() from A to B; } or { }",
      "test.scr:1:81: a branch of the choice at 'A' is empty: nobody is told that it was taken. Begin it with a message from 'A'.",
    ],
    ["", "test.scr:1:17: the protocol 'P' has no message. Give it one, or make it aux."],
    ["rec X { }", "test.scr:1:45: 'rec X' holds no message. Give it one, or take it out."],
  ])("is refused where a global type cannot hold it: %s", (body, says) => {
    expect(refusalOf(`global protocol P(role A, role B, role C) { ${body} }`)).toContain(says);
  });
});
