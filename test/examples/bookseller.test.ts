/** The bookseller, between two devices. */
import { expect, it } from "vitest";
import { buyer } from "../../examples/bookseller/generated/bookseller.buyer.ts";
import { seller } from "../../examples/bookseller/generated/bookseller.seller.ts";
import { silentAt } from "../protocols/lying.ts";
import { perform } from "./theatre.ts";

const shop = { prices: new Map([["Emma", 900]]), nextDelivery: "2026-12-01" };
const buy = (title: string, budget: number, instead = {}) =>
  perform({
    scripts: { buyer, seller },
    cast: { buyer: "alice", seller: "bob" },
    inputs: { alice: { title, budget, address: "Hill 1" }, bob: shop },
    instead,
  });

it("sells what is not too dear", async () => {
  const { outcome } = await buy("Emma", 900);
  expect(outcome("alice").facts).toMatchObject({ Date: { date: "2026-12-01" } });
  expect(outcome("bob").facts).toMatchObject({ Order: { address: "Hill 1" } });
});

it.each([
  ["Emma", 899, "too dear"],
  ["Persuasion", 5000, "not in stock"],
])("does not sell %s for %d", async (title, budget, because) => {
  const { outcome } = await buy(title, budget);
  expect(outcome("bob").facts).toMatchObject({ Decline: { because } });
  expect(outcome("alice").facts).not.toHaveProperty("Date");
});

it("ends when the seller takes an order and is silent", async () => {
  const { error } = await buy("Emma", 900, { bob: silentAt(seller, "Date") });
  expect(error("alice")).toMatchObject({ code: "Timeout", where: { step: "Date" } });
});

it("ends when the seller would say what is no date", async () => {
  const bob = { ...shop, nextDelivery: "soon" };
  const { error } = await perform({
    scripts: { buyer, seller },
    cast: { buyer: "alice", seller: "bob" },
    inputs: { alice: { title: "Emma", budget: 900, address: "Hill 1" }, bob },
  });
  expect(error("bob").code).toBe("InvalidInput");
  expect(error("alice").code).toBe("Aborted");
});
