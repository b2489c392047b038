/** Battleships, between two devices. */
import { describe, expect, it } from "vitest";
import { first } from "../../examples/battleships/generated/battleships.first.ts";
import { second } from "../../examples/battleships/generated/battleships.second.ts";
import { lying, silentAt } from "../protocols/lying.ts";
import { perform } from "./theatre.ts";

/** Alice has the cells 0 and 1, Bob 8 and 9. */
const battle = (shots: readonly number[], returned: readonly number[], instead = {}) =>
  perform({
    scripts: { first, second },
    cast: { first: "alice", second: "bob" },
    params: { cells: 10, ships: 2 },
    inputs: {
      alice: { fleet: [0, 1], aims: shots },
      bob: { fleet: [8, 9], aims: returned },
    },
    instead,
  });

describe("the battle", () => {
  it("is won by who shoots first", async () => {
    const { outcome } = await battle([8, 4, 9], [0, 5]);
    const { facts } = outcome("alice");
    expect(facts).toMatchObject({
      SecondAfloat: { hits: [true, false] },
      FirstAfloat: { hits: [true, false] },
      SecondSunk: { fleet: [8, 9] },
      FirstProof: { fleet: [0, 1] },
    });
    expect(outcome("bob").facts).toMatchObject({ FirstProof: facts["FirstFleet"] });
  });

  it("is won by who shoots second", async () => {
    const { outcome, turns } = await battle([8, 4], [0, 1]);
    const { facts } = outcome("bob");
    expect(facts).toMatchObject({ FirstSunk: { fleet: [0, 1] }, SecondProof: { fleet: [8, 9] } });
    expect(facts).not.toHaveProperty("FirstProof");
    expect(turns).toContain("SecondShot#1");
  });

  it("hides the fleets until the end", async () => {
    const { session, stage } = await battle([8, 4, 9], [0, 5]);
    const events = stage.ledger("alice").events({ session: session.id });
    const opened = events.findIndex(({ step }) => step === "SecondSunk");
    expect(events.slice(0, opened).some(({ bytes }) => Buffer.from(bytes).includes("fleet"))).toBe(
      false,
    );
  });
});

describe("who cheats", () => {
  const hide = (honest: { hits: boolean[] }) => ({ hits: honest.hits.map(() => false) });

  it("by false answers and loses is blamed", async () => {
    const { error } = await battle([8, 4, 9], [0, 5], { bob: lying(second, "SecondAfloat", hide) });
    expect(error("alice").blamed).toMatchObject([{ device: "bob", reason: "FalseAnswer" }]);
  });

  it("by false answers and wins is blamed", async () => {
    const { error } = await battle([8, 4], [0, 1], { bob: lying(second, "SecondAfloat", hide) });
    expect(error("alice").blamed).toMatchObject([{ device: "bob", reason: "FalseAnswer" }]);
  });

  it.each<[string, string, string, object]>([
    ["opens another fleet", "FirstProof", "BadOpening", { fleet: [2, 3] }],
    ["opens a smaller one", "FirstProof", "BadOpening", { fleet: [0] }],
    ["shoots twice at a cell", "FirstShot", "BadShot", { cells: [8, 8] }],
    ["shoots out of the sea", "FirstShot", "BadShot", { cells: [10] }],
    ["shoots twice at once", "FirstShot", "BadShot", { cells: [8, 9] }],
  ])("and %s is blamed", async (_, label, reason, lie) => {
    const cheat = lying(first, label, (honest: object) => ({ ...honest, ...lie }));
    const { error } = await battle([8, 4, 9], [0, 5], { alice: cheat });
    expect(error("bob").blamed).toMatchObject([{ device: "alice", reason }]);
  });

  it("takes an answer back is blamed", async () => {
    const flip = (honest: object, { turn }: { turn: number }) =>
      turn === 0 ? honest : { hits: [false, false] };
    const { error } = await battle([8, 4, 9], [0, 5], { alice: lying(first, "FirstAfloat", flip) });
    expect(error("bob").blamed).toMatchObject([{ device: "alice", reason: "BadAnswer" }]);
  });

  it("and does not open its fleet lets the other time out", async () => {
    const { error } = await battle([8, 9], [0, 5], { bob: silentAt(second, "SecondSunk") });
    expect(error("alice")).toMatchObject({ code: "Timeout" });
  });
});
