/** `aura check`, `aura explain` and `aura import`: word for word, at their places. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileCases } from "./check-cases.ts";
import { edited, rightSource, workbench } from "./workbench.ts";
import type { Workbench } from "./workbench.ts";

let bench: Workbench;
beforeEach(() => {
  bench = workbench();
});
afterEach(() => bench.close());

const wrongSource = edited(['by: "chair"', 'by: "nobody"'], ["atLeast: 2", "atLeast: 0"]);

const scribble = `module shop;

global protocol Shop(role Buyer, role Seller) {
  title(String) from Buyer to Seller;
  choice at Seller {
    offer(int) from Seller to Buyer;
  } or {
    refuse() from Seller to Buyer;
  }
}
`;

/** The shipper is told in one branch only. */
const untold = `module shop;

global protocol Shop(role Buyer, role Seller, role Shipper) {
  choice at Buyer {
    order() from Buyer to Seller;
    ship() from Seller to Shipper;
  } or {
    leave() from Buyer to Seller;
  }
}
`;

const untoldText =
  "'shipper' cannot tell 'Order' from 'Leave': in the one it waits for Ship from seller, in the other it is done. Let buyer tell shipper first in each branch. The local types of 'shipper': in 'Order', seller?Ship; in 'Leave', nothing.";

describe("aura check", () => {
  it("accepts what is right", () => {
    bench.write("poll.ts", rightSource);
    bench.write("shop.scr", scribble);
    expect(bench.aura("check", "poll.ts", "shop.scr")).toEqual({
      code: 0,
      out: ["poll.ts is accepted.", "shop.scr is accepted."],
      errors: [],
    });
    expect(bench.list("generated")).toEqual([]);
  });

  it.each(fileCases)("refuses $name: $code", ({ path, text, exit, says }) => {
    if (text !== undefined) bench.write(path, text);
    expect(bench.aura("check", path)).toEqual({ code: exit, out: [says], errors: [] });
  });

  it("names every broken rule with its step", () => {
    bench.write("poll.ts", wrongSource);
    expect(bench.aura("check", "poll.ts")).toEqual({
      code: 1,
      out: [
        "poll.ts:10:14: step Ask: 'nobody' is not a role of poll. Name one of: chair, voter. (AURA1104)",
        'poll.ts:11:12: step Answer: atLeast is 0, and a wait needs at least one author. Give a whole number from 1, the name of a parameter, or "all". (AURA1701)',
      ],
      errors: [],
    });
  });

  it("prints as the compiler does", () => {
    bench.write("poll.ts", wrongSource);
    bench.write("right.ts", rightSource.replace('"poll"', '"right"'));
    expect(bench.aura("check", "--format", "tsc", "poll.ts", "right.ts")).toEqual({
      code: 1,
      out: [
        "poll.ts(10,14): error AURA1104: 'nobody' is not a role of poll. Name one of: chair, voter.",
        'poll.ts(11,12): error AURA1701: atLeast is 0, and a wait needs at least one author. Give a whole number from 1, the name of a parameter, or "all".',
      ],
      errors: [],
    });
  });

  it("shows both branches that a role cannot tell apart", () => {
    bench.write("shop.scr", untold);
    expect(bench.aura("check", "shop.scr")).toEqual({
      code: 1,
      out: [
        `shop.scr:4:3: step Order | Leave: ${untoldText} (AURA1304)`,
        "  also at shop.scr:4:19",
        "  also at shop.scr:7:8",
      ],
      errors: [],
    });
  });

  it("prints one JSON array, and goes on after what cannot be read", () => {
    bench.write("poll.ts", wrongSource);
    bench.write("shop.scr", untold);
    bench.write("right.ts", rightSource.replace('"poll"', '"right"'));
    const { code, out, errors } = bench.aura(
      ...["check", "--json", "nowhere.scr", "./poll.ts", "shop.scr", "right.ts"],
    );
    expect({ code, errors, lines: out.length }).toEqual({ code: 2, errors: [], lines: 1 });
    expect(JSON.parse(out.join("\n"))).toEqual([
      {
        file: "nowhere.scr",
        accepted: false,
        diagnostics: [
          {
            code: "AURA1804",
            message: "there is no such file. Name a text file that can be read.",
            places: [{ file: "nowhere.scr", line: 1, column: 1 }],
          },
        ],
      },
      {
        file: "./poll.ts",
        accepted: false,
        diagnostics: [
          {
            code: "AURA1104",
            message: "'nobody' is not a role of poll. Name one of: chair, voter.",
            role: "nobody",
            step: "Ask",
            places: [{ file: "./poll.ts", line: 10, column: 14 }],
          },
          {
            code: "AURA1701",
            message:
              'atLeast is 0, and a wait needs at least one author. Give a whole number from 1, the name of a parameter, or "all".',
            step: "Answer",
            places: [{ file: "./poll.ts", line: 11, column: 12 }],
          },
        ],
      },
      {
        file: "shop.scr",
        accepted: false,
        diagnostics: [
          {
            code: "AURA1304",
            message: untoldText,
            role: "shipper",
            step: "Order | Leave",
            places: [
              { file: "shop.scr", line: 4, column: 3 },
              { file: "shop.scr", line: 4, column: 19 },
              { file: "shop.scr", line: 7, column: 8 },
            ],
          },
        ],
      },
      { file: "right.ts", accepted: true, diagnostics: [] },
    ]);
  });

  it("finds every choreography.ts below a folder, or below here", () => {
    bench.write("a/choreography.ts", rightSource);
    bench.write("b/c/choreography.ts", wrongSource);
    bench.write("b/other.ts", wrongSource);
    const here = bench.aura("check", "--format", "tsc");
    expect(here.code).toBe(1);
    expect(here.out.map((line) => line.split("(")[0])).toEqual(
      Array.from({ length: 2 }, () => "b/c/choreography.ts"),
    );
    expect(bench.aura("check", "a").out).toEqual(["a/choreography.ts is accepted."]);
    expect(bench.aura("check", "a", "a/choreography.ts").out).toHaveLength(1);
  });

  it("passes over a file without a choreography, unless it is named", () => {
    bench.write("a/choreography.ts", rightSource);
    bench.write("b/choreography.ts", "export const notes = [];");
    expect(bench.aura("check").out).toEqual(["a/choreography.ts is accepted."]);
    expect(bench.aura("check", "b/choreography.ts").code).toBe(1);
  });

  it("accepts the choreographies of the house", () => {
    expect(
      bench.aura("check", `${process.cwd()}/protocols`, `${process.cwd()}/examples`),
    ).toMatchObject({
      code: 0,
      errors: [],
    });
  });

  it("refuses a format that is none", () => {
    expect(bench.aura("check", "--format", "xml").code).toBe(2);
  });
});

describe("aura explain", () => {
  it("says what a rule means", () => {
    expect(bench.aura("explain", "AURA1017")).toEqual({
      code: 0,
      out: [
        "AURA1017 (notation): A choice has two branches at least, and a parallel two blocks.",
        "",
        "With one part there is nothing to choose and nothing to do side by side. Add the",
        "other part, or leave the brackets out.",
        "",
        "Wrong:",
        '  session: "Ask . { Yes }"',
      ],
      errors: [],
    });
    expect(bench.aura("explain", "aura1017").code).toBe(0);
  });

  it.each([
    ["AURA1020", "AURA1019"],
    ["1402", "AURA1402"],
    ["order", "AURA1001"],
  ])("knows no %s", (code, near) => {
    expect(bench.aura("explain", code)).toEqual({
      code: 2,
      out: [],
      errors: [`there is no rule ${code}. Name one that aura check prints, such as ${near}.`],
    });
  });
});

describe("aura import", () => {
  it("prints a choreography", () => {
    bench.write("shop.scr", scribble);
    const { code, out, errors } = bench.aura("import", "shop.scr");
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
    expect(out.join("\n")).toContain('.choice("Offer | Refuse", {');
    bench.write("shop.ts", out.join("\n"));
    expect(bench.aura("check", "shop.ts").out).toEqual(["shop.ts is accepted."]);
  });

  it("writes a file", () => {
    bench.write("shop.scr", scribble);
    expect(bench.aura("import", "shop.scr", "-o", "shop.ts")).toEqual({
      code: 0,
      out: ["written shop.ts"],
      errors: [],
    });
    expect(bench.read("shop.ts")).toContain("export const shop = choreography(");
  });

  it("writes nothing that breaks a rule, unless it is told to", () => {
    bench.write("shop.scr", untold);
    expect(bench.aura("import", "shop.scr", "-o", "shop.ts")).toEqual({
      code: 1,
      out: [],
      errors: [
        `shop.scr:4:3: step Order | Leave: ${untoldText} (AURA1304)`,
        "  also at shop.scr:4:19",
        "  also at shop.scr:7:8",
      ],
    });
    expect(bench.list(".")).toEqual(["shop.scr"]);
    expect(bench.aura("import", "shop.scr", "-o", "shop.ts", "--no-check").code).toBe(0);
    expect(bench.list(".")).toEqual(["shop.scr", "shop.ts"]);
  });

  it("asks which of several protocols is meant", () => {
    const second = scribble.slice(scribble.indexOf("global")).replace("Shop", "Stall");
    bench.write("shop.scr", scribble + second);
    expect(bench.aura("import", "shop.scr")).toEqual({
      code: 2,
      out: [],
      errors: ["shop.scr holds 2 global protocols. Choose with --protocol: Shop, Stall."],
    });
    expect(bench.aura("import", "shop.scr", "--protocol", "Stall").code).toBe(0);
  });

  it("tells a file that is no Scribble from one that is not there", () => {
    bench.write("shop.scr", "choreography");
    expect(bench.aura("import", "shop.scr").code).toBe(1);
    expect(bench.aura("import", "nowhere.scr")).toEqual({
      code: 2,
      out: [],
      errors: ["nowhere.scr: there is no such file. Name a text file that can be read."],
    });
    bench.write("out/here.txt", "");
    bench.write("shop.scr", scribble);
    expect(bench.aura("import", "shop.scr", "-o", "out").code).toBe(2);
  });
});
