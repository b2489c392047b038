/** Projection agrees with its type: a role does what it does in the protocol seen from above. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { projection } from "../../../dsl/index.ts";
import { globalType } from "../global-type.ts";
import { globalTraces, localTraces } from "../traces.ts";

const roles = ["p", "q", "r"];

it("gives every role the traces that it has in the global type", () => {
  let [projected, all, told, loops] = [0, 0, 0, 0];
  fc.assert(
    fc.property(globalType, (global) => {
      for (const role of roles) {
        all += 1;
        const { body } = projection(global, role);
        if (body === undefined) continue;
        projected += 1;
        const text = JSON.stringify(body);
        if (text.includes('"from"') && text.includes('"Branch"')) told += 1;
        if (text.includes('"Loop"')) loops += 1;
        expect(localTraces(body)).toEqual(globalTraces(global, role));
      }
    }),
    { numRuns: 1500 },
  );
  // The law is not kept by refusing.
  expect(projected / all).toBeGreaterThan(0.5);
  expect(told).toBeGreaterThan(300);
  expect(loops).toBeGreaterThan(200);
});
