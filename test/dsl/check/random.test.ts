/** Random choreographies: what is accepted can be projected, and what is refused is said to whom. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkGlobal, project, projection } from "../../../dsl/index.ts";
import type { GlobalStep, GlobalType } from "../../../dsl/index.ts";
import { notationOf } from "../../../codegen/notation-of.ts";
import { globalType } from "../global-type.ts";

type Steps = readonly GlobalStep<string>[];

const random = globalType.map((global) => ({ ...global, session: notationOf(global.steps) }));

/** The rules by which a role cannot follow a choice. */
const unmergeable = new Set(["AURA1304", "AURA1305", "AURA1306", "AURA1308", "AURA1309"]);

/** `steps` without the one that is `index`-th in the text. */
function without(steps: Steps, index: { left: number }): Steps {
  return steps.flatMap((step): Steps => {
    index.left -= 1;
    if (index.left === -1) return [];
    if (step.verb === "rec") return [{ ...step, steps: without(step.steps, index) }];
    if (step.verb !== "choice") return [step];
    const branches = step.branches.map((each) => ({ ...each, steps: without(each.steps, index) }));
    return [{ ...step, branches }];
  });
}

describe("checkGlobal of random choreographies", () => {
  it("accepts only what every role can follow", () => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(random, (global: GlobalType<string>) => {
        const found = checkGlobal(global);
        const roles = Object.keys(global.roles);
        if (found.length === 0) {
          seen.accepted += 1;
          for (const role of roles) expect(() => project(global, role)).not.toThrow();
        } else if (found.every(({ code }) => unmergeable.has(code))) {
          seen.refused += 1;
          const stuck = roles.filter((role) => projection(global, role).conflict !== undefined);
          expect(new Set(found.map(({ role }) => role))).toEqual(new Set(stuck));
        }
      }),
      { numRuns: 500 },
    );
    expect(seen.accepted).toBeGreaterThan(20);
    expect(seen.refused).toBeGreaterThan(20);
  });

  it("has one problem of order for one step that is left out", () => {
    fc.assert(
      fc.property(random, fc.nat(30), (global, left) => {
        // A label that is used twice is the notation's fault, not the order's.
        fc.pre(checkGlobal(global).every(({ at }) => at !== "session"));
        const index = { left };
        const steps = without(global.steps, index);
        fc.pre(index.left < 0);
        const order = checkGlobal({ ...global, steps }).filter(({ code }) =>
          /^AURA1[04]0/.test(code),
        );
        expect(order).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });
});
