/** The two-buyer protocol, run between three devices. */
import { expect, it } from "vitest";
import { buyer1 } from "../../examples/two-buyer/generated/two-buyer.buyer1.ts";
import { buyer2 } from "../../examples/two-buyer/generated/two-buyer.buyer2.ts";
import { seller } from "../../examples/two-buyer/generated/two-buyer.seller.ts";
import { lying } from "../protocols/lying.ts";
import { errorOf } from "../runtime/stage.ts";
import { expectAllWell, factsOf, perform } from "./theatre.ts";

const scripts = { buyer1, buyer2, seller };

const inputsWith = (limit: number) => ({
  buyer1: { title: "Purple Hibiscus", budget: 7 },
  buyer2: { limit, address: "12 Marguerite Cartwright Avenue" },
  seller: { prices: { "Purple Hibiscus": 12 }, deliveryDate: "2003-10-30" },
});

it("has the book delivered where the second buyer accepts the share", async () => {
  const played = await perform({ scripts, inputs: inputsWith(5) });
  expectAllWell(played);
  expect(factsOf(played, "bob")).toMatchObject({
    Share: { share: 5 },
    Date: { date: "2003-10-30" },
  });
  expect(factsOf(played, "carol")).toMatchObject({
    Address: { address: "12 Marguerite Cartwright Avenue" },
  });
  expect(factsOf(played, "alice")).not.toHaveProperty("Address");
});

it("ends without a delivery where the second buyer rejects the share", async () => {
  const played = await perform({ scripts, inputs: inputsWith(4) });
  expectAllWell(played);
  expect(played.said).toEqual(["Title", "Quote", "Share", "Reject"]);
});

it("blames the first buyer for a share that is more than the price", async () => {
  const cheat = lying(buyer1, "Share", () => ({ share: 13 }));
  const { endings } = await perform({
    scripts: { ...scripts, buyer1: cheat },
    inputs: inputsWith(20),
  });
  expect(errorOf(endings.get("bob")).blamed).toMatchObject([
    { device: "alice", reason: "Overcharged" },
  ]);
  expect(errorOf(endings.get("carol")).code).toBe("Aborted");
});
