/** The travel agency, run between three devices. */
import { expect, it } from "vitest";
import { agency } from "../../examples/travel-agency/generated/travel-agency.agency.ts";
import { customer } from "../../examples/travel-agency/generated/travel-agency.customer.ts";
import { service } from "../../examples/travel-agency/generated/travel-agency.service.ts";
import { lying } from "../protocols/lying.ts";
import { errorOf } from "../runtime/stage.ts";
import { expectAllWell, factsOf, perform } from "./theatre.ts";

const scripts = { customer, agency, service };

const inputsWith = (budget: number) => ({
  customer: { journeys: ["Oslo", "Rome", "Hull"], budget, address: "Hat Street 3" },
  agency: { prices: { Oslo: 300, Rome: 200, Hull: 90 } },
  service: { nextDate: "2008-07-07" },
});

it("has the ticket sent for the second journey, which is cheap enough", async () => {
  const played = await perform({ scripts, inputs: inputsWith(200) });
  expectAllWell(played);
  expect(factsOf(played, "alice")).toMatchObject({
    Order: { journey: "Rome" },
    Ticket: { to: "Hat Street 3", date: "2008-07-07" },
  });
  expect(played.said).toEqual([
    "Order",
    "Quote",
    "More",
    "Order",
    "Quote",
    "Accept",
    "Address",
    "Ticket",
  ]);
});

it("sends nothing where every journey is too dear", async () => {
  const played = await perform({ scripts, inputs: inputsWith(80) });
  expectAllWell(played);
  expect(played.said.at(-1)).toBe("Reject");
  expect(factsOf(played, "carol")).not.toHaveProperty("Address");
});

it("blames the service for a ticket to somebody else", async () => {
  const cheat = lying(service, "Ticket", (honest: object) => ({ ...honest, to: "Cap Lane 4" }));
  const played = await perform({
    scripts: { ...scripts, service: cheat },
    inputs: inputsWith(300),
  });
  const { blamed } = errorOf(played.endings.get("alice"));
  expect(blamed).toMatchObject([{ device: "carol", reason: "OtherAddress" }]);
});
