/** The lock, and the update that it protects, between a writer or two and three keepers. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Script } from "../../dsl/index.ts";
import { holder as giver } from "../../examples/lock/generated/give-lock.holder.ts";
import { keeper as freer } from "../../examples/lock/generated/give-lock.keeper.ts";
import { holder } from "../../examples/lock/generated/take-lock.holder.ts";
import { keeper } from "../../examples/lock/generated/take-lock.keeper.ts";
import { silentAt } from "../protocols/lying.ts";
import { perform } from "./theatre.ts";

const keepers = ["carol", "dave", "erin"];
const params = { lock: "door", quorum: 2 };

let granted: Readonly<Record<string, Map<string, string>>>;

beforeEach(() => {
  granted = Object.fromEntries(keepers.map((device) => [device, new Map()]));
});

const inputs = () =>
  Object.fromEntries(keepers.map((device) => [device, { granted: granted[device] }]));
const holders = () => keepers.map((device) => granted[device]?.get("door"));

type Instead = Readonly<Record<string, Script | null>>;
const take = (device: string, instead: Instead = {}) =>
  perform({
    scripts: { holder, keeper },
    cast: { holder: device, keeper: keepers },
    ...{ params, inputs: inputs(), instead },
  });
const give = (device: string) =>
  perform({
    scripts: { holder: giver, keeper: freer },
    cast: { holder: device, keeper: keepers },
    ...{ params, inputs: inputs() },
  });

describe("a lock", () => {
  it("is held by one at a time, and by the other when it was given back", async () => {
    const first = await take("alice");
    expect(first.outcome("carol").facts).toMatchObject({ Held: { lock: "door" } });
    const second = await take("bob");
    expect(second.error("bob")).toMatchObject({
      code: "Aborted",
      what: "the lock is held by another",
    });
    expect(second.error("carol").code).toBe("Aborted");
    expect(holders()).toEqual(["alice", "alice", "alice"]);
    await give("alice");
    expect(holders()).toEqual([undefined, undefined, undefined]);
    const third = await take("bob");
    expect(third.outcome("bob").facts).toMatchObject({ Held: { lock: "door" } });
  });

  it("is granted by a quorum, without a keeper that is gone", async () => {
    const { outcome } = await take("alice", { carol: null });
    expect(outcome("alice").facts).toMatchObject({ Held: { by: ["dave", "erin"] } });
  });

  it("leaves no grant behind where there are too few", async () => {
    granted["carol"]?.set("door", "bob");
    granted["dave"]?.set("door", "bob");
    const { error } = await take("alice");
    expect(error("alice").code).toBe("Aborted");
    expect(holders()).toEqual(["bob", "bob", undefined]);
  });

  it("is not had without a quorum of answers", async () => {
    const silent = silentAt(keeper, "Grant");
    const { error } = await take("alice", { carol: null, dave: silent });
    expect(error("alice")).toMatchObject({ code: "Timeout", where: { step: "Grant" } });
  });
});
