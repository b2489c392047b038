/** The online wallet, run between a client, the authenticator and the server. */
import { expect, it } from "vitest";
import { authenticator } from "../../examples/online-wallet/generated/online-wallet.authenticator.ts";
import { client } from "../../examples/online-wallet/generated/online-wallet.client.ts";
import { server } from "../../examples/online-wallet/generated/online-wallet.server.ts";
import { lying } from "../protocols/lying.ts";
import { errorOf } from "../runtime/stage.ts";
import { expectAllWell, factsOf, perform } from "./theatre.ts";

const scripts = { client, authenticator, server };

const bill = (payee: string, amount: number) => ({ payee, amount });

const inputsWith = (pin: string, ...bills: readonly object[]) => ({
  client: { login: { user: "ada", pin }, bills },
  authenticator: { pins: { ada: "1815" } },
  server: { overdraft: 20, balances: [100] },
});

it("pays bills as long as there is money", async () => {
  const inputs = inputsWith("1815", bill("rent", 80), bill("tea", 30), bill("piano", 900));
  const played = await perform({ scripts, inputs });
  expectAllWell(played);
  expect(played.said).toEqual([
    "Login",
    "Admit",
    "Account",
    "Pay",
    "Account",
    "Pay",
    "Account",
    "Quit",
  ]);
  expect(factsOf(played, "alice")).toMatchObject({ Account: { balance: -10, overdraft: 20 } });
  expect(inputs.server.balances).toEqual([100, 20, -10]);
});

it("turns away who does not know the PIN", async () => {
  const played = await perform({ scripts, inputs: inputsWith("1852", bill("rent", 80)) });
  expectAllWell(played);
  expect(played.said).toEqual(["Login", "Refuse"]);
});

it("blames a client that spends what is not there", async () => {
  const cheat = lying(client, "Pay", () => bill("piano", 900));
  const inputs = inputsWith("1815", bill("rent", 80));
  const played = await perform({ scripts: { ...scripts, client: cheat }, inputs });
  const { blamed } = errorOf(played.endings.get("carol"));
  expect(blamed).toMatchObject([{ device: "alice", reason: "Overdrawn" }]);
  expect(inputs.server.balances).toEqual([100]);
});
