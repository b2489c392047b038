/** The adder, run between a client and its server. */
import { expect, it } from "vitest";
import { client } from "../../examples/adder/generated/adder.client.ts";
import { server } from "../../examples/adder/generated/adder.server.ts";
import { errorOf } from "../runtime/stage.ts";
import { lying } from "../protocols/lying.ts";
import { expectAllWell, factsOf, perform } from "./theatre.ts";

const scripts = { client, server };
const inputs = {
  client: {
    sums: [
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ],
  },
};

it("adds as often as the client likes", async () => {
  const played = await perform({ scripts, inputs });
  expectAllWell(played);
  expect(played.said).toEqual(["Add", "Sum", "Add", "Sum", "Bye", "ByeToo"]);
  expect(factsOf(played, "alice")).toMatchObject({ Sum: { sum: 7 } });
});

it("says goodbye at once", async () => {
  const played = await perform({ scripts, inputs: { client: { sums: [] } } });
  expectAllWell(played);
  expect(played.said).toEqual(["Bye", "ByeToo"]);
});

it("blames the server for a wrong sum", async () => {
  const cheat = lying(server, "Sum", () => ({ sum: 3 }));
  const played = await perform({ scripts: { client, server: cheat }, inputs });
  expect(played.said).toEqual(["Add", "Sum", "Add", "Sum"]);
  const { blamed } = errorOf(played.endings.get("alice"));
  expect(blamed).toMatchObject([{ device: "bob", reason: "WrongSum" }]);
});
