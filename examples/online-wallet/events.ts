/** What a client, the authenticator and the wallet's server say. */
import { event } from "../../dsl/index.ts";
import { abortPayload, integer, nothing, record, text } from "../../runtime/schema.ts";

const amount = integer();

export interface LogIn {
  readonly user: string;
  readonly pin: string;
}

export const LogIn = event("LogIn", record<LogIn>({ user: text(), pin: text() }), "device");

export const Welcome = event("Welcome", nothing, "device");

export const TurnAway = event("TurnAway", nothing, "device");

export interface TellAccount {
  readonly balance: number;
  readonly overdraft: number;
}

export const TellAccount = event(
  "TellAccount",
  record<TellAccount>({ balance: amount, overdraft: amount }),
  "device",
);

export interface PayBill {
  readonly payee: string;
  readonly amount: number;
}

export const PayBill = event(
  "PayBill",
  record<PayBill>({ payee: text(), amount: integer({ min: 1 }) }),
  "device",
);

export const Quit = event("Quit", nothing, "device");

export const AbortWallet = event("AbortWallet", abortPayload, "device");
