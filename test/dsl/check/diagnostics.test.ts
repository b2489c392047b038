/** Every rule of the language, shown by a choreography that breaks it, word for word. */
import { describe, expect, it } from "vitest";
import { checkGlobal, diagnostics } from "../../../dsl/index.ts";
import type { Part, Problem } from "../../../dsl/index.ts";
import { fileCases } from "../../codegen/check-cases.ts";
import { diagnosticCases } from "../diagnostic-cases.ts";

const nameOf = (part: Part<string>) => (typeof part === "string" ? part : part.label);

function words({ at, role, what, todo, also }: Problem<string>): string {
  const whose = role === undefined ? "" : `, role ${role}`;
  const others = also.length === 0 ? "" : ` Also: ${also.map(nameOf).join(", ")}.`;
  return `${nameOf(at)}${whose}: ${what}. ${todo}.${others}`;
}

describe("checkGlobal", () => {
  it.each(diagnosticCases)("refuses $name: $code", ({ code, global, says }) => {
    const found = checkGlobal(global);
    expect(found.map(words)).toEqual([says]);
    expect(found.map((problem) => problem.code)).toEqual([code]);
  });

  it.each(diagnosticCases)("says of $name what a person can read", ({ says, global }) => {
    // A notation that is quoted may have brackets; nothing else has.
    const own = says.replaceAll(/(?<!\w)'[^']*'/g, "");
    expect(own).not.toMatch(/\[object|undefined|=>|[{}]|NaN/);
    expect(checkGlobal(global).every(({ todo }) => /^[A-Z]/.test(todo))).toBe(true);
  });

  it("gives parts by identity, and problems that nobody can change", () => {
    for (const { global } of diagnosticCases) {
      const text = new Set<unknown>(["head", "session", "end"]);
      const add = (value: unknown): void => {
        if (typeof value !== "object" || value === null) return;
        text.add(value);
        for (const inner of Object.values(value)) add(inner);
      };
      add(global.steps);
      for (const problem of checkGlobal(global)) {
        expect([problem.at, ...problem.also].every((part) => text.has(part))).toBe(true);
        expect(Object.isFrozen(problem)).toBe(true);
      }
    }
  });
});

describe("diagnostics", () => {
  const rows = Object.entries(diagnostics);

  it("are each shown by a case", () => {
    const shown = new Set<string>([...diagnosticCases, ...fileCases].map(({ code }) => code));
    expect(rows.map(([code]) => code).filter((code) => !shown.has(code))).toEqual([]);
  });

  it("have a number, a title and an explanation", () => {
    for (const [code, { rule, title, explanation }] of rows) {
      expect(code).toMatch(/^AURA1[0-8]\d\d$/);
      expect(rule).toMatch(/^(?:C\d+b?|[a-z]+)$/);
      expect(title, code).toMatch(/^[A-Z'].*\.$/);
      const sentences = explanation.match(/[.](?: |$)/g) ?? [];
      expect(sentences.length, code).toBeGreaterThanOrEqual(1);
      expect(sentences.length, code).toBeLessThanOrEqual(6);
    }
  });
});
