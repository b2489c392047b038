/** The law of DKD: any members, any threshold, any quorum, any order of arrival: one key. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { networkOf, orderOf, untilOverAll } from "../../runtime/network.ts";
import { deviceNames, outcomeOf, stageOf } from "../../runtime/stage.ts";
import { seedFor } from "../../seed.ts";
import { dealShares, deriveAll, dkdSession, keyOf, referenceKey } from "../fleet.ts";

interface Case {
  readonly size: number;
  readonly threshold: number;
  readonly participants: readonly string[];
  /** Which of the messages under way arrives next. */
  readonly order: number;
}

const anyCase: fc.Arbitrary<Case> = fc
  .integer({ min: 2, max: 5 })
  .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 2, max: size })))
  .chain(([size, threshold]) =>
    fc.record({
      size: fc.constant(size),
      threshold: fc.constant(threshold),
      participants: fc
        .shuffledSubarray(deviceNames.slice(0, size), { minLength: threshold })
        .map((names) => [...names]),
      order: fc.nat(),
    }),
  );

it("every quorum derives one key over ledgers that hear of everything in another order", async () => {
  const law = fc.asyncProperty(anyCase, async ({ size, threshold, participants, order }) => {
    const stage = stageOf(size, "own");
    const shares = dealShares(threshold, size);
    const session = dkdSession(stage, shares, participants);
    const endings = deriveAll(stage, session, shares, participants);
    await untilOverAll(stage, networkOf(stage), orderOf(order));
    const reference = referenceKey(shares, session.params);
    for (const ending of await endings) {
      expect(keyOf(ending)).toEqual(reference);
      expect(outcomeOf(ending).blamed).toEqual([]);
    }
    expect(stage.clock.epoch()).toBe(0);
  });
  await fc.assert(law, { seed: seedFor("test/protocols/dkd/quorums.test.ts"), numRuns: 12 });
});
