import { expect, test } from "vitest";

import type { EventFilter } from "../../../runtime/ledger/filter.ts";
import { SessionIndex } from "../../../runtime/ledger/session-index.ts";
import { SESSION, eventOf } from "./fixtures.ts";

test("a session's index offers the narrowest list that it has", () => {
  const index = new SessionIndex();
  for (let nonce = 0; nonce < 12; nonce += 1) {
    const step = nonce < 8 ? "Commit" : "Reveal";
    const type = nonce < 10 ? "Usual" : "Rare";
    index.add(eventOf({ nonce, step, type, iteration: nonce % 4 }));
  }
  const offered = (filter: Partial<EventFilter>): number =>
    index.candidates({ session: SESSION, ...filter }).length;
  expect(offered({})).toBe(12);
  expect(offered({ step: "Commit" })).toBe(8);
  expect(offered({ step: "Commit", iteration: 3 })).toBe(2);
  expect(offered({ step: "Commit", iteration: 9 })).toBe(0);
  expect(offered({ step: "Never" })).toBe(0);
  expect(offered({ type: "Rare" })).toBe(2);
  expect(offered({ type: "Never" })).toBe(0);
});
