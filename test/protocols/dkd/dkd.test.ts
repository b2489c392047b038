import { expect, test } from "vitest";
import { dkdScripts } from "../../../protocols/index.ts";
import type { DerivedKey } from "../../../protocols/index.ts";
import { dkdSession, fleetOf, runGenesis } from "../fleet.ts";

test("three devices derive one key", async () => {
  const fleet = fleetOf(3, "one key");
  const shares = await runGenesis(fleet, 2);
  const session = dkdSession(fleet, shares, "mail@example.org", ["alice", "bob", "carol"]);
  const outcomes = await Promise.all(
    fleet.agents.map((agent, i) =>
      agent.run(session, dkdScripts, { sealing: agent.device.sealing, keyShare: shares[i]?.secret }),
    ),
  );
  const keys = outcomes.map((roles) => roles["participant"]?.result as DerivedKey);
  expect(new Set(keys.map((key) => key.publicKey.join())).size).toBe(1);
});
