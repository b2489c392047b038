/** The replicated store, between a client, a primary and three backups. */
import { beforeEach, expect, it } from "vitest";
import { backup } from "../../examples/key-value-store/generated/key-value-store.backup.ts";
import { client } from "../../examples/key-value-store/generated/key-value-store.client.ts";
import { primary } from "../../examples/key-value-store/generated/key-value-store.primary.ts";
import { silentAt } from "../protocols/lying.ts";
import { perform } from "./theatre.ts";

let tables: Readonly<Record<string, Map<string, string>>>;

beforeEach(() => {
  tables = { bob: new Map(), carol: new Map(), dave: new Map(), erin: new Map() };
});

const serve = (requests: readonly object[], instead = {}) =>
  perform({
    scripts: { client, primary, backup },
    cast: { client: "alice", primary: "bob", backup: ["carol", "dave", "erin"] },
    params: { quorum: 2 },
    inputs: {
      alice: { requests },
      ...Object.fromEntries(Object.entries(tables).map(([device, table]) => [device, { table }])),
    },
    instead,
  });

it("has on every replica what was put last", async () => {
  const { outcome, turns } = await serve([
    { key: "x", value: "1" },
    { key: "y", value: "2" },
    { key: "x" },
    { key: "x", value: "3" },
    { key: "x" },
  ]);
  expect(outcome("alice").facts).toMatchObject({ Value: { key: "x", value: "3" } });
  for (const table of Object.values(tables))
    expect(Object.fromEntries(table)).toEqual({ x: "3", y: "2" });
  expect(turns.filter((step) => step.startsWith("Value"))).toEqual(["Value", "Value#1"]);
});

it("says when there is no value, and closes", async () => {
  const { outcome } = await serve([{ key: "x" }]);
  expect(outcome("alice").facts).toMatchObject({ Value: { value: null } });
  expect(outcome("erin").facts).toMatchObject({ CloseAll: { requests: 1 } });
});

it("goes on without a backup", async () => {
  const { outcome } = await serve([{ key: "x", value: "1" }, { key: "x" }], { erin: null });
  expect(outcome("alice").facts).toMatchObject({ Value: { value: "1" } });
  expect(tables["dave"]?.get("x")).toBe("1");
});

it("does not say that a value is put which no quorum has", async () => {
  const instead = { dave: silentAt(backup, "Ack"), erin: null };
  const { error } = await serve([{ key: "x", value: "1" }], instead);
  expect(error("alice")).toMatchObject({ code: "Timeout", where: { step: "Ack" } });
});
