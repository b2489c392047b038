/** DKD about parameters that are not those of its key set: it ends before anyone evaluates. */
import { expect, it } from "vitest";
import { initiate } from "../../../protocols/dkd/actions/coordinator.ts";
import type { Opening } from "../../../protocols/dkd/context.ts";
import { dkdScripts } from "../../../protocols/index.ts";
import type { DkdParams } from "../../../protocols/index.ts";
import { errorOf, stageOf, untilOver } from "../../runtime/stage.ts";
import { dealShares, derive, dkdSession } from "../fleet.ts";

const shares = dealShares(2, 3);
const names = ["alice", "bob", "carol"];

async function endings(changes: Partial<DkdParams>, scripts: object = {}) {
  const stage = stageOf(3);
  const session = dkdSession(stage, shares, names, changes);
  const running = names.map((device) => derive(stage, session, shares, device, { scripts }));
  await untilOver(stage);
  return { errors: (await Promise.all(running)).map(errorOf), stage, session };
}

it.each([1, 3])("refuses a threshold of %i for a key of 2 of 3", async (threshold) => {
  const { errors, stage, session } = await endings({ threshold });
  expect(errors.map(({ code }) => code)).toContain("Aborted");
  const commits = { session: session.id, step: "Commit" };
  expect(stage.ledger("alice").events(commits)).toEqual([]);
});

it("refuses a threshold above the participants, as nothing to wait for", async () => {
  const { errors } = await endings({ threshold: 4 });
  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(["Aborted"]));
});

it("refuses a coordinator that initiates all the same, and blames it", async () => {
  const payload = (context: Opening) =>
    initiate({ ...context, params: { ...context.params, threshold: 2 } });
  const [opening, ...others] = dkdScripts.coordinator.steps;
  const coordinator = { ...dkdScripts.coordinator, steps: [{ ...opening, payload }, ...others] };
  const { errors } = await endings({ threshold: 3 }, { coordinator });
  for (const { blamed } of errors) {
    expect(blamed).toMatchObject([{ device: "alice", reason: "BadParameters" }]);
  }
});
