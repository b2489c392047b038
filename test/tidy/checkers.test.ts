/** Each tidy check finds a bad example, at its line, and leaves a good one alone. */
import { describe, expect, it } from "vitest";
import { ambientUses, hostUses } from "./ambient.ts";
import { anyTypes, lameTests, notesToSelf, silencedChecks } from "./bans.ts";
import { castsOf } from "./casts.ts";
import { wrongImports } from "./imports.ts";
import { longFiles, longFunctions, median } from "./size.ts";
import { headOf, parseSources, report } from "./source.ts";
import type { Finding, Source } from "./source.ts";

function sourceOf(text: string, path = "runtime/a.ts"): Source {
  const [source] = parseSources(new Map([[path, text]]));
  if (source === undefined) throw new Error("one file in, one source out");
  return source;
}

/** The lines in which `check` finds something. */
function linesFound(
  check: (source: Source) => readonly Finding[],
  text: string,
): readonly number[] {
  return check(sourceOf(text)).map(({ place }) => Number(place.split(":")[1]));
}

describe("arrows", () => {
  const dependencies = new Set(["valibot", "@noble/curves"]);
  const found = (path: string, line: string) =>
    wrongImports(sourceOf(line, path), dependencies).length;

  it.each([
    ["dsl/a.ts", `import { x } from "valibot";`],
    ["dsl/a.ts", `import { x } from "node:fs";`],
    ["dsl/a.ts", `import type { x } from "../runtime/x.ts";`],
    ["dsl/deep/a.ts", `export * from "../../codegen/x.ts";`],
    ["runtime/a.ts", `const x = await import("../protocols/dkd/x.ts");`],
    ["runtime/a.ts", `type X = import("../protocols/dkd/x.ts").X;`],
    ["runtime/a.ts", `import "aura-choreography/protocols";`],
    ["runtime/a.ts", `import { x } from "vitest";`],
    ["runtime/a.ts", `import { x } from "../package.json";`],
    ["codegen/a.ts", `import { x } from "../runtime/x.ts";`],
    ["protocols/dkd/a.ts", `import { x } from "../../codegen/x.ts";`],
    ["protocols/dkd/a.ts", `import { x } from "node:fs";`],
    ["protocols/dkd/a.ts", `import { x } from "../../test/x.ts";`],
    ["elsewhere/a.ts", `export const x = 1;`],
  ])("refuses in %s: %s", (path, line) => {
    expect(found(path, line)).toBe(1);
  });

  it.each([
    ["dsl/a.ts", `import { x } from "./x.ts"; // not from "valibot"`],
    ["dsl/a.ts", `const x = 'import "valibot"';`],
    ["codegen/a.ts", `import { x } from "../dsl/index.ts"; import { y } from "node:fs";`],
    ["runtime/crypto/a.ts", `import { x } from "@noble/curves/ed25519.js";`],
    ["protocols/dkd/a.ts", `import { x } from "../../runtime/x.ts"; import "../genesis/x.ts";`],
    ["examples/a.ts", `import { x } from "../protocols/x.ts"; import { y } from "anything";`],
  ])("allows in %s: %s", (path, line) => {
    expect(found(path, line)).toBe(0);
  });

  it("says where, what, and what to do", () => {
    const source = sourceOf(`\nimport { x } from "../protocols/x.ts";`);
    expect(report(wrongImports(source, dependencies))).toBe(
      'runtime/a.ts:2: runtime/ imports protocols/ ("../protocols/x.ts"). ' +
        "Keep to runtime/, dsl/: pass it in as an argument, or move the code.",
    );
  });
});

describe("sizes", () => {
  it("finds a file of over 400 lines", () => {
    expect(longFiles(sourceOf("\n".repeat(400) + "f();"))).toHaveLength(1);
    expect(longFiles(sourceOf("\n".repeat(399) + "f();"))).toHaveLength(0);
    expect(
      longFiles(sourceOf("\n".repeat(999) + "f();", "protocols/x/generated/a.ts")),
    ).toHaveLength(0);
  });

  it.each([
    ["function f() {", "}"],
    ["const f = () => {", "};"],
    ["const o = { f() {", "} };"],
    ["class C { constructor() {", "} }"],
    [`it("x", () => {`, "});"],
  ])("finds a function of over 70 lines: %s", (open, close) => {
    const ofLines = (lines: number) => `${open}${"\n".repeat(lines - 1)}${close}`;
    expect(linesFound(longFunctions, `\n${ofLines(71)}`)).toEqual([2]);
    expect(linesFound(longFunctions, ofLines(70))).toEqual([]);
  });

  it("counts neither docstrings nor test suites", () => {
    const blank = "\n".repeat(80);
    expect(linesFound(longFunctions, `/**${blank}*/\nfunction f() {}`)).toEqual([]);
    expect(linesFound(longFunctions, `describe("x", () => {${blank}});`)).toEqual([]);
    expect(linesFound(longFunctions, `function f() { describe("x", () => {${blank}}); }`)).toEqual(
      [],
    );
    expect(linesFound(longFunctions, `describe.each([1])("x", () => {${blank}});`)).toEqual([]);
  });

  it("knows a median", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2);
  });
});

describe("ambient clocks and randomness", () => {
  it.each([
    "const t = Date.now();",
    "const t = new Date();",
    "const t = Date();",
    `const t = Date["now"]();`,
    "const { now } = Date;",
    "const t = globalThis.Date.now();",
    "const t = performance.now();",
    "const r = Math.random();",
    "const r = [1, 2].map(Math.random);",
    "setTimeout(() => {}, 1);",
    "globalThis.setTimeout(() => {}, 1);",
    "const { setTimeout: later } = globalThis;",
    "const timers = { setTimeout };",
    "const later = setInterval;",
    "setImmediate(f);",
    "queueMicrotask(f);",
    "process.nextTick(f);",
    "const t = process.hrtime.bigint();",
    "const s = AbortSignal.timeout(5);",
    "crypto.getRandomValues(bytes);",
    "globalThis.crypto.randomUUID();",
    `import { randomBytes } from "node:crypto";`,
    `import { randomBytes as r } from "@noble/hashes/utils.js";`,
    `import * as c from "node:crypto"; c.randomInt(5);`,
    `import { ed25519 } from "@noble/curves/ed25519.js"; ed25519.utils.randomSecretKey();`,
    `import { setTimeout } from "node:timers/promises";`,
    `import { performance } from "node:perf_hooks";`,
    "function f(crypto: Uint8Array) {} crypto.getRandomValues(x);",
  ])("finds %s", (line) => {
    expect(new Set(linesFound((source) => ambientUses(source), `\n${line}`))).toEqual(new Set([2]));
  });

  it.each([
    "// Date.now() and setTimeout",
    `const text = "Date.now(), Math.random()";`,
    "const t = new Date(0);",
    "const t = time.now();",
    "function f(setTimeout: () => void) { setTimeout(); }",
    `import { randomBytes } from "./entropy.ts"; randomBytes(1);`,
    "const suite = { randomSecretKey: async () => bytes };",
    "function f(entropy: Entropy) { return entropy.randomBytes(32); }",
    "interface Timers { setTimeout(): void }",
  ])("allows %s", (line) => {
    expect(report(ambientUses(sourceOf(line)))).toBe("");
  });

  it("allows by name", () => {
    const source = sourceOf("performance.now(); Date.now();");
    expect(ambientUses(source, ["performance.now"])).toHaveLength(1);
  });

  it("finds the objects of one platform", () => {
    expect(linesFound(hostUses, "process.exit();\nBuffer.from(x);\nlog(console);")).toEqual([
      1, 2, 3,
    ]);
    expect(linesFound(hostUses, "const o = { process: 1 }; o.process; // console")).toEqual([]);
  });
});

describe("bans", () => {
  it("finds any", () => {
    expect(linesFound(anyTypes, "let a: unknown;\nlet b: readonly any[];\nf<any>();")).toEqual([
      2, 3,
    ]);
    expect(linesFound(anyTypes, `// any\nconst any = "any";`)).toEqual([]);
  });

  it.each(["@ts-ignore", "@ts-nocheck", "@ts-expect-error", "oxlint-disable", "eslint-disable"])(
    "finds %s in a comment",
    (mark) => {
      expect(linesFound(silencedChecks, `f();\n// ${mark}\ng();`)).toEqual([2]);
      expect(linesFound(silencedChecks, `f(); /* ${mark} */ g();`)).toEqual([1]);
      expect(linesFound(silencedChecks, `f(); // ${mark}`)).toEqual([1]);
      expect(linesFound(silencedChecks, `const s = "${mark}";`)).toEqual([]);
    },
  );

  it("finds notes to self, in docstrings too", () => {
    expect(linesFound(notesToSelf, "/**\n * TODO: mend\n */\nf();\n// FIXME")).toEqual([2, 5]);
    expect(linesFound(notesToSelf, `const todo = "TODO"; // what to do`)).toEqual([]);
    expect(linesFound(notesToSelf, "const s = `// TODO ${a} // TODO`;")).toEqual([]);
  });

  it.each([
    `it.skip("x", f);`,
    `describe.only("x", f);`,
    `it.todo("x");`,
    `test.skipIf(a)("x", f);`,
    `it.each([1]).only("x", f);`,
    `it("x", { skip: true }, f);`,
  ])("finds a lame test: %s", (line) => {
    expect(linesFound(lameTests, line)).toEqual([1]);
  });

  it("leaves other members of these names alone", () => {
    expect(linesFound(lameTests, "cursor.skip(1); const o = { only: 1, todo: 2 };")).toEqual([]);
  });
});

describe("casts", () => {
  it("finds as, <T> and !, but not as const or satisfies", () => {
    expect(linesFound(castsOf, "a as B;\n<B>a;\na!.b;\na as unknown as B;")).toEqual([
      1, 2, 3, 4, 4,
    ]);
    expect(linesFound(castsOf, "[1] as const; a satisfies B; // x as Y")).toEqual([]);
    expect(linesFound(castsOf, `import { a as b } from "./a.ts"; !a; a !== b;`)).toEqual([]);
  });
});

describe("heads", () => {
  it("is what a chain starts with, if that has a name", () => {
    const headText = (text: string) => {
      const [, , expression] = sourceOf(`${text};`).nodes;
      return expression === undefined ? undefined : headOf(expression)?.text;
    };
    expect(headText(`a.b["c"](d).e`)).toBe("a");
    expect(headText("(() => a).b")).toBeUndefined();
  });
});
