/** What a client, the authenticator and the wallet's server say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

const amount = v.pipe(v.number(), v.safeInteger());

export const LogIn = event(
  "LogIn",
  v.strictObject({ user: v.string(), pin: v.string() }),
  "device",
);

export const Welcome = event("Welcome", nothing, "device");

export const TurnAway = event("TurnAway", nothing, "device");

export const TellAccount = event(
  "TellAccount",
  v.strictObject({ balance: amount, overdraft: amount }),
  "device",
);

export const PayBill = event(
  "PayBill",
  v.strictObject({ payee: v.string(), amount: v.pipe(amount, v.minValue(1)) }),
  "device",
);

export const Quit = event("Quit", nothing, "device");

export const AbortWallet = event("AbortWallet", abortPayload, "device");
