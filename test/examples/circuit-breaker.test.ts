/** The circuit breaker, between three devices. */
import { expect, it } from "vitest";
import { api } from "../../examples/circuit-breaker/generated/circuit-breaker.api.ts";
import { controller } from "../../examples/circuit-breaker/generated/circuit-breaker.controller.ts";
import { service } from "../../examples/circuit-breaker/generated/circuit-breaker.service.ts";
import { silentAt } from "../protocols/lying.ts";
import { perform } from "./theatre.ts";

const call = (questions: readonly string[], tolerated: number, instead = {}) =>
  perform({
    scripts: { api, controller, service },
    cast: { api: "alice", controller: "bob", service: "carol" },
    params: { tolerated, calls: 10 },
    inputs: {
      alice: { questions },
      carol: { serve: (question: string) => `${question}!` },
    },
    instead,
  });

it("passes calls on until there are none", async () => {
  const { outcome, turns } = await call(["a", "b"], 0);
  expect(outcome("alice").facts).toMatchObject({ Closed: { answer: "b!" }, Quit: { calls: 2 } });
  expect(outcome("carol").facts).toMatchObject({ Stop: { calls: 2 } });
  expect(turns).toContain("Closed#1");
});

it("opens after too many failures, and blames nobody", async () => {
  const { outcome, turns } = await call(["a", "b", "c", "d"], 2, {
    carol: silentAt(service, "Answer"),
  });
  expect(turns.filter((step) => step.startsWith("Fault"))).toEqual(["Fault", "Fault#1"]);
  for (const device of ["alice", "bob", "carol"]) {
    expect(outcome(device).facts).toMatchObject({ Open: { failures: 3 } });
    expect(outcome(device).blamed).toEqual([]);
  }
});

it("stays closed over failures that it tolerates", async () => {
  const { outcome } = await call(["a", "b"], 2, { carol: silentAt(service, "Answer") });
  expect(outcome("alice").facts).toMatchObject({ Fault: { failures: 2 }, Quit: { calls: 2 } });
});

it("counts a service that is gone as one that fails", async () => {
  const { outcome } = await call(["a"], 0, { carol: null });
  expect(outcome("alice").facts).toMatchObject({ Open: { failures: 1 } });
});

it("ends when the controller is gone", async () => {
  const { error } = await call(["a"], 0, { bob: null });
  expect(error("alice").code).toBe("Timeout");
});
