/** Two-phase commit, between a coordinator and three participants. */
import { expect, it } from "vitest";
import { coordinator } from "../../examples/two-phase-commit/generated/two-phase-commit.coordinator.ts";
import { participant } from "../../examples/two-phase-commit/generated/two-phase-commit.participant.ts";
import { silentAt } from "../protocols/lying.ts";
import { perform } from "./theatre.ts";

const scripts = { coordinator, participant };
const cast = { coordinator: "alice", participant: ["bob", "carol", "dave"] };
const params = { transaction: "t1" };

it("commits what all can do", async () => {
  const { outcome } = await perform({ scripts, cast, params });
  for (const device of ["alice", "bob", "carol", "dave"]) {
    expect(outcome(device).facts).toMatchObject({ Commit: { committed: "t1" } });
    expect(outcome(device).facts).not.toHaveProperty("RollBack");
  }
});

it("rolls back what one cannot do", async () => {
  const inputs = { carol: { refuses: new Set(["t1"]) } };
  const { outcome } = await perform({ scripts, cast, params, inputs });
  for (const device of ["alice", "bob", "carol", "dave"]) {
    expect(outcome(device).facts).toMatchObject({ RollBack: { without: ["carol"] } });
  }
});

it("rolls back when votes are absent, and blames nobody", async () => {
  const instead = { bob: null, dave: silentAt(participant, "Vote") };
  const { outcome } = await perform({ scripts, cast, params, instead });
  for (const device of ["alice", "carol", "dave"]) {
    expect(outcome(device).facts).toMatchObject({ RollBack: { without: ["bob", "dave"] } });
    expect(outcome(device).blamed).toEqual([]);
  }
});

it("is blocked by a coordinator that does not decide: who voted yes gives up", async () => {
  const silent = silentAt(silentAt(coordinator, "Commit"), "RollBack");
  const { error } = await perform({ scripts, cast, params, instead: { alice: silent } });
  expect(error("bob").code).toBe("Timeout");
});
