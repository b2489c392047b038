/** The three-buyer protocol and what it delegates, run between four devices. */
import { expect, it } from "vitest";
import { buyer1 } from "../../examples/three-buyer/generated/three-buyer.buyer1.ts";
import { buyer2 } from "../../examples/three-buyer/generated/three-buyer.buyer2.ts";
import { buyer3 } from "../../examples/three-buyer/generated/three-buyer.buyer3.ts";
import { seller } from "../../examples/three-buyer/generated/three-buyer.seller.ts";
import { lying } from "../protocols/lying.ts";
import { errorOf } from "../runtime/stage.ts";
import { expectAllWell, factsOf, perform } from "./theatre.ts";
import type { Played } from "./theatre.ts";

const scripts = { buyer1, buyer2, buyer3, seller };

const inputsWith = (second: number, third: number) => ({
  buyer1: { title: "Proust", budget: 10 },
  buyer2: { limit: second, address: "Bob Road 2" },
  buyer3: { limit: third, address: "Carol Road 3" },
  seller: { prices: { Proust: 60 }, deliveryDate: "2008-08-19" },
});

/** What was said in whatever session. */
function allSteps({ stage }: Played): readonly string[] {
  return stage.notices.flatMap(({ kind, step }) => (kind === "wrote" ? [step] : []));
}

it("is for the second buyer to finish, where the share is not too much", async () => {
  const played = await perform({ scripts, inputs: inputsWith(50, 0) });
  expectAllWell(played);
  expect(factsOf(played, "dave")).toMatchObject({ Address: { address: "Bob Road 2" } });
  expect(allSteps(played)).not.toContain("Take");
});

it("is for the third to finish, where the share is too much for the second", async () => {
  const played = await perform({ scripts, inputs: inputsWith(30, 20) });
  expectAllWell(played);
  expect(factsOf(played, "carol")).toMatchObject({ Delegate: { share: 20 } });
  expect(allSteps(played)).toEqual([
    "Title",
    "Quote",
    "Share",
    "Delegate",
    "Take",
    "Address",
    "Date",
  ]);
});

it("ends without a delivery, where the rest is too much for the third", async () => {
  const played = await perform({ scripts, inputs: inputsWith(30, 19) });
  expectAllWell(played);
  expect(allSteps(played)).toEqual(["Title", "Quote", "Share", "Delegate", "Refuse"]);
});

it("blames the second buyer for leaving more than the price", async () => {
  const cheat = lying(buyer2, "Delegate", () => ({ share: 70 }));
  const { endings } = await perform({
    scripts: { ...scripts, buyer2: cheat },
    inputs: inputsWith(30, 100),
  });
  for (const device of ["alice", "carol", "dave"]) {
    const { blamed } = errorOf(endings.get(device));
    expect(blamed).toMatchObject([{ device: "bob", reason: "Overcharged" }]);
  }
});

it("is given up by all where the third does not answer", async () => {
  const { buyer3: _, ...present } = scripts;
  const cast = { buyer1: "alice", buyer2: "bob", buyer3: "carol", seller: "dave" };
  const played = await perform({ scripts: present, cast, inputs: inputsWith(30, 20) });
  expect(errorOf(played.endings.get("bob"))).toMatchObject({
    where: { protocol: "take-over", step: "Take | Refuse" },
  });
  expect(errorOf(played.endings.get("dave")).where.protocol).toBe("take-over");
});
