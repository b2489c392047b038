/** What a client, the authenticator and the wallet's server say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import type { AbortPayload, EventType, NoPayload } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

const amount = v.pipe(v.number(), v.safeInteger());

export interface LogIn {
  readonly user: string;
  readonly pin: string;
}

export const LogIn: EventType<"LogIn", LogIn> = event(
  "LogIn",
  v.strictObject({ user: v.string(), pin: v.string() }),
  "device",
);

export const Welcome: EventType<"Welcome", NoPayload> = event("Welcome", nothing, "device");

export const TurnAway: EventType<"TurnAway", NoPayload> = event("TurnAway", nothing, "device");

export interface TellAccount {
  readonly balance: number;
  readonly overdraft: number;
}

export const TellAccount: EventType<"TellAccount", TellAccount> = event(
  "TellAccount",
  v.strictObject({ balance: amount, overdraft: amount }),
  "device",
);

export interface PayBill {
  readonly payee: string;
  readonly amount: number;
}

export const PayBill: EventType<"PayBill", PayBill> = event(
  "PayBill",
  v.strictObject({ payee: v.string(), amount: v.pipe(amount, v.minValue(1)) }),
  "device",
);

export const Quit: EventType<"Quit", NoPayload> = event("Quit", nothing, "device");

export const AbortWallet: EventType<"AbortWallet", AbortPayload> = event(
  "AbortWallet",
  abortPayload,
  "device",
);
