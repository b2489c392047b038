/** The client pays bills, one a turn, as long as there is money for the next. */
import type { PayloadOf } from "../../dsl/index.ts";
import type { LogIn, PayBill, TellAccount } from "./events.ts";

export interface Client {
  readonly login: PayloadOf<typeof LogIn>;
  readonly bills: readonly PayloadOf<typeof PayBill>[];
}

interface Context {
  readonly device: Client;
  readonly turn: number;
}

export function login({ device }: Context): PayloadOf<typeof LogIn> {
  return device.login;
}

export function payOrQuit({
  device,
  turn,
  Account,
}: Context & { readonly Account: PayloadOf<typeof TellAccount> }) {
  const next = device.bills[turn];
  if (next === undefined) return "Quit";
  return next.amount <= Account.balance + Account.overdraft ? "Pay" : "Quit";
}

export function bill({ device, turn }: Context): PayloadOf<typeof PayBill> {
  return device.bills[turn] ?? { payee: "nobody", amount: 1 };
}
