/** What docs/semantics.md says of its examples is what the checker says. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diagnose } from "../../codegen/check.ts";
import { readScribble } from "../../codegen/scribble/index.ts";

const text = readFileSync("docs/semantics.md", "utf8");
const blocks = [...text.matchAll(/```scribble\n(.*?)```\n\n(Accepted|Refused: (AURA\d+))\./gs)];

describe("docs/semantics.md", () => {
  it("says a verdict of every example", () => {
    expect(blocks.length).toBe(text.split("```scribble").length - 1);
    expect(blocks.length).toBeGreaterThan(10);
  });

  it.each(
    blocks.map(([, source = "", verdict = "", code]) => {
      const name = /protocol (\w+)/.exec(source)?.[1] ?? "";
      return [name, verdict, source, code] as const;
    }),
  )("%s: %s", (_name, _verdict, source, code) => {
    const codes = readScribble(source, "example.scr").flatMap((each) =>
      diagnose(each).map((problem) => problem.code),
    );
    expect(codes).toEqual(code === undefined ? [] : [code]);
  });
});
